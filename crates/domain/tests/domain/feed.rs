//! Feeds: threads of many boards, newest first.

use db::MINUTE;
use domain::page::Page;
use domain::{Caller, Id, Viewer, feed, follow};

use crate::world::World;

fn ids(slice: &domain::page::Slice<domain::thread::Summary>) -> Vec<Id> {
    slice.items.iter().map(|thread| thread.id).collect()
}

async fn home(world: &World, caller: &Caller, page: Page) -> Vec<Id> {
    let mut conn = world.read().await;
    ids(&feed::home(&mut conn, caller, page).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn home_holds_followed_boards_and_accounts_once() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let (bert, carl) = (world.member("bert").await, world.member("carl").await);
        let art = world.board("art", &admin).await;
        let cats = world.board("cats", &admin).await;
        let mut threads = Vec::new();
        for (author, board) in [
            (&bert, &art),
            (&admin, &cats),
            (&bert, &cats),
            (&admin, &art),
        ] {
            threads.push(world.thread(author, board, "hello").await);
            world.advance(MINUTE);
        }
        assert!(home(&world, &carl, Page::default()).await.is_empty());
        let follow = async |target: Id| {
            world
                .write(async |tx| follow::set(tx, &carl, target).await)
                .await
                .unwrap()
        };
        follow(art.id).await;
        assert_eq!(
            home(&world, &carl, Page::default()).await,
            [threads[3], threads[0]]
        );
        follow(bert.id).await;
        let expected = [threads[3], threads[2], threads[0]];
        assert_eq!(home(&world, &carl, Page::default()).await, expected);
        let mut conn = world.read().await;
        let first = feed::home(&mut conn, &carl, Page::first(2)).await.unwrap();
        assert_eq!(ids(&first), expected[..2]);
        let rest = Page::asked(Some(2), None, first.next.as_deref());
        let rest = feed::home(&mut conn, &carl, rest).await.unwrap();
        assert_eq!((ids(&rest), rest.next), (expected[2..].to_vec(), None));
        let back = Page::asked(Some(2), rest.prev.as_deref(), None);
        let back = feed::home(&mut conn, &carl, back).await.unwrap();
        assert_eq!((ids(&back), back.prev), (expected[..2].to_vec(), None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn local_and_all_hold_what_is_not_hidden() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let art = world.board("art", &admin).await;
        let news = world.far_board("news", "far.example").await;
        let here = world.thread(&admin, &art, "here").await;
        let deleted = world.thread(&admin, &art, "a mistake").await;
        let there = world.thread(&admin, &news, "there").await;
        world
            .write(async |tx| domain::post::delete(tx, &admin, deleted).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let local = feed::local(&mut conn, &Viewer::Visitor, Page::default()).await;
        assert_eq!(ids(&local.unwrap()), [here]);
        let all = feed::all(&mut conn, &Viewer::Visitor, Page::default()).await;
        assert_eq!(ids(&all.unwrap()), [there, here]);
    }
}
