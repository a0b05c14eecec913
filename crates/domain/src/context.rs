//! What every verb and query needs: the database, the clock, the ids, and who this node is.

use std::sync::Arc;

use db::{Clock, Db, Id, Ids, Pooled, Timestamp, Transaction};
use jobs::Wake;

use crate::Result;
use crate::site::Defaults;

/// Whether strangers may make accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Registration {
    /// Anybody may.
    #[default]
    Open,
    /// Only the command line may.
    Closed,
}

impl Registration {
    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The mode of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "open" => Some(Self::Open),
            "closed" => Some(Self::Closed),
            _ => None,
        }
    }
}

/// Who this node is to the world.
#[derive(Clone, Debug)]
pub struct Site {
    /// Public origin without a trailing slash, e.g. `https://pics.example`.
    pub origin: String,
    /// Its host, with the port where that is not the scheme's own: what stands behind the `@` of handles.
    pub host: String,
    /// What it says about itself where no admin saved anything else; [`crate::site`] knows what holds.
    pub defaults: Defaults,
    /// Pictures a post may hold, 1 to 16.
    pub pictures: usize,
    /// Days after the last answer before a foreign thread that nobody here touched goes; `None` keeps them all.
    pub foreign_days: Option<i64>,
    /// Whether the limits on how often one may write are in force; off only in the demo and in load tests.
    pub rate_limits: bool,
}

impl Site {
    /// A site with the usual settings at `origin` (no trailing slash).
    pub fn new(origin: impl Into<String>) -> Self {
        let origin = origin.into();
        let host = origin
            .split_once("://")
            .map_or(origin.as_str(), |(_, host)| host)
            .to_owned();
        Self {
            defaults: Defaults {
                name: host.clone(),
                ..Defaults::default()
            },
            origin,
            host,
            pictures: crate::limits::PICTURES,
            foreign_days: None,
            rate_limits: true,
        }
    }

    /// Whether `host` (as in a handle) is this node.
    pub fn is_local(&self, host: &str) -> bool {
        host.is_empty() || host.eq_ignore_ascii_case(&self.host)
    }
}

/// The node as the domain sees it; cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub db: Db,
    /// The one source of time.
    pub clock: Clock,
    /// The one source of ids.
    pub ids: Ids,
    /// Who this node is.
    pub site: Arc<Site>,
    /// Rung after every write, so that workers look for what it left them.
    pub wake: Wake,
}

impl Context {
    /// The current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// None became free in time.
    pub async fn read(&self) -> Result<Pooled> {
        Ok(self.db.read().await?)
    }

    /// Runs `body` in one transaction. What it wrote and what it noted is kept together or not at all, and is on the
    /// disk when this answers.
    ///
    /// # Errors
    /// Those of `body`, and those of the database.
    pub async fn write<T>(&self, body: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let (value, conn) = self.attempt(body).await?;
        conn.commit().await?;
        self.wake.ring();
        Ok(value)
    }

    /// As [`Context::write`], for a worker's own notes: a power cut may undo the last of them, so only what may as
    /// well be done again belongs here, and nothing that anybody was told. It rings no bell: a worker that looked for
    /// work and found none would wake itself.
    ///
    /// # Errors
    /// Those of `body`, and those of the database.
    pub async fn write_soon<T>(&self, body: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let (value, conn) = self.attempt(body).await?;
        conn.commit_soon().await?;
        Ok(value)
    }

    async fn attempt<T>(
        &self,
        body: impl AsyncFnOnce(&mut Tx) -> Result<T>,
    ) -> Result<(T, Transaction)> {
        let conn = self.db.begin().await?;
        let mut tx = Tx {
            conn,
            now: self.now(),
            cx: self.clone(),
        };
        match body(&mut tx).await {
            Ok(value) => Ok((value, tx.conn)),
            Err(error) => {
                tx.conn.rollback().await?;
                Err(error)
            }
        }
    }
}

/// An open transaction: what verbs write through.
pub struct Tx {
    /// Statements go here: `run!(tx.conn, c => …)`.
    pub conn: Transaction,
    /// The moment of this write; one for all of its rows.
    pub now: Timestamp,
    /// The node.
    pub cx: Context,
}

impl Tx {
    /// A new id.
    pub fn id(&self) -> Id {
        self.cx.ids.next(self.now)
    }
}
