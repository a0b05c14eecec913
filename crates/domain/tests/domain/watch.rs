//! Watched threads: what is new in them, and what became of them.

use domain::page::Page;
use domain::preference::{self, Conduct};
use domain::watch::{self, Fate, Place, Watched};
use domain::{Caller, Error, Id, Noun};

use crate::scene::{codes, delete};
use crate::world::World;

async fn list(world: &World, who: &Caller) -> Vec<Watched> {
    let mut conn = world.read().await;
    let page = Page::default();
    watch::list(&mut conn, who, page).await.unwrap().items
}

async fn place(world: &World, who: &Caller, thread: Id) -> Option<Place> {
    let mut conn = world.read().await;
    watch::find(&mut conn, who, thread).await.unwrap()
}

async fn unread(world: &World, who: &Caller, thread: Id) -> i64 {
    place(world, who, thread).await.unwrap().unread
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_part_watches_and_has_read_what_they_wrote() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let art = world.board("art", &anna).await;
        let thread = world.thread(&anna, &art, "opening").await;
        assert_eq!(unread(&world, &anna, thread).await, 0);
        assert_eq!(place(&world, &bert, thread).await, None);
        let first = world.reply(&bert, thread, "one").await;
        world.reply(&bert, thread, "two").await;
        let seen = place(&world, &anna, thread).await.unwrap();
        assert_eq!((seen.unread, seen.first), (2, Some(first)));
        assert_eq!(unread(&world, &bert, thread).await, 0);
        world.reply(&anna, thread, "three").await;
        assert_eq!(unread(&world, &anna, thread).await, 0);
        assert_eq!(unread(&world, &bert, thread).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_want_to_is_not_made_to_watch() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let art = world.board("art", &anna).await;
        let thread = world.thread(&anna, &art, "opening").await;
        let never = Conduct {
            auto_watch: false,
            ..Conduct::default()
        };
        world
            .write(async |tx| preference::set_conduct(tx, &bert, never).await)
            .await
            .unwrap();
        world.reply(&bert, thread, "one").await;
        assert_eq!(place(&world, &bert, thread).await, None);

        // One who began by hand goes on, and is not shown what they wrote themselves.
        world
            .write(async |tx| watch::set(tx, &bert, thread).await)
            .await
            .unwrap();
        world.reply(&anna, thread, "two").await;
        assert_eq!(unread(&world, &bert, thread).await, 1);
        world.reply(&bert, thread, "three").await;
        assert_eq!(unread(&world, &bert, thread).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_goes_forward_only_and_within_its_thread() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let art = world.board("art", &anna).await;
        let thread = world.thread(&anna, &art, "opening").await;
        let other = world.thread(&anna, &art, "another").await;
        let first = world.reply(&bert, thread, "one").await;
        let second = world.reply(&bert, thread, "two").await;
        world.reply(&bert, other, "elsewhere").await;
        let read = async |post: Id| {
            world
                .write(async |tx| watch::read(tx, &anna, thread, post).await)
                .await
        };
        read(first).await.unwrap();
        assert_eq!(unread(&world, &anna, thread).await, 1);
        read(second).await.unwrap();
        read(first).await.unwrap();
        assert_eq!(unread(&world, &anna, thread).await, 0);
        let refused = read(other).await;
        assert_eq!(codes(refused), [("seen".to_owned(), "not_in_thread")]);

        assert_eq!(unread(&world, &anna, other).await, 1);
        world
            .write(async |tx| watch::read_all(tx, &anna).await)
            .await
            .unwrap();
        assert_eq!(unread(&world, &anna, other).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn watching_is_a_state_and_ends() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let art = world.board("art", &anna).await;
        let thread = world.thread(&anna, &art, "opening").await;
        let set = async |thread: Id| {
            world
                .write(async |tx| watch::set(tx, &bert, thread).await)
                .await
        };
        set(thread).await.unwrap();
        world.reply(&anna, thread, "one").await;
        set(thread).await.unwrap();
        assert_eq!(
            unread(&world, &bert, thread).await,
            1,
            "said twice, it keeps the place"
        );
        world
            .write(async |tx| watch::read_thread(tx, &bert, thread).await)
            .await
            .unwrap();
        assert_eq!(unread(&world, &bert, thread).await, 0);
        for _ in 0..2 {
            world
                .write(async |tx| watch::end(tx, &bert, thread).await)
                .await
                .unwrap();
        }
        assert!(list(&world, &bert).await.is_empty());
        let not = world
            .write(async |tx| watch::read_thread(tx, &bert, thread).await)
            .await;
        assert!(matches!(not, Err(Error::Missing(Noun::Thread))), "{not:?}");
        assert!(matches!(set(17).await, Err(Error::Missing(Noun::Thread))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_that_died_stay_in_the_list_and_say_so() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let art = world.board("art", &anna).await;
        let dead = world.thread(&bert, &art, "soon gone").await;
        let alive = world.thread(&anna, &art, "here").await;
        for thread in [dead, alive] {
            world
                .write(async |tx| watch::set(tx, &anna, thread).await)
                .await
                .unwrap();
        }
        delete(&world, &bert, dead).await.unwrap();
        let found = list(&world, &anna).await;
        assert_eq!(found.len(), 2);
        assert!(matches!(&found[0].fate, Fate::Alive(thread) if thread.id == alive));
        assert!(
            matches!(&found[1].fate, Fate::Gone(post) if post.id == dead && post.no == Some(1))
        );
        let again = world
            .write(async |tx| watch::set(tx, &anna, dead).await)
            .await;
        assert!(matches!(again, Err(Error::Gone(Noun::Thread))), "{again:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_with_something_new_are_counted_as_far_as_it_is_shown() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let art = world.board("art", &anna).await;
        let fresh = async |who: &Caller, most: i64| {
            let mut conn = world.read().await;
            watch::fresh(&mut conn, who, most).await.unwrap()
        };
        let mut threads = Vec::new();
        for body in ["one", "two", "three"] {
            threads.push(world.thread(&anna, &art, body).await);
        }
        assert_eq!(fresh(&anna, 99).await, 0, "one's own posts are not news");
        for thread in &threads {
            world.reply(&bert, *thread, "hello").await;
            world.reply(&bert, *thread, "and again").await;
        }
        assert_eq!(fresh(&anna, 99).await, 3);
        assert_eq!(fresh(&anna, 1).await, 2, "no further than one above");
        assert_eq!(fresh(&bert, 99).await, 0);
        world
            .write(async |tx| watch::read_thread(tx, &anna, threads[0]).await)
            .await
            .unwrap();
        assert_eq!(fresh(&anna, 99).await, 2);
    }
}
