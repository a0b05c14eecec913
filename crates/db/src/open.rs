//! Opening the database: which engine, how many connections, migrations applied.

use std::path::{Path, PathBuf};

use crate::flush::Flush;
use crate::migrate::Schema;
use crate::pool::{CONNECT_TIMEOUT, Manager};
use crate::{Conn, Engine, Pooled, Transaction, migrate};

/// What can go wrong below the product's rules.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A statement failed.
    #[error("database: {0}")]
    Query(#[from] diesel::result::Error),
    /// No connection could be made.
    #[error("cannot connect to the database: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// All connections were in use for too long.
    #[error("no database connection became free in time")]
    Exhausted,
    /// The schema could not be brought up to date.
    #[error("migration failed: {0}")]
    Migrate(String),
    /// The address of the database is none we know.
    #[error("DATABASE_URL must start with sqlite: or postgres://, not {0:?}")]
    Url(String),
    /// What was committed may not be on the disk.
    #[error("the database's log cannot be synced: {0}")]
    Flush(std::io::Error),
    /// Rows do not fit the tables, or tables are none that both engines can have.
    #[error("rows: {0}")]
    Rows(String),
    /// A folder or file could not be made.
    #[error("cannot prepare {path}: {cause}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
}

/// How hard SQLite makes a commit before it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on the disk before it is answered; a power cut loses nothing.
    #[default]
    Full,
    /// A power cut may lose the last commits, a crash of the process never does.
    Normal,
}

/// Where the database is and how it is used.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:<path>` or `postgres://…`.
    pub url: String,
    /// SQLite only.
    pub durability: Durability,
    /// Connections for reading (SQLite) or for everything (PostgreSQL).
    pub connections: u32,
}

impl Settings {
    /// The usual settings for this address.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            durability: Durability::Full,
            connections: 12,
        }
    }
}

impl Settings {
    fn sqlite_path(&self) -> Option<&str> {
        let path = self.url.strip_prefix("sqlite:")?;
        Some(path.strip_prefix("//").unwrap_or(path))
    }

    fn postgres_url(&self) -> Result<&str, Error> {
        if self.url.starts_with("postgres://") || self.url.starts_with("postgresql://") {
            return Ok(&self.url);
        }
        Err(Error::Url(redact(&self.url)))
    }
}

/// How busy the connections are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Open at this moment.
    pub open: u32,
    /// Of these, not in use.
    pub idle: u32,
    /// How often somebody had to wait for one, since the start.
    pub waited: u64,
    /// How often nobody got one in time, since the start.
    pub refused: u64,
}

/// An open database.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    readers: bb8::Pool<Manager>,
    writers: bb8::Pool<Manager>,
}

impl Db {
    /// Opens the database, makes it where it is SQLite and missing, and applies pending migrations.
    ///
    /// # Errors
    /// A bad address, no connection, or a migration that fails.
    pub async fn open(settings: &Settings) -> Result<Self, Error> {
        Self::open_at(settings, &migrate::latest()).await
    }

    /// As [`open`](Self::open), but applies no migration later than `version`.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_at(settings: &Settings, version: &str) -> Result<Self, Error> {
        match settings.sqlite_path() {
            Some(path) => {
                make_folder(Path::new(path))?;
                migrate::sqlite(path, version).await?;
            }
            None => migrate::postgres(settings.postgres_url()?, version).await?,
        }
        Self::connect(settings)
    }

    /// The database as it is: nothing is made and no migration applied. Connections are made when they are needed.
    ///
    /// # Errors
    /// A bad address, or a SQLite file that is not there.
    pub fn connect(settings: &Settings) -> Result<Self, Error> {
        let Some(path) = settings.sqlite_path() else {
            let url = settings.postgres_url()?.to_owned();
            let pool = pool(Manager::Postgres { url }, settings.connections.max(2));
            return Ok(Self {
                engine: Engine::Postgres,
                readers: pool.clone(),
                writers: pool,
            });
        };
        std::fs::metadata(path).map_err(|cause| Error::Folder {
            path: PathBuf::from(path),
            cause,
        })?;
        let path = path.to_owned();
        let reader = Manager::SqliteReader { path: path.clone() };
        let flush = match settings.durability {
            Durability::Full => Some(Flush::beside(&path)),
            Durability::Normal => None,
        };
        let writer = Manager::SqliteWriter { path, flush };
        Ok(Self {
            engine: Engine::Sqlite,
            readers: pool(reader, settings.connections.max(1)),
            writers: pool(writer, 1),
        })
    }

    /// Which migrations this database has and which it lacks.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn schema(&self) -> Result<Schema, Error> {
        migrate::schema(&mut *self.read().await?).await
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// No connection became free in time, or none can be made.
    pub async fn read(&self) -> Result<Pooled, Error> {
        lend(&self.readers).await
    }

    /// Runs `body` in one transaction: committed when it answers `Ok`, rolled back when it answers `Err`
    /// or is dropped.
    ///
    /// # Errors
    /// Those of `body`, and those of the transaction itself.
    pub async fn write<T, E: From<Error>>(
        &self,
        body: impl AsyncFnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut tx = self.begin().await?;
        match body(&mut tx).await {
            Ok(value) => {
                tx.commit().await?;
                Ok(value)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    /// How many connections are open, and how many of those wait to be used. Both pools together.
    pub fn connections(&self) -> Connections {
        let mut pools = vec![self.readers.state()];
        if self.engine == Engine::Sqlite {
            pools.push(self.writers.state());
        }
        Connections {
            open: pools.iter().map(|pool| pool.connections).sum(),
            idle: pools.iter().map(|pool| pool.idle_connections).sum(),
            waited: pools.iter().map(|pool| pool.statistics.get_waited).sum(),
            refused: pools.iter().map(|pool| pool.statistics.get_timed_out).sum(),
        }
    }

    /// Opens a transaction that the caller commits.
    ///
    /// # Errors
    /// No connection became free in time, or none can be made.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        let mut conn = lend(&self.writers).await?;
        conn.begin().await?;
        Ok(Transaction(conn))
    }

    /// Opens a transaction that reads one state of the whole database, whatever others write meanwhile. It is to be
    /// rolled back.
    ///
    /// # Errors
    /// No connection became free in time, or none can be made.
    pub async fn snapshot(&self) -> Result<Transaction, Error> {
        let mut conn = lend(&self.readers).await?;
        conn.begin_reading().await?;
        Ok(Transaction(conn))
    }
}

fn make_folder(file: &Path) -> Result<(), Error> {
    let Some(folder) = file.parent() else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|cause| Error::Folder {
        path: folder.to_owned(),
        cause,
    })
}

fn pool(manager: Manager, size: u32) -> bb8::Pool<Manager> {
    bb8::Pool::builder()
        .max_size(size)
        .test_on_check_out(false)
        .connection_timeout(CONNECT_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .build_unchecked(manager)
}

async fn lend(pool: &bb8::Pool<Manager>) -> Result<Pooled, Error> {
    match pool.get_owned().await {
        Ok(conn) => Ok(Pooled(conn)),
        Err(bb8::RunError::User(error)) => Err(error),
        Err(bb8::RunError::TimedOut) => Err(Error::Exhausted),
    }
}

/// The address without what stands before its `@`: passwords never reach a log.
fn redact(url: &str) -> String {
    let shown = url.rsplit('@').next().unwrap_or_default();
    shown.split('?').next().unwrap_or_default().to_owned()
}
