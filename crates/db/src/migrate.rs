//! The schema, embedded from `migrations/` and applied at start, one process at a time.

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel::{Connection, SqliteConnection};
use diesel_async::{
    AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::open::Error;
use crate::{Conn, run};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The advisory lock that lets one of several starting processes migrate while the others wait.
const LOCK: i64 = 0x5354_4f41;

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// The migrations a database has, and those this program knows; both in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Applied; none in a database that was never opened.
    pub applied: Vec<String>,
    /// Known to this program.
    pub known: Vec<String>,
}

impl Schema {
    /// Known and not applied.
    pub fn pending(&self) -> Vec<&str> {
        let missing = self.known.iter().filter(|one| !self.applied.contains(one));
        missing.map(String::as_str).collect()
    }

    /// Applied and not known: a later program was here.
    pub fn foreign(&self) -> Vec<&str> {
        let later = self.applied.iter().filter(|one| !self.known.contains(one));
        later.map(String::as_str).collect()
    }

    /// The last migration applied; empty where there is none.
    pub fn version(&self) -> &str {
        self.applied.last().map_or("", String::as_str)
    }
}

/// The last migration this program knows.
pub(crate) fn latest() -> String {
    known().pop().unwrap_or_default()
}

fn known() -> Vec<String> {
    let all = MigrationSource::<Pg>::migrations(&POSTGRES).unwrap_or_default();
    let mut versions: Vec<String> = all
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    versions.sort();
    versions
}

pub(crate) async fn schema(conn: &mut Conn) -> Result<Schema, Error> {
    use __diesel_schema_migrations::dsl;
    let query = dsl::__diesel_schema_migrations
        .order(dsl::version)
        .select(dsl::version);
    let applied: QueryResult<Vec<String>> = run!(conn, c => query.load(c).await);
    let applied = match applied {
        Ok(applied) => applied,
        // The table is made with the first migration.
        Err(error) if error.to_string().contains("__diesel_schema_migrations") => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    Ok(Schema {
        applied,
        known: known(),
    })
}

pub(crate) async fn sqlite(path: &str, until: &str) -> Result<(), Error> {
    let (path, until) = (path.to_owned(), until.to_owned());
    let migrated = tokio::task::spawn_blocking(move || {
        let mut conn = SqliteConnection::establish(&path)?;
        diesel::connection::SimpleConnection::batch_execute(
            &mut conn,
            "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL;",
        )?;
        apply::<Sqlite>(&mut conn, SQLITE, &until)
    });
    migrated
        .await
        .map_err(|cause| Error::Migrate(cause.to_string()))?
}

pub(crate) async fn postgres(url: &str, until: &str) -> Result<(), Error> {
    let mut conn = AsyncPgConnection::establish(url).await?;
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))
        .await?;
    let mut harness = AsyncMigrationHarness::new(conn);
    apply::<Pg>(&mut harness, POSTGRES, until)?;
    let mut conn = harness.into_inner();
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))
        .await?;
    Ok(())
}

fn apply<DB: diesel::backend::Backend>(
    harness: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
    until: &str,
) -> Result<(), Error>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let failed =
        |cause: Box<dyn std::error::Error + Send + Sync>| Error::Migrate(cause.to_string());
    let pending: Vec<Box<dyn Migration<DB>>> =
        harness.pending_migrations(migrations).map_err(failed)?;
    for migration in pending {
        let version = migration.name().version().to_string();
        if version.as_str() > until {
            break;
        }
        harness.run_migration(&*migration).map_err(failed)?;
        tracing::info!(%version, "migration applied");
    }
    Ok(())
}
