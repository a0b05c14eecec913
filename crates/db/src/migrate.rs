//! The schema, embedded from `migrations/` and applied at start, one process at a time.

use diesel::{Connection, SqliteConnection};
use diesel_async::{
    AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::open::Error;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The advisory lock that lets one of several starting processes migrate while the others wait.
const LOCK: i64 = 0x5354_4f41;

pub(crate) async fn sqlite(path: &str) -> Result<(), Error> {
    let path = path.to_owned();
    let migrated = tokio::task::spawn_blocking(move || {
        let mut conn = SqliteConnection::establish(&path)?;
        diesel::connection::SimpleConnection::batch_execute(
            &mut conn,
            "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL;",
        )?;
        apply(&mut conn, SQLITE)
    });
    migrated
        .await
        .map_err(|cause| Error::Migrate(cause.to_string()))?
}

pub(crate) async fn postgres(url: &str) -> Result<(), Error> {
    let mut conn = AsyncPgConnection::establish(url).await?;
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))
        .await?;
    let mut harness = AsyncMigrationHarness::new(conn);
    apply(&mut harness, POSTGRES)?;
    let mut conn = harness.into_inner();
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))
        .await?;
    Ok(())
}

fn apply<DB: diesel::backend::Backend>(
    harness: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> Result<(), Error> {
    let applied = harness
        .run_pending_migrations(migrations)
        .map_err(|cause| Error::Migrate(cause.to_string()))?;
    for version in applied {
        tracing::info!(%version, "migration applied");
    }
    Ok(())
}
