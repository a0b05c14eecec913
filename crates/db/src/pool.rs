//! Pools of connections.
//!
//! A connection that is given back in the middle of a transaction (its request was dropped) is thrown
//! away and with it the transaction. We keep that mark ourselves: asking diesel for it panics while a
//! cancelled SQLite statement is still running on the blocking pool.

use std::ops::{Deref, DerefMut};

use diesel::sqlite::SqliteConnection;
use diesel_async::pooled_connection::PoolableConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, AsyncPgConnection};

use crate::flush::Flush;
use crate::open::Error;
use crate::{Conn, Timestamp};

/// Opens connections of one kind for a pool.
#[derive(Clone, Debug)]
pub(crate) enum Manager {
    Postgres {
        url: String,
    },
    SqliteWriter {
        path: String,
        /// What commits wait for; `None` where they need not be on the disk.
        flush: Option<Flush>,
    },
    SqliteReader {
        path: String,
    },
}

/// A connection as a pool keeps it.
pub(crate) struct Slot {
    conn: Conn,
    in_transaction: bool,
    flush: Option<Flush>,
}

/// A connection on loan from a pool.
pub struct Pooled(pub(crate) bb8::PooledConnection<'static, Manager>);

impl Pooled {
    /// Opens a transaction; SQLite takes its write lock at once (`IMMEDIATE`), because a reader that
    /// turns writer half-way is refused when another writer came between.
    pub(crate) async fn begin(&mut self) -> Result<(), Error> {
        let sql = match self.0.conn {
            Conn::Postgres(_) => "BEGIN",
            Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        };
        self.0.in_transaction = true;
        Ok(self.0.conn.batch(sql).await?)
    }

    /// Opens a transaction that only reads and sees one state throughout. SQLite takes that state at the first read,
    /// so it reads at once.
    pub(crate) async fn begin_reading(&mut self) -> Result<(), Error> {
        let sql = match self.0.conn {
            Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            Conn::Sqlite(_) => "BEGIN; SELECT name FROM sqlite_schema LIMIT 1",
        };
        self.0.in_transaction = true;
        Ok(self.0.conn.batch(sql).await?)
    }

    async fn end(&mut self, sql: &str) -> Result<(), Error> {
        self.0.conn.batch(sql).await?;
        self.0.in_transaction = false;
        Ok(())
    }
}

/// An open transaction; dropped without [`Transaction::commit`] it is rolled back with its connection.
pub struct Transaction(pub(crate) Pooled);

impl Transaction {
    /// Makes everything since the beginning permanent: it is on the disk, and so is all that was committed
    /// before. The connection serves others while the disk is at work.
    ///
    /// # Errors
    /// The engine refuses or cannot be reached; nothing was kept then. [`Error::Flush`] where it was
    /// kept but may not outlive a power cut.
    pub async fn commit(self) -> Result<(), Error> {
        let flush = self.0.0.flush.clone();
        self.commit_soon().await?;
        match flush {
            Some(flush) => flush.wait().await,
            None => Ok(()),
        }
    }

    /// As [`Transaction::commit`], without waiting for SQLite's disk: others see it, a crash of the process does
    /// not lose it, a power cut may.
    ///
    /// # Errors
    /// The engine refuses or cannot be reached; nothing was kept then.
    pub async fn commit_soon(mut self) -> Result<(), Error> {
        self.0.end("COMMIT").await
    }

    /// Undoes everything since the beginning and keeps the connection.
    ///
    /// # Errors
    /// The engine cannot be reached.
    pub async fn rollback(mut self) -> Result<(), Error> {
        self.0.end("ROLLBACK").await
    }
}

impl Deref for Transaction {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Deref for Pooled {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0.conn
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0.conn
    }
}

impl bb8::ManageConnection for Manager {
    type Connection = Slot;
    type Error = Error;

    async fn connect(&self) -> Result<Slot, Error> {
        let (conn, flush) = match self {
            Self::Postgres { url } => {
                let conn = AsyncPgConnection::establish(url).await?;
                (Conn::Postgres(conn), None)
            }
            Self::SqliteWriter { path, flush } => (
                sqlite(path, "PRAGMA synchronous=NORMAL;").await?,
                flush.clone(),
            ),
            Self::SqliteReader { path } => (sqlite(path, "PRAGMA query_only=ON;").await?, None),
        };
        Ok(Slot {
            conn,
            in_transaction: false,
            flush,
        })
    }

    async fn is_valid(&self, slot: &mut Slot) -> Result<(), Error> {
        Ok(slot.conn.batch("SELECT 1").await?)
    }

    fn has_broken(&self, slot: &mut Slot) -> bool {
        match &mut slot.conn {
            Conn::Postgres(conn) => slot.in_transaction || conn.is_broken(),
            Conn::Sqlite(_) => slot.in_transaction,
        }
    }
}

async fn sqlite(path: &str, extra: &str) -> Result<Conn, Error> {
    let conn = SyncConnectionWrapper::<SqliteConnection>::establish(path).await?;
    let mut conn = Conn::Sqlite(conn);
    conn.batch(&format!(
        "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; \
         PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; {extra}"
    ))
    .await?;
    Ok(conn)
}

/// How long a request waits for a connection before it is told that the node is busy.
pub(crate) const CONNECT_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(15);

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slot")
            .field("in_transaction", &self.in_transaction)
            .finish_non_exhaustive()
    }
}

impl Timestamp {
    /// A moment on both engines' scale that no row reaches: rows that wait for nothing.
    pub const NEVER: Self = Self(i64::MAX);
}
