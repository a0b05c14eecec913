//! One connection to either engine, and the macro that runs a statement on whichever it is.

use diesel::QueryResult;
use diesel::sqlite::SqliteConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};

/// An open connection. Statements reach it through [`run!`](crate::run).
#[allow(
    clippy::large_enum_variant,
    reason = "connections live boxed in the pool"
)]
pub enum Conn {
    /// PostgreSQL over tokio-postgres.
    Postgres(AsyncPgConnection),
    /// SQLite, its calls handed to the blocking pool.
    Sqlite(SyncConnectionWrapper<SqliteConnection>),
}

/// Which engine a node runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// `DATABASE_URL=postgres://…`
    Postgres,
    /// The default: a file in the data folder.
    Sqlite,
}

impl Conn {
    /// The engine behind this connection, for the few statements that differ.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Postgres(_) => Engine::Postgres,
            Self::Sqlite(_) => Engine::Sqlite,
        }
    }

    /// Runs statements without parameters or rows.
    pub(crate) async fn batch(&mut self, sql: &str) -> QueryResult<()> {
        crate::run!(self, c => c.batch_execute(sql).await)
    }
}

/// Runs the same statement on whichever engine the node uses:
/// `run!(conn, c => posts::table.find(id).first::<Post>(c).await)`.
#[macro_export]
macro_rules! run {
    ($conn:expr, $c:ident => $query:expr) => {
        match &mut *$conn {
            $crate::Conn::Postgres($c) => $query,
            $crate::Conn::Sqlite($c) => $query,
        }
    };
}
