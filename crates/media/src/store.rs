//! Keeps files by content: `<root>/<first two digits>/<sha-256>/original.<ext>`, `320.webp`, `640.webp`, `1280.webp`,
//! `still.webp`.
//!
//! All files of a picture appear at once and are on disk for good when they appear: they are written and synced in a
//! folder of their own under `<root>/incoming`, which is then renamed into place. Paths are made only from names that
//! were checked. Called by [`Ingest`](crate::Ingest) to put, by the faces to read, by clean-up jobs to remove.

mod names;
mod put;
mod sweep;
mod whole;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use names::{Sha, Variant};
pub(crate) use put::File;
pub use whole::{Part, Placed, Staging, is_part};

/// A folder of pictures. Clones share the folder.
#[derive(Clone, Debug)]
pub struct Store {
    root: Arc<Path>,
}

impl Store {
    /// Opens the folder, making it and its parents where they are missing. A few system calls; call it at start.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: impl AsRef<Path>) -> io::Result<Self> {
        let root = root.as_ref();
        std::fs::create_dir_all(root.join("incoming"))?;
        put::sync(root)?;
        // The name of the root itself; the folder above it may belong to somebody else.
        if let Some(above) = root.parent().filter(|above| above.is_dir())
            && let Err(error) = put::sync(above)
        {
            tracing::debug!(path = %above.display(), %error, "a folder cannot be synced");
        }
        Ok(Self { root: root.into() })
    }

    /// Opens one file of a picture for reading: its length in bytes and media type come along. `variant` is
    /// `original` or the name of a rendition. `None` for what is not there and for names that cannot be.
    pub async fn read(
        &self,
        sha: &str,
        variant: &str,
    ) -> Option<(tokio::fs::File, u64, &'static str)> {
        let folder = self.folder(Sha::parse(sha)?);
        for (name, mime) in Variant::parse(variant)?.files() {
            match open(&folder.join(name)).await {
                Ok((file, length)) => return Some((file, length, mime)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    tracing::warn!(sha, variant, %error, "a stored picture cannot be read");
                }
            }
        }
        None
    }

    /// Whether the picture is stored.
    pub async fn exists(&self, sha: &str) -> bool {
        let Some(sha) = Sha::parse(sha) else {
            return false;
        };
        tokio::fs::try_exists(self.folder(sha))
            .await
            .unwrap_or(false)
    }

    /// The file of an original, for programs that want a path; `None` for what is not there.
    pub async fn original(&self, sha: &str) -> Option<PathBuf> {
        let folder = self.folder(Sha::parse(sha)?);
        for (name, _) in Variant::Original.files() {
            let path = folder.join(name);
            if tokio::fs::try_exists(&path).await.unwrap_or(false) {
                return Some(path);
            }
        }
        None
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn folder(&self, sha: Sha<'_>) -> PathBuf {
        self.root.join(sha.shard()).join(sha.as_str())
    }

    pub(crate) fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }
}

async fn open(path: &Path) -> io::Result<(tokio::fs::File, u64)> {
    let file = tokio::fs::File::open(path).await?;
    let length = file.metadata().await?.len();
    Ok((file, length))
}

/// Runs file work off the runtime's threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(io::Error::other(error)),
    }
}
