//! An upload on its way: a temporary file that stops the sender as soon as there are too many bytes.
//!
//! It lies in the store's `incoming` folder. Dropping it at any point deletes it; what a crash leaves is found by
//! [`Store::sweep_incoming`](crate::Store::sweep_incoming). Called by the upload reader of the faces and by the job
//! that fetches pictures.

use tempfile::TempPath;
use tokio::io::{AsyncWriteExt, BufWriter};

use crate::{Fault, Store};

/// Bytes gathered before they are written.
const BUFFER: usize = 128 << 10;

/// A file being received.
#[derive(Debug)]
pub struct Incoming {
    file: BufWriter<tokio::fs::File>,
    path: TempPath,
    limit: u64,
    written: u64,
}

impl Incoming {
    pub(crate) async fn create(store: &Store, limit: u64) -> Result<Self, Fault> {
        let folder = store.incoming();
        let made = tokio::task::spawn_blocking(move || {
            tempfile::Builder::new()
                .prefix("upload-")
                .tempfile_in(folder)
        });
        let (file, path) = made.await.map_err(std::io::Error::other)??.into_parts();
        Ok(Self {
            file: BufWriter::with_capacity(BUFFER, tokio::fs::File::from_std(file)),
            path,
            limit,
            written: 0,
        })
    }

    /// Adds a part.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] with the part that passes the limit, of which nothing is written; [`Fault::Io`].
    pub async fn write(&mut self, part: &[u8]) -> Result<(), Fault> {
        let actual = self.written.saturating_add(part.len() as u64);
        if actual > self.limit {
            return Err(Fault::TooLarge {
                limit: self.limit,
                actual,
            });
        }
        self.file.write_all(part).await?;
        self.written = actual;
        Ok(())
    }

    /// Bytes received so far.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// The complete file, for [`Ingest::file`](crate::Ingest::file). It is deleted when the path is dropped.
    ///
    /// # Errors
    /// [`Fault::Io`].
    pub async fn finish(mut self) -> Result<TempPath, Fault> {
        self.file.flush().await?;
        Ok(self.path)
    }
}
