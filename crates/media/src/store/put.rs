//! Puts a whole picture into the store, once: putting it again changes nothing.
//!
//! Order: write and sync each file, sync their folder, rename it into place, sync the folder above. A crash at any
//! point leaves either nothing or everything under the picture's name, and at worst a folder in `incoming`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::names::{self, Sha};
use super::{Store, sweep};
use crate::Format;

/// A file of a picture about to be put.
pub(crate) struct File<'a> {
    name: String,
    bytes: &'a [u8],
}

impl<'a> File<'a> {
    pub(crate) fn original(format: Format, bytes: &'a [u8]) -> Self {
        let name = names::original(format);
        Self { name, bytes }
    }

    pub(crate) fn rendition(name: &str, bytes: &'a [u8]) -> Self {
        let name = format!("{name}.{}", Format::WebP.extension());
        Self { name, bytes }
    }
}

impl Store {
    /// Stores a picture and returns when it is on disk. Blocks; called on a thread that may.
    pub(crate) fn put(&self, sha: &str, files: &[File<'_>]) -> io::Result<()> {
        let sha = Sha::parse(sha).ok_or(io::ErrorKind::InvalidInput)?;
        let draft = tempfile::Builder::new()
            .prefix("picture-")
            .tempdir_in(self.incoming())?;
        for file in files {
            write(&draft.path().join(&file.name), file.bytes)?;
        }
        open_to_readers(draft.path())?;
        sync(draft.path())?;
        let folder = self.folder(sha);
        let shard = self.root.join(sha.shard());
        fs::create_dir_all(&shard)?;
        // Also where the folder was there: whoever made it may not have come to sync its name yet.
        sync(&self.root)?;
        // A picture about to be removed as idle may vanish between the two steps of a merge; then it is put anew.
        for _ in 0..3 {
            match fs::rename(draft.path(), &folder) {
                Ok(()) => {
                    // What the guard would delete has moved away.
                    let _moved: PathBuf = draft.keep();
                    return sync(&shard);
                }
                Err(error) if is_taken(&error) || folder.is_dir() => {}
                Err(error) => return Err(error),
            }
            match merge(draft.path(), &folder, files) {
                // The other put may not have synced its rename yet.
                Ok(()) => return sync(&shard),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("the picture is being removed"))
    }
}

/// Whether a rename failed because something is there.
fn is_taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists
    )
}

/// The picture is there already: adds files it lacks and makes it young, so that it is not removed as idle.
fn merge(draft: &Path, folder: &Path, files: &[File<'_>]) -> io::Result<()> {
    sweep::touch(folder)?;
    for file in files {
        let place = folder.join(&file.name);
        if !place.exists() {
            fs::rename(draft.join(&file.name), place)?;
        }
    }
    sync(folder)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Temporary folders are private to their owner; a web server in front may read the pictures.
#[cfg(unix)]
pub(super) fn open_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
pub(super) fn open_to_readers(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the names in a folder durable.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Other systems cannot open folders and make names durable by themselves.
#[cfg(not(unix))]
pub(super) fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
