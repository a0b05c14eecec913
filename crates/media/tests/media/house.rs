//! An ingest with a store of its own, and readers of what it stored.

use std::path::PathBuf;

use bytes::Bytes;
use image::DynamicImage;
use media::{Fault, Ingest, Limits, Picture, Store};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;

pub(crate) struct House {
    folder: TempDir,
    pub(crate) ingest: Ingest,
}

impl House {
    pub(crate) fn new() -> Self {
        Self::with(Limits::default())
    }

    pub(crate) fn with(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("media")).unwrap();
        Self {
            ingest: Ingest::new(store, limits),
            folder,
        }
    }

    pub(crate) async fn take(&self, bytes: impl Into<Vec<u8>>) -> Result<Picture, Fault> {
        self.ingest.bytes(Bytes::from(bytes.into())).await
    }

    /// The bytes of one stored file.
    pub(crate) async fn read(&self, picture: &Picture, variant: &str) -> Vec<u8> {
        let store = self.ingest.store();
        let (mut file, length, _) = store.read(&picture.sha256, variant).await.unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).await.unwrap();
        assert_eq!(bytes.len() as u64, length);
        bytes
    }

    pub(crate) async fn original(&self, picture: &Picture) -> Vec<u8> {
        self.read(picture, "original").await
    }

    /// A rendition, decoded.
    pub(crate) async fn shown(&self, picture: &Picture, variant: &str) -> DynamicImage {
        image::load_from_memory(&self.read(picture, variant).await).unwrap()
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("media")
    }

    /// Every file and folder in the store but the two that are always there.
    pub(crate) fn leftovers(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.root()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path.clone());
                }
                if path != self.root().join("incoming") {
                    found.push(path);
                }
            }
        }
        found
    }
}

/// The fault of a result that must be one.
pub(crate) fn refused(result: Result<Picture, Fault>) -> Fault {
    match result {
        Ok(picture) => panic!("was taken: {picture:?}"),
        Err(fault) => fault,
    }
}
