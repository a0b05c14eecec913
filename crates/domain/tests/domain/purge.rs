//! Purged pictures: their posts are removed, whoever shows them, and the same file is not taken again.

use domain::attachment::{self, Meta, Purged, State};
use domain::page::Page;
use domain::{Caller, Denial, Error, Noun, Result, log, post};

use crate::ledger::{balance, shown};
use crate::scene::{answer, arrival, codes, open, picture, received, remote_picture, see, upload};
use crate::world::World;

async fn purge(world: &World, by: &Caller, seed: u8) -> Result<Purged> {
    let sha = picture(seed).sha256;
    world
        .write(async |tx| attachment::purge(tx, by, &sha, "not allowed").await)
        .await
}

async fn with_picture(world: &World, by: &Caller, thread: domain::Id, seed: u8) -> domain::Id {
    let draft = post::Draft {
        media: vec![upload(world, by, seed).await],
        ..post::Draft::default()
    };
    crate::scene::try_answer(world, by, thread, draft)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_that_show_it_go_and_nobody_sends_it_again() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let zoe = world.stranger("zoe", "far.example").await;
        let thread = open(&world, &admin, "art", "hello").await;
        let first = with_picture(&world, &bert, thread, 5).await;
        let second = with_picture(&world, &admin, thread, 5).await;
        let other = with_picture(&world, &bert, thread, 6).await;
        let loose = upload(&world, &bert, 5).await;
        let words = answer(&world, &bert, thread, "words").await;

        assert!(matches!(
            purge(&world, &bert, 5).await,
            Err(Error::Denied(Denial::NotAdmin))
        ));
        let done = purge(&world, &admin, 5).await.unwrap();
        assert_eq!((done.posts, done.more), (2, false));
        balance(&world).await;
        for gone in [first, second] {
            let deletion = see(&world, gone).await.deleted.unwrap();
            assert_eq!(deletion.reason.as_deref(), Some("not allowed"));
        }
        for there in [other, words] {
            assert!(see(&world, there).await.deleted.is_none());
        }
        assert_eq!(shown(&world, 5).await, Some(0), "the sweep takes the row");
        let mut conn = world.read().await;
        let sha = picture(5).sha256;
        assert!(attachment::by_sha(&mut conn, &sha).await.unwrap().is_none());
        assert!(matches!(
            attachment::find(&mut conn, loose).await,
            Err(Error::Missing(Noun::Media))
        ));
        let lines = log::node(&mut conn, Page::default()).await.unwrap().items;
        let acts: Vec<_> = lines.iter().map(|line| line.act.name()).collect();
        assert_eq!(acts, ["remove", "remove", "purge"]);
        assert_eq!(lines[2].subject, sha);
        drop(conn);

        let again = world
            .write(async |tx| attachment::upload(tx, &bert, picture(5), Meta::default()).await)
            .await;
        assert_eq!(codes(again), [("file".to_owned(), "refused")]);
        let mut remote = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "look");
        remote.media = vec![remote_picture("https://far.example/1.png")];
        let remote = received(&world, remote).await;
        let image = see(&world, remote).await.media[0].id;
        world
            .write(async |tx| attachment::fetched(tx, image, picture(5)).await)
            .await
            .unwrap();
        assert_eq!(see(&world, remote).await.media[0].state, State::Failed);
        let rest = purge(&world, &admin, 5).await.unwrap();
        assert_eq!((rest.posts, rest.more), (0, false));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_posts_go_step_by_step() {
    for mut world in World::each().await {
        world.set(|site| site.rate_limits = false);
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "hello").await;
        for _ in 0..130 {
            with_picture(&world, &admin, thread, 5).await;
        }
        let first = purge(&world, &admin, 5).await.unwrap();
        assert_eq!((first.posts, first.more), (100, true));
        let rest = purge(&world, &admin, 5).await.unwrap();
        assert_eq!((rest.posts, rest.more), (30, false));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purge_names_a_sha256() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        for none in ["", "05", &"g".repeat(64), &"A".repeat(64)] {
            let result = world
                .write(async |tx| attachment::purge(tx, &admin, none, "").await)
                .await;
            assert!(matches!(result, Err(Error::Missing(Noun::Media))), "{none}");
        }
    }
}
