//! Every migration can be taken back: each `down.sql` leaves what was there before its `up.sql`, down to nothing, and
//! all of them can be applied again.

use std::collections::BTreeSet;

use db::Engine;
use db::testing::TestDb;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use diesel::{Connection, RunQueryDsl, SqliteConnection};
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};

/// Everything the engine knows of columns, keys and indexes, a line each.
type Schema = BTreeSet<String>;

const SQLITE: &str = "
    SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk || ' '
        || ifnull(c.dflt_value, '') AS line
    FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'
    UNION ALL SELECT 'key ' || t.name || '.' || f.\"from\" || ' ' || f.\"table\" || ' ' || f.on_delete
    FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
    UNION ALL SELECT 'index ' || tbl_name || ' ' || ifnull(sql, name) FROM sqlite_master WHERE type = 'index'";

const POSTGRES: &str = "
    SELECT concat_ws(' ', 'column', table_name || '.' || column_name, data_type, is_nullable, collation_name,
        column_default)::text AS line
    FROM information_schema.columns WHERE table_schema = current_schema()
    UNION ALL SELECT concat_ws(' ', 'key', conrelid::regclass, pg_get_constraintdef(oid))::text
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
    UNION ALL SELECT concat('index ', indexdef)::text FROM pg_indexes WHERE schemaname = current_schema()";

/// What the table of applied migrations itself looks like is diesel's affair.
const DIESELS: &str = "__diesel_schema_migrations";

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn schema(lines: Vec<Line>) -> Schema {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = lines.into_iter().map(|line| words(&line.line));
    lines.filter(|line| !line.contains(DIESELS)).collect()
}

/// Up one by one, down one by one, and up at once; the schema is looked at after every step.
fn walk<DB: diesel::backend::Backend>(
    harness: &mut impl MigrationHarness<DB>,
    migrations: &FileBasedMigrations,
    look: impl Fn() -> Schema,
) where
    FileBasedMigrations: MigrationSource<DB>,
{
    let mut all: Vec<Box<dyn Migration<DB>>> = migrations.migrations().unwrap();
    all.sort_by_key(|one| one.name().version().to_string());
    // Makes the table that keeps count.
    harness.applied_migrations().unwrap();
    let mut seen = vec![look()];
    for one in &all {
        harness.run_migration(&**one).unwrap();
        seen.push(look());
    }
    let whole = seen.pop().unwrap();
    assert!(whole.len() > 100, "the schema was read");
    for (one, before) in all.iter().zip(&seen).rev() {
        harness.revert_migration(&**one).unwrap();
        let after = look();
        let lost: Vec<_> = before.difference(&after).collect();
        let left: Vec<_> = after.difference(before).collect();
        assert!(
            lost.is_empty() && left.is_empty(),
            "{}: lost {lost:#?}, left {left:#?}",
            one.name()
        );
    }
    assert_eq!(look(), Schema::new(), "all of it is gone");
    for one in &all {
        harness.run_migration(&**one).unwrap();
    }
    assert_eq!(look(), whole, "and comes again");
}

fn folder(engine: &str) -> FileBasedMigrations {
    let migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    FileBasedMigrations::from_path(format!("{migrations}/{engine}")).unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "each engine describes itself in a catalogue of its own"
)]
fn on_sqlite(url: &str) {
    let path = url.strip_prefix("sqlite:").unwrap();
    std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
    let mut conn = SqliteConnection::establish(path).unwrap();
    walk::<Sqlite>(&mut conn, &folder("sqlite"), || {
        let mut conn = SqliteConnection::establish(path).unwrap();
        schema(diesel::sql_query(SQLITE).load(&mut conn).unwrap())
    });
}

#[expect(
    clippy::disallowed_methods,
    reason = "each engine describes itself in a catalogue of its own"
)]
async fn on_postgres(url: &str) {
    let conn = AsyncPgConnection::establish(url).await.unwrap();
    let looking = AsyncPgConnection::establish(url).await.unwrap();
    let looking = std::cell::RefCell::new(looking);
    let mut harness = AsyncMigrationHarness::new(conn);
    walk::<Pg>(&mut harness, &folder("postgres"), || {
        let mut conn = looking.borrow_mut();
        let ask = async {
            diesel_async::RunQueryDsl::load(diesel::sql_query(POSTGRES), &mut *conn).await
        };
        let handle = tokio::runtime::Handle::current();
        schema(tokio::task::block_in_place(|| handle.block_on(ask)).unwrap())
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_can_be_taken_back() {
    for test in TestDb::each().await {
        match test.engine() {
            Engine::Sqlite => on_sqlite(&test.url),
            Engine::Postgres => on_postgres(&test.url).await,
        }
    }
}
