//! Commits that come at the same time wait for the disk together.
//!
//! SQLite commits into its write-ahead log without waiting (`synchronous=NORMAL`), gives the one writer to the
//! next transaction, and the caller waits here until the log was synced after its commit. One sync serves everybody
//! who committed before it began. What a checkpoint moves from the log into the database SQLite syncs itself.
//! Because the log is synced from its beginning, what a later commit waits for covers all earlier ones.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::Error;

/// The write-ahead log of one SQLite database.
#[derive(Clone, Debug)]
pub(crate) struct Flush(Arc<Log>);

#[derive(Debug)]
struct Log {
    path: PathBuf,
    /// Commits that asked to be on the disk.
    asked: AtomicU64,
    /// How many of them are.
    synced: Mutex<u64>,
}

impl Flush {
    /// The log that SQLite keeps beside the database at `path`.
    pub(crate) fn beside(path: &str) -> Self {
        Self(Arc::new(Log {
            path: PathBuf::from(format!("{path}-wal")),
            asked: AtomicU64::new(0),
            synced: Mutex::new(0),
        }))
    }

    /// Waits until everything that was committed before this call is on the disk.
    ///
    /// # Errors
    /// The operating system cannot say that it is.
    pub(crate) async fn wait(&self) -> Result<(), Error> {
        let mine = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut synced = self.0.synced.lock().await;
        if *synced >= mine {
            return Ok(());
        }
        let all = self.0.asked.load(Ordering::SeqCst);
        let log = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || sync(&log)).await;
        done.map_err(|gone| Error::Flush(std::io::Error::other(gone)))?
            .map_err(Error::Flush)?;
        *synced = all;
        Ok(())
    }
}

/// The log is gone only when the last connection was closed, which moved all of it into the database.
fn sync(log: &Log) -> std::io::Result<()> {
    match std::fs::File::open(&log.path) {
        Ok(file) => file.sync_data(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
