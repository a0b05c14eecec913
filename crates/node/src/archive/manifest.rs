//! What a backup says about itself, at its beginning and at its end.

use serde::{Deserialize, Serialize};

/// The layout described in [`archive`](crate::archive); another one gets another number.
pub(super) const FORMAT: u32 = 1;

pub(super) const HEAD: &str = "stoa-backup.json";
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const TABLES: &str = "tables/";
pub(super) const MEDIA: &str = "media/";

/// The first file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The layout.
    pub format: u32,
    /// The version of `stoa` that made it.
    pub stoa: String,
    /// The last migration of its tables.
    pub schema: String,
    /// The address of the node; every id in it begins with this.
    pub origin: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// Whether the pictures are in it.
    pub with_media: bool,
}

/// The last file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The first file again, so that its hash need not stand anywhere.
    pub head: Head,
    /// The tables in the order of the archive: each after those it refers to.
    pub tables: Vec<Rows>,
    /// The pictures.
    pub media: Media,
}

/// A table of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub rows: u64,
    /// SHA-256 of its file, hexadecimal.
    pub sha256: String,
}

/// The pictures of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Files of pictures.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Pictures that rows name and whose original was not in the store.
    pub missing: u64,
    /// SHA-256 over name and SHA-256 of each file, in their order.
    pub sha256: String,
}
