//! A whole node in one file: every row of every table, and the pictures.
//!
//! The file is a tar archive under zstd. It opens with `stoa-backup.json` (what it is), goes on with one file of JSON
//! lines per table and the pictures as they lie in the store, and ends with `manifest.json`: the counts and hashes of
//! all before it. So it can be written in one pass, and one that was cut off has no manifest. Rows are the same
//! whichever engine they come from. Called by `stoa backup` and `stoa restore`.

mod backup;
mod digest;
mod manifest;
mod reader;
mod restore;
mod verify;

pub use backup::backup;
pub use manifest::{Head, Manifest, Media, Rows};
pub use restore::restore;

/// Why a backup or a restore failed.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file could not be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The file is no backup, or not as it was made.
    #[error("{0} is no complete backup: {1}; nothing was changed")]
    Broken(String, String),
    /// The file may be right, but not for this node.
    #[error("{0}")]
    Refused(String),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The rows that name the pictures.
    #[error("the pictures cannot be listed: {0:?}")]
    Pictures(domain::Error),
    /// What follows from the rows.
    #[error("the search cannot be prepared: {0:?}")]
    Search(domain::Error),
    /// The folder of pictures.
    #[error("the folder of pictures: {0}")]
    Media(std::io::Error),
}
