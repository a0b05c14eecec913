//! What goes by itself: records that served their purpose, and foreign threads that nobody here touched.

use db::DAY;
use domain::{Error, Id, Viewer, follow, limits, received, retention, thread};

use crate::ledger::{balance, number};
use crate::scene::{answer, answering, arrival, ballot, received as arrives, remote_picture, vote};
use crate::world::World;

/// A world that lets foreign threads go after a month.
async fn forgetful(mut worlds: Vec<World>) -> Vec<World> {
    for world in &mut worlds {
        world.set(|site| site.foreign_days = Some(30));
    }
    worlds
}

async fn is_there(world: &World, id: Id) -> bool {
    let mut conn = world.read().await;
    match thread::view(&mut conn, id, &Viewer::Visitor).await {
        Ok(_) => true,
        Err(Error::Missing(_)) => false,
        Err(other) => panic!("{other:?}"),
    }
}

async fn forget(world: &World) -> usize {
    // A round looks at some, the next goes on after them and the one after that begins anew.
    let mut gone = 0;
    for _ in 0..3 {
        gone += retention::forget_idle(&world.cx).await.unwrap();
    }
    gone
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_threads_go_unless_somebody_here_had_a_part() {
    for world in forgetful(World::each().await).await {
        let anna = world.member("anna").await;
        let far = world.stranger("bea", "far.example").await;
        let friend = world.stranger("cid", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let post = async |name: &str, author: Id| {
            let uri = format!("https://far.example/p/{name}");
            let mut sent = arrival(&world, &uri, author, board.id, "look #sky");
            sent.tags = vec!["sky".to_owned()];
            sent.media = vec![remote_picture(&format!("https://far.example/m/{name}"))];
            arrives(&world, sent).await
        };
        let idle = post("idle", far.id).await;
        let reply = arrival(&world, "https://far.example/p/re", far.id, board.id, "re");
        let reply = arrives(&world, answering(reply, "https://far.example/p/idle")).await;
        ballot(&world, friend.id, reply, 1, world.cx.now())
            .await
            .unwrap();
        let answered = post("answered", far.id).await;
        answer(&world, &anna, answered, "mine").await;
        let liked = post("liked", far.id).await;
        vote(&world, &anna, liked, 1).await.unwrap();
        let friends = post("friends", friend.id).await;
        let set = async |tx: &mut domain::Tx| follow::set(tx, &anna, friend.id).await;
        world.write(set).await.unwrap();
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let own = world.thread(&admin, &art, "ours").await;

        world.advance(29 * DAY);
        assert_eq!(forget(&world).await, 0);
        let young = post("young", far.id).await;
        world.advance(2 * DAY);
        assert_eq!(forget(&world).await, 1);
        assert!(!is_there(&world, idle).await);
        for kept in [answered, liked, friends, own, young] {
            assert!(is_there(&world, kept).await);
        }
        let mut conn = world.read().await;
        for (what, sql) in [
            (
                "posts",
                format!("SELECT count(*) AS n FROM posts WHERE thread_id = {idle}"),
            ),
            (
                "pictures",
                format!("SELECT count(*) AS n FROM attachments WHERE post_id = {idle}"),
            ),
        ] {
            assert_eq!(number(&mut conn, &sql).await, 0, "{what}");
        }
        drop(conn);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_stays_unless_an_admin_says_otherwise() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let sent = arrival(&world, "https://far.example/p/1", far.id, board.id, "old");
        let id = arrives(&world, sent).await;
        world.advance(3_000 * DAY);
        assert_eq!(forget(&world).await, 0);
        assert!(is_there(&world, id).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_past_is_forgotten_in_pieces() {
    for world in World::each().await {
        let many = limits::SWEPT + 10;
        let note = async |tx: &mut domain::Tx| {
            for number in 0..many {
                received::note(tx, &format!("https://far.example/a/{number}")).await?;
            }
            Ok(())
        };
        world.write(note).await.unwrap();
        let count = async || {
            let mut conn = world.read().await;
            number(&mut conn, "SELECT count(*) AS n FROM received").await
        };
        retention::forget_records(&world.cx).await.unwrap();
        assert_eq!(count().await, many, "they are young");
        world.advance(365 * DAY);
        // One piece leaves the rest in place, all pieces leave nothing.
        let piece = world
            .write(async |tx| received::sweep(tx).await)
            .await
            .unwrap();
        assert_eq!(i64::try_from(piece).unwrap(), limits::SWEPT);
        assert_eq!(count().await, 10);
        retention::forget_records(&world.cx).await.unwrap();
        assert_eq!(count().await, 0);
    }
}
