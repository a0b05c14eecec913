//! Takes things out of the store: pictures nobody refers to, and what a crash left in `incoming`.
//!
//! Ages are measured on the clock of the file system, the one that stamped the files: a file made now says what time
//! it is there. Called by clean-up jobs.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::names::Sha;
use super::{Store, blocking};

impl Store {
    /// Removes a picture with all its files at once. `false` if it was not there.
    ///
    /// A picture that is being put at this moment by somebody else may be lost to them; where references are counted,
    /// use [`remove_idle`](Self::remove_idle).
    ///
    /// # Errors
    /// When the files cannot be removed.
    pub async fn remove(&self, sha: &str) -> io::Result<bool> {
        self.take_out(sha, Duration::ZERO).await
    }

    /// Removes a picture unless it was put, for the first time or again, within the last `age`. `false` if it stays
    /// or was not there.
    ///
    /// A put precedes the row that refers to it, so a picture without rows may be about to get one. With an age longer
    /// than any request takes, an hour say, that cannot go wrong.
    ///
    /// # Errors
    /// When the files cannot be removed.
    pub async fn remove_idle(&self, sha: &str, age: Duration) -> io::Result<bool> {
        self.take_out(sha, age).await
    }

    async fn take_out(&self, sha: &str, age: Duration) -> io::Result<bool> {
        let Some(sha) = Sha::parse(sha) else {
            return Ok(false);
        };
        let (folder, incoming) = (self.folder(sha), self.incoming());
        blocking(move || take_out(&folder, &incoming, age)).await
    }

    /// Deletes uploads and half-written pictures in `incoming` that have not changed for `age`, and returns how many.
    ///
    /// # Errors
    /// When the folder cannot be read. An entry that cannot be deleted is logged and passed over.
    pub async fn sweep_incoming(&self, age: Duration) -> io::Result<u64> {
        let incoming = self.incoming();
        blocking(move || sweep(&incoming, age)).await
    }

    /// Bytes of all stored pictures. Walks over every folder: for statistics, not for requests.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub async fn bytes_used(&self) -> io::Result<u64> {
        let root = self.root.clone();
        blocking(move || measure(&root)).await
    }
}

fn take_out(folder: &Path, incoming: &Path, age: Duration) -> io::Result<bool> {
    let now = now(incoming)?;
    let trash = tempfile::Builder::new()
        .prefix("removed-")
        .tempdir_in(incoming)?;
    let away = trash.path().join("picture");
    match fs::rename(folder, &away) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        other => other?,
    }
    // Looked at only now: a put that came before the rename made the folder young, one that comes later puts anew.
    let changed = fs::metadata(&away)?.modified()?;
    if !is_older(changed, now, age) && fs::rename(&away, folder).is_ok() {
        return Ok(false);
    }
    trash.close()?;
    Ok(true)
}

fn sweep(incoming: &Path, age: Duration) -> io::Result<u64> {
    let now = now(incoming)?;
    let mut removed = 0;
    for entry in fs::read_dir(incoming)? {
        let entry = entry?;
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if !is_older(about.modified()?, now, age) {
            continue;
        }
        let result = if about.is_dir() {
            fs::remove_dir_all(entry.path())
        } else {
            fs::remove_file(entry.path())
        };
        match result {
            Ok(()) => removed += 1,
            Err(error) => {
                tracing::warn!(path = %entry.path().display(), %error, "a left-over upload stays");
            }
        }
    }
    Ok(removed)
}

/// Whether a change lies `age` or more back.
fn is_older(changed: SystemTime, now: SystemTime, age: Duration) -> bool {
    // A change in the future (a moved clock) counts as young, unless age does not matter.
    age.is_zero() || now.duration_since(changed).is_ok_and(|since| since >= age)
}

/// The time as the file system tells it.
fn now(folder: &Path) -> io::Result<SystemTime> {
    tempfile::tempfile_in(folder)?.metadata()?.modified()
}

/// Makes a folder young: making and deleting a file in it is a change.
pub(super) fn touch(folder: &Path) -> io::Result<()> {
    tempfile::Builder::new()
        .prefix(".touch-")
        .tempfile_in(folder)?
        .close()
}

fn measure(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let inside = match entry.metadata() {
            Ok(about) if about.is_file() => Ok(about.len()),
            Ok(about) if about.is_dir() && entry.file_name() != "incoming" => {
                measure(&entry.path())
            }
            Ok(_) => Ok(0),
            Err(error) => Err(error),
        };
        match inside {
            Ok(bytes) => sum += bytes,
            // Removed while we walk.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(sum)
}
