//! The ground floor on both engines: transactions, ids, leases.

#![allow(clippy::unwrap_used, reason = "a failing test should say where")]

mod down;
mod order;
mod schema;

use db::testing::TestDb;
use db::{Clock, Error, Ids, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

diesel::table! {
    settings (name) {
        name -> Text,
        value -> Text,
    }
}

async fn put(conn: &mut db::Conn, name: &str) -> Result<(), Error> {
    let row = (settings::name.eq(name), settings::value.eq("x"));
    let insert = diesel::insert_into(settings::table).values(row);
    run!(conn, c => insert.execute(c).await)?;
    Ok(())
}

async fn count(db: &db::Db) -> i64 {
    let mut conn = db.read().await.unwrap();
    run!(conn, c => settings::table.count().get_result(c).await).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_is_kept_whole_or_not_at_all() {
    for test in TestDb::each().await {
        let db = test.open().await;
        db.write(async |conn| put(conn, "kept").await)
            .await
            .unwrap();
        let failed: Result<(), Error> = db
            .write(async |conn| {
                put(conn, "lost").await?;
                put(conn, "kept").await
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(count(&db).await, 1, "{:?}", test.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_transaction_leaves_nothing_and_blocks_nobody() {
    for test in TestDb::each().await {
        let db = test.open().await;
        let stuck = db.write(async |conn| {
            put(conn, "dropped").await?;
            std::future::pending::<()>().await;
            Ok::<(), Error>(())
        });
        let gone = tokio::time::timeout(std::time::Duration::from_millis(300), stuck).await;
        assert!(gone.is_err());
        db.write(async |conn| put(conn, "next").await)
            .await
            .unwrap();
        assert_eq!(count(&db).await, 1, "{:?}", test.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_at_once_all_get_through() {
    for test in TestDb::each().await {
        let db = test.open().await;
        let tasks: Vec<_> = (0..40)
            .map(|i| {
                let db = db.clone();
                tokio::spawn(async move {
                    let name = format!("n{i}");
                    db.write(async |conn| put(conn, &name).await).await
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!(count(&db).await, 40, "{:?}", test.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_cannot_write_on_sqlite() {
    let test = TestDb::sqlite();
    let db = test.open().await;
    let mut conn = db.read().await.unwrap();
    assert!(put(&mut conn, "no").await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_rise_and_two_processes_never_share_one() {
    for test in TestDb::each().await {
        let db = test.open().await;
        let clock = Clock::manual(Timestamp::parse("2026-11-20T10:00:00Z").unwrap());
        let first = Ids::lease(&db, &clock).await.unwrap();
        let second = Ids::lease(&db, &clock).await.unwrap();
        let now = clock.now();
        let mut seen = std::collections::BTreeSet::new();
        let mut last = 0;
        for _ in 0..5000 {
            let id = first.next(now);
            assert!(id > last);
            last = id;
            assert!(seen.insert(id) && seen.insert(second.next(now)));
        }
        // Not in the past, where the same moment is told of what was made elsewhere.
        for _ in 0..5000 {
            assert!(!seen.contains(&first.at(now)));
        }
        let past = first.at(now.plus(-db::DAY));
        assert!(past < *seen.iter().next().unwrap());
        assert_eq!(db::ids::moment(past), now.plus(-db::DAY));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_gives_no_id_again() {
    for test in TestDb::each().await {
        let db = test.open().await;
        let clock = Clock::manual(Timestamp::parse("2026-11-20T10:00:00Z").unwrap());
        let before = Ids::lease(&db, &clock).await.unwrap();
        let early = clock.now();
        let given = before.next(early);
        clock.advance(db::HOUR);
        before.next(clock.now());
        // Set back while the process runs, which then renews its lease and ends; the next begins when that is over.
        clock.advance(-db::HOUR - db::HOUR / 2);
        before.renew(&db, &clock).await.unwrap();
        clock.advance(db::HOUR / 2);
        let after = Ids::lease(&db, &clock).await.unwrap();
        assert_eq!(clock.now(), early);
        assert_ne!(after.next(early), given, "{:?}", test.engine());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_refused_without_its_password() {
    let settings = db::Settings::new("mysql://me:secret@host/x");
    let message = db::Db::open(&settings).await.err().unwrap().to_string();
    assert!(message.contains("postgres://") && !message.contains("secret"));
}
