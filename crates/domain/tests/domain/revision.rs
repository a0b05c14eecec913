//! The counts that kept answers are held against: everything that a kept page shows is counted, by every process.

use std::collections::{BTreeMap, BTreeSet};

use db::{Conn, Engine};
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;
use domain::retention;
use domain::revision::{self, Revision, Subject};
use domain::tag::{self, Mark};

use crate::world::World;

/// Columns that no page shows which is kept for visitors, and keys, which never change: what is not counted is here,
/// with `*` for all of a table. A new column joins the triggers of its table, or this list.
const NOWHERE: [(&str, &str); 31] = [
    ("settings", "name"),
    (
        "actors",
        "id inbox shared_inbox outbox followers avatar_url key_id public_key private_key refreshed_at",
    ),
    ("logins", "*"),
    ("sessions", "*"),
    ("boards", "actor_id last_no backfilled_at"),
    ("moderators", "board_id account_id created_at"),
    ("threads", "id revision"),
    ("posts", "id"),
    ("post_versions", "*"),
    ("refs", "id"),
    ("mentions", "*"),
    ("tags", "id"),
    ("post_tags", "post_id tag_id"),
    ("tag_marks", "account_id tag_id created_at"),
    ("media", "sha256 refs touched_at"),
    ("renditions", "sha256 name"),
    ("attachments", "id"),
    ("votes", "*"),
    ("follows", "*"),
    ("log", "*"),
    ("audit", "*"),
    ("idempotency", "*"),
    ("rates", "*"),
    ("activities", "*"),
    ("deliveries", "*"),
    ("received", "*"),
    ("tombstones", "*"),
    ("bans", "*"),
    ("preferences", "*"),
    ("reports", "*"),
    ("watches", "*"),
];
/// As above: the servers' own state, tables of rows that only come and go, and the counts themselves.
const NOWHERE_EITHER: [(&str, &str); 4] = [
    (
        "peers",
        "host software version state attempts fail_days last_fail_day next_try_at last_ok_at error leased_by \
         leased_until created_at",
    ),
    ("moved_numbers", "board_id no post_id"),
    ("banned_media", "*"),
    ("revisions", "*"),
];

#[derive(diesel::QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    relation: String,
    /// `INSERT`, `DELETE`, or a column whose update is counted.
    #[diesel(sql_type = Text)]
    counted: String,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

const POSTGRES: &str = "SELECT event_object_table::text AS relation, event_object_column::text AS counted \
    FROM information_schema.triggered_update_columns WHERE event_object_schema = current_schema() \
    UNION SELECT event_object_table::text, event_manipulation::text FROM information_schema.triggers \
    WHERE event_object_schema = current_schema() AND event_manipulation <> 'UPDATE'";
const SQLITE: &str =
    "SELECT tbl_name AS relation, sql AS counted FROM sqlite_master WHERE type = 'trigger'";
/// No process has a number below 1.
const GONE: &str = "INSERT INTO revisions (scope, shard, n) VALUES (1021, -7, 3), (1021, -8, 4)";
const ROWS: &str = "SELECT count(*) AS n FROM revisions WHERE shard < 0";

/// What the triggers of each table count.
#[expect(
    clippy::disallowed_methods,
    reason = "the engines say differently what their triggers are"
)]
async fn counted(conn: &mut Conn) -> BTreeMap<String, BTreeSet<String>> {
    let sql = match conn.engine() {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let rows: Vec<Trigger> = db::run!(conn, c => diesel::sql_query(sql).load(c).await).unwrap();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Trigger { relation, counted } in rows {
        let words = match conn.engine() {
            Engine::Sqlite => events(&counted, &relation),
            Engine::Postgres => vec![counted],
        };
        tables.entry(relation).or_default().extend(words);
    }
    tables
}

/// The events of a trigger as SQLite keeps its text: `… AFTER UPDATE OF a, b ON table …`.
fn events(sql: &str, table: &str) -> Vec<String> {
    let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, rest) = sql.split_once(" AFTER ").unwrap();
    let (event, _) = rest.split_once(&format!(" ON {table}")).unwrap();
    match event.strip_prefix("UPDATE OF ") {
        Some(columns) => columns.split(", ").map(str::to_owned).collect(),
        None => vec![event.to_owned()],
    }
}

/// The columns of `src/schema.rs` by their tables.
fn columns() -> Vec<(String, String)> {
    let mut table = String::new();
    let mut columns = Vec::new();
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some((name, _)) = line.strip_suffix(") {").and_then(|l| l.split_once(" (")) {
            name.clone_into(&mut table);
        }
        if let Some((column, _)) = line.strip_suffix(',').and_then(|l| l.split_once(" -> ")) {
            columns.push((table.clone(), column.to_owned()));
        }
    }
    columns
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_is_counted_or_shows_nowhere() {
    let mut nowhere: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (table, names) in NOWHERE.iter().chain(&NOWHERE_EITHER) {
        nowhere.extend(names.split_whitespace().map(|name| (*table, name)));
    }
    let columns = columns();
    assert!(columns.len() > 150, "schema.rs was read: {columns:?}");
    for world in World::each().await {
        let mut conn = world.read().await;
        let engine = conn.engine();
        let counted = counted(&mut conn).await;
        for (table, column) in &columns {
            let hidden = nowhere.contains(&(table, column)) || nowhere.contains(&(table, "*"));
            let seen = counted
                .get(table)
                .is_some_and(|known| known.contains(column));
            assert!(
                hidden != seen,
                "{table}.{column} on {engine:?}: counted {seen}, shown nowhere {hidden}"
            );
        }
        for (table, known) in &counted {
            // Servers are made open, and never go.
            let whole = known.contains("INSERT") && known.contains("DELETE");
            assert!(
                whole || table == "peers",
                "{table} on {engine:?}: {known:?}"
            );
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "rows of connections that are gone can only be made up"
)]
async fn run(conn: &mut Conn, sql: &str) {
    db::run!(conn, c => diesel::sql_query(sql).execute(c).await).unwrap();
}

#[expect(
    clippy::disallowed_methods,
    reason = "where something is counted is the engine's affair"
)]
async fn rows(conn: &mut Conn) -> i64 {
    let rows: Vec<Count> = db::run!(conn, c => diesel::sql_query(ROWS).load(c).await).unwrap();
    rows[0].n
}

async fn lists(world: &World) -> Revision {
    let mut conn = world.read().await;
    revision::of(&mut conn, Subject::Lists).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_of_connections_that_are_gone_are_kept_together() {
    for world in World::each().await {
        if world.read().await.engine() == Engine::Sqlite {
            continue;
        }
        let anna = world.member("anna").await;
        let before = lists(&world).await;
        let mut conn = world.cx.db.begin().await.unwrap();
        run(&mut conn, GONE).await;
        conn.commit().await.unwrap();
        let counted = lists(&world).await;
        assert!(!before.holds(&counted, Subject::Lists));
        assert_eq!(rows(&mut *world.read().await).await, 2);
        for _ in 0..2 {
            retention::forget_records(&world.cx).await.unwrap();
            assert_eq!(rows(&mut *world.read().await).await, 0, "they were folded");
            assert_eq!(lists(&world).await, counted, "and nothing was lost");
        }
        let mark = world.write(async |tx| tag::mark(tx, &anna, "film", Mark::Followed).await);
        mark.await.unwrap();
        assert!(!counted.holds(&lists(&world).await, Subject::Lists));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_counted_apart_from_others() {
    for world in World::each().await {
        let root = world.admin("root").await;
        let art = world.board("art", &root).await;
        let one = world.thread(&root, &art, "one").await;
        let two = world.thread(&root, &art, "two").await;
        let (here, there) = (Subject::Thread(one), Subject::Thread(two));
        let mut conn = world.read().await;
        let first = revision::of(&mut conn, here).await.unwrap();
        let second = revision::of(&mut conn, there).await.unwrap();
        world.reply(&root, one, "more").await;
        assert!(!first.holds(&revision::of(&mut conn, here).await.unwrap(), here));
        assert!(second.holds(&revision::of(&mut conn, there).await.unwrap(), there));
        assert!(!second.is_still(&revision::of(&mut conn, there).await.unwrap()));
    }
}
