//! Idempotency keys: the same request again leads to the same thing.

use db::DAY;
use domain::{Caller, Clash, Error, Id, Result, idempotency, thread};

use crate::ledger::balance;
use crate::scene::{codes, opening};
use crate::world::World;

/// What a face does with a key.
async fn request(world: &World, who: &Caller, key: &str, hash: &str) -> Result<Id> {
    world
        .write(async |tx| {
            if let Some(done) = idempotency::find(tx, who, key, hash).await? {
                return Ok(done);
            }
            let board = domain::Handle::local("art");
            let id = thread::start(tx, who, &board, opening("once")).await?;
            idempotency::keep(tx, who, key, hash, id).await?;
            Ok(id)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_is_done_once() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let first = request(&world, &anna, "key", "hash").await.unwrap();
        assert_eq!(request(&world, &anna, "key", "hash").await.unwrap(), first);
        assert_ne!(request(&world, &admin, "key", "hash").await.unwrap(), first);
        let reused = request(&world, &anna, "key", "other").await;
        assert_eq!(
            codes(reused),
            [("idempotency_key".to_owned(), "key_reused")]
        );
        for bad in [String::new(), "k".repeat(201)] {
            let bad = request(&world, &anna, &bad, "hash").await;
            assert_eq!(codes(bad), [("idempotency_key".to_owned(), "bad_key")]);
        }
        world.advance(DAY);
        let later = request(&world, &anna, "key", "other").await.unwrap();
        assert_ne!(later, first);
        world.advance(DAY);
        world
            .write(async |tx| idempotency::sweep(tx).await)
            .await
            .unwrap();
        assert_ne!(request(&world, &anna, "key", "other").await.unwrap(), later);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_at_the_same_time_make_one_post() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let world = std::sync::Arc::new(world);
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let (world, admin) = (std::sync::Arc::clone(&world), admin.clone());
            let task = async move { request(&world, &admin, "key", "hash").await };
            tasks.push(tokio::spawn(task));
        }
        let mut made = std::collections::BTreeSet::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(id) => drop(made.insert(id)),
                Err(Error::Conflict(Clash::StillRunning)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(made.len(), 1);
        let mut conn = world.read().await;
        let viewer = domain::Viewer::Visitor;
        let board = domain::board::by_id(&mut conn, art.id, &viewer).await;
        assert_eq!(board.unwrap().thread_count, 1);
    }
}
