//! A database of its own for each test, on both engines.
//!
//! SQLite always. PostgreSQL where `TEST_POSTGRES_URL` names a server, or where Debian's server binaries
//! are installed: then the test process runs a private cluster as a user who is not root, and the cluster
//! ends with the process. `STOA_REQUIRE_POSTGRES=1` makes its absence an error instead of a printed line.

mod cluster;
pub mod hostile;
mod statements;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Db, Durability, Engine, Settings};

pub use statements::Statements;

/// A database that belongs to one test.
pub struct TestDb {
    /// Where it is, as `DATABASE_URL` would say.
    pub url: String,
    folder: Option<PathBuf>,
}

impl TestDb {
    /// How many connections a database lends at a time.
    pub const CONNECTIONS: u32 = 4;

    /// A fresh SQLite file.
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("stoa-test-{}", unique()));
        let url = format!("sqlite:{}", folder.join("stoa.sqlite").display());
        Self {
            url,
            folder: Some(folder),
        }
    }

    /// A fresh PostgreSQL database, or `None` (with a printed line) where there is no server.
    ///
    /// # Panics
    /// Where `STOA_REQUIRE_POSTGRES` is set and there is no server.
    #[expect(
        clippy::disallowed_methods,
        reason = "a setting of the tests, not of the node"
    )]
    pub async fn postgres() -> Option<Self> {
        let Some(server) = cluster::url().await else {
            assert!(
                std::env::var_os("STOA_REQUIRE_POSTGRES").is_none(),
                "STOA_REQUIRE_POSTGRES is set, but no PostgreSQL could be started or reached"
            );
            #[allow(
                clippy::print_stderr,
                reason = "a skipped engine is said where tests are read"
            )]
            {
                eprintln!("skipped on PostgreSQL: no server binaries and no TEST_POSTGRES_URL");
            }
            return None;
        };
        let name = format!("stoa_test_{}", unique());
        let url = cluster::create(&server, &name).await;
        Some(Self { url, folder: None })
    }

    /// One for each engine that is here, for tests that hold on both.
    pub async fn each() -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        all.extend(Self::postgres().await);
        all
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        if self.folder.is_some() {
            Engine::Sqlite
        } else {
            Engine::Postgres
        }
    }

    /// Opens it, with migrations applied; a test may do so several times.
    ///
    /// # Panics
    /// Where it cannot be opened.
    pub async fn open(&self) -> Db {
        let mut settings = Settings::new(&self.url);
        settings.durability = Durability::Normal;
        settings.connections = Self::CONNECTIONS;
        #[allow(
            clippy::expect_used,
            reason = "a test cannot go on without its database"
        )]
        Db::open(&settings).await.expect("the test database opens")
    }

    /// Brings PostgreSQL to where its own daemons bring it within minutes after much was written: rows that are gone are
    /// cleared away, pages that all may see are marked, the planner knows the tables, and nothing waits to be written.
    ///
    /// # Panics
    /// Where the server refuses.
    pub async fn settle(&self) {
        let db = self.open().await;
        #[allow(
            clippy::expect_used,
            reason = "a run cannot go on without its database"
        )]
        let mut conn = db
            .read()
            .await
            .expect("the test database lends a connection");
        if conn.engine() == Engine::Postgres {
            for statement in ["VACUUM (ANALYZE)", "CHECKPOINT"] {
                let done = conn.batch(statement).await;
                #[allow(clippy::expect_used, reason = "likewise")]
                done.expect("the server settles");
            }
        }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}
