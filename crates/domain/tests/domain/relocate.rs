//! Threads go to another board: new numbers, references that still lead to their posts, old addresses that lead on.

use std::collections::HashMap;

use domain::page::Page;
use domain::{Denial, Error, Event, Handle, Noun, Viewer, board, log, post, thread};

use crate::ledger::balance;
use crate::scene::{
    answer, answering, arrival, open, received, rewrite, see, try_answer, visit, vote,
};
use crate::world::{World, handle};

async fn relocate(
    world: &World,
    by: &domain::Caller,
    id: domain::Id,
    to: &str,
) -> domain::Result<()> {
    let to = handle(to);
    world
        .write(async |tx| thread::relocate(tx, by, id, &to).await)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn references_and_old_addresses_lead_to_the_new_place() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let photo = world.board("photo", &admin).await;
        open(&world, &admin, "photo", "the first there").await;
        let other = open(&world, &bert, "art", "see >>2").await;
        let moved = open(&world, &bert, "art", "a photograph").await;
        let inside = answer(&world, &bert, moved, ">>2 and >>1").await;
        let afar = open(&world, &bert, "photo", ">>>/art/3").await;
        vote(&world, &admin, moved, 1).await.unwrap();
        let before = visit(&world, other).await.revision;
        world.events().await;

        relocate(&world, &admin, moved, "photo").await.unwrap();
        balance(&world).await;
        let found = visit(&world, moved).await;
        assert_eq!((&*found.board.name, found.no), ("photo", Some(3)));
        assert_eq!(found.posts[1].no, Some(4));
        let target = |post: &post::Post, nth: usize| {
            let target = post.quotes[nth].target.as_ref();
            target.map(|target| (target.post, target.no))
        };
        assert_eq!(target(&see(&world, other).await, 0), Some((moved, 3)));
        assert_eq!(target(&see(&world, afar).await, 0), Some((inside, 4)));
        let reply = see(&world, inside).await;
        assert_eq!(target(&reply, 0), Some((moved, 3)));
        assert_eq!(target(&reply, 1), Some((other, 1)));
        assert!(visit(&world, other).await.revision > before);
        let labels: Vec<String> = see(&world, moved)
            .await
            .quoted_by
            .into_iter()
            .map(|link| link.label)
            .collect();
        assert_eq!(labels, [">>>/art/1", ">>4"]);

        rewrite(&world, &bert, inside, "still >>2, and >>1 too")
            .await
            .unwrap();
        let edited = see(&world, inside).await;
        assert_eq!(target(&edited, 0), Some((moved, 3)), "an edit keeps them");

        let mut conn = world.read().await;
        let old = thread::by_no(&mut conn, &Handle::local("art"), 2).await;
        assert_eq!(old.unwrap(), moved);
        let new = thread::by_no(&mut conn, &Handle::local("photo"), 3).await;
        assert_eq!(new.unwrap(), moved);
        let lines = log::board(&mut conn, art.id, Page::default()).await;
        let line = &lines.unwrap().items[0];
        assert_eq!((line.act.name(), &*line.subject), ("move_out", "photo"));
        let lines = log::board(&mut conn, photo.id, Page::default()).await;
        assert_eq!(lines.unwrap().items[0].act.name(), "move_in");
        drop(conn);
        let event = Event::ThreadMoved {
            thread: moved,
            from: art.id,
            by: admin.id,
        };
        assert!(world.events().await.contains(&event));

        relocate(&world, &admin, moved, "art").await.unwrap();
        balance(&world).await;
        assert_eq!(
            visit(&world, moved).await.no,
            Some(4),
            "no number is used twice"
        );
        answer(&world, &bert, moved, "and on").await;
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_moderates_both_boards_may_move() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (mia, bert) = (world.member("mia").await, world.member("bert").await);
        let art = world.board("art", &admin).await;
        let photo = world.board("photo", &admin).await;
        world.far_board("news", "far.example").await;
        let thread = open(&world, &bert, "art", "hello").await;
        world
            .write(async |tx| board::add_moderator(tx, &admin, art.id, mia.id).await)
            .await
            .unwrap();
        let denied = |result| match result {
            Err(Error::Denied(denial)) => denial,
            other => panic!("{other:?}"),
        };
        let one = relocate(&world, &mia, thread, "photo").await;
        assert_eq!(denied(one), Denial::NotModerator);
        let none = relocate(&world, &admin, thread, "nothing").await;
        assert!(matches!(none, Err(Error::Missing(Noun::Board))));
        let far = relocate(&world, &admin, thread, "news@far.example").await;
        assert_eq!(denied(far), Denial::NotModerator);
        let same = relocate(&world, &admin, thread, "art").await;
        assert!(matches!(same, Err(Error::Conflict(_))));
        world
            .write(async |tx| board::add_moderator(tx, &admin, photo.id, mia.id).await)
            .await
            .unwrap();
        relocate(&world, &mia, thread, "photo").await.unwrap();
        assert_eq!(visit(&world, thread).await.board.name, "photo");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_elsewhere_moves_with_the_numbers_its_home_gives() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let news = world.far_board("news", "far.example").await;
        let old = world.far_board("old", "far.example").await;
        let third = world.far_board("third", "third.example").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let uri = "https://far.example/p/1";
        let opening = arrival(&world, uri, zoe.id, news.id, "hi");
        let opening = domain::post::Arrival {
            no: Some(7),
            ..opening
        };
        let id = received(&world, opening).await;
        let reply = arrival(&world, "https://far.example/p/2", zoe.id, news.id, ">>7");
        let reply = received(&world, answering(reply, uri)).await;
        let numbers = HashMap::from([(uri.to_owned(), 3)]);
        let say = async |to| {
            world
                .write(async |tx| thread::accept_relocate(tx, id, to, zoe.id, &numbers).await)
                .await
        };
        for elsewhere in [art.id, third.id] {
            assert!(matches!(say(elsewhere).await, Err(Error::Denied(_))));
        }
        assert!(say(old.id).await.unwrap());
        assert!(!say(old.id).await.unwrap(), "told twice");
        let found = visit(&world, id).await;
        assert_eq!((&*found.board.name, found.no), ("old", Some(3)));
        assert_eq!(see(&world, reply).await.no, None, "its number was not told");
        let mut conn = world.read().await;
        let led = thread::by_no(&mut conn, &handle("news@far.example"), 7).await;
        assert_eq!(led.unwrap(), id);
        drop(conn);
        balance(&world).await;
        let ours = open(&world, &admin, "art", "not theirs").await;
        let taken = world
            .write(async |tx| thread::accept_relocate(tx, ours, old.id, zoe.id, &numbers).await)
            .await;
        assert!(matches!(taken, Err(Error::Denied(_))));
        assert!(
            try_answer(&world, &admin, id, crate::scene::reply("on"))
                .await
                .is_ok()
        );
        let viewer = Viewer::Visitor;
        let mut conn = world.read().await;
        assert!(thread::view(&mut conn, ours, &viewer).await.is_ok());
    }
}
