//! `src/schema.rs` against what each engine reports about its tables: names, types and what may be NULL.

use std::collections::{BTreeMap, BTreeSet};

use db::{Conn, Engine};
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;

use crate::world::World;

/// What a column is: diesel's name of its type, and whether it may be NULL.
type Columns = BTreeMap<String, (String, bool)>;

#[derive(diesel::QueryableByName)]
struct Reported {
    #[diesel(sql_type = Text)]
    relation: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

/// The column that stands for a row is an `INTEGER PRIMARY KEY` on SQLite: 64 bits, never NULL, and said as neither.
const SQLITE: &str = "SELECT m.name AS relation, c.name AS name, \
    CASE WHEN c.pk = 1 AND c.type = 'INTEGER' THEN 'BIGINT' ELSE c.type END AS kind, \
    (c.\"notnull\" = 0 AND c.pk = 0) AS nullable \
    FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'";

const POSTGRES: &str = "SELECT table_name::text AS relation, column_name::text AS name, \
    upper(data_type)::text AS kind, (is_nullable = 'YES') AS nullable \
    FROM information_schema.columns WHERE table_schema = current_schema()";

/// Tables of other crates: their own tests hold them against the engines.
const ELSEWHERE: [&str; 3] = ["jobs", "processes", "__diesel_schema_migrations"];

/// Indexes of words, which each engine keeps in its own way.
const WORDS: [&str; 2] = ["post_words", "actor_words"];

#[expect(
    clippy::disallowed_methods,
    reason = "the engines say differently what their tables are"
)]
async fn reported(conn: &mut Conn) -> BTreeMap<String, Columns> {
    let rows: Vec<Reported> = match conn.engine() {
        Engine::Sqlite => db::run!(conn, c => diesel::sql_query(SQLITE).load(c).await),
        Engine::Postgres => db::run!(conn, c => diesel::sql_query(POSTGRES).load(c).await),
    }
    .unwrap();
    let mut tables: BTreeMap<String, Columns> = BTreeMap::new();
    for row in rows {
        let words = WORDS.iter().any(|index| row.relation.starts_with(index));
        if row.relation.starts_with("sqlite_") || words || ELSEWHERE.contains(&&*row.relation) {
            continue;
        }
        let kind = match &*row.kind {
            "BIGINT" => "BigInt",
            "INTEGER" => "Integer",
            "SMALLINT" => "SmallInt",
            "TEXT" => "Text",
            "BOOLEAN" => "Bool",
            "DOUBLE PRECISION" => "Double",
            other => panic!("{}.{} is {other}", row.relation, row.name),
        };
        let column = (kind.to_owned(), row.nullable);
        tables
            .entry(row.relation)
            .or_default()
            .insert(row.name, column);
    }
    tables
}

/// What `src/schema.rs` says, read as text.
fn declared() -> BTreeMap<String, Columns> {
    let mut tables: BTreeMap<String, Columns> = BTreeMap::new();
    let mut table = String::new();
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some((name, _)) = line.strip_suffix(") {").and_then(|l| l.split_once(" (")) {
            name.clone_into(&mut table);
        }
        let Some((name, kind)) = line.strip_suffix(',').and_then(|l| l.split_once(" -> ")) else {
            continue;
        };
        let inner = kind
            .strip_prefix("Nullable<")
            .and_then(|k| k.strip_suffix('>'));
        let column = (inner.unwrap_or(kind).to_owned(), inner.is_some());
        let columns = tables.entry(table.clone()).or_default();
        columns.insert(name.to_owned(), column);
    }
    tables
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tables_are_what_the_code_believes() {
    let declared = declared();
    assert!(declared.len() > 20, "schema.rs was read: {declared:?}");
    for world in World::each().await {
        let mut conn = world.read().await;
        let engine = conn.engine();
        let reported = reported(&mut conn).await;
        let names = |tables: &BTreeMap<String, Columns>| -> BTreeSet<String> {
            tables.keys().cloned().collect()
        };
        assert_eq!(names(&declared), names(&reported), "{engine:?}");
        for (table, columns) in &declared {
            assert_eq!(columns, &reported[table], "{table} on {engine:?}");
        }
    }
}
