//! Whole pictures out of the store and into it, file by file as they are: for backups.
//!
//! What comes in is gathered in a folder nobody reads, and each original must hash to the name of its picture. It
//! becomes visible by [`Staging::place`], and goes away again unless [`Placed::keep`] follows.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::names::{Sha, Variant};
use super::{Store, put};

/// Bytes copied at once.
const BUFFER: usize = 64 << 10;

/// A file of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its path below the root of the store, with `/`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// Pictures on their way into the store.
#[derive(Debug)]
pub struct Staging {
    store: Store,
    folder: TempDir,
    pictures: Vec<[u8; 32]>,
}

/// Pictures that are in the store and will be taken out again, unless they are kept.
#[derive(Debug)]
pub struct Placed {
    store: Store,
    pictures: Vec<[u8; 32]>,
}

impl Store {
    /// The files of a picture, the original first; none where it is not there. Blocks.
    pub fn parts(&self, sha: &str) -> Vec<Part> {
        let Some(sha) = Sha::parse(sha) else {
            return Vec::new();
        };
        let folder = self.folder(sha);
        let names = Variant::ALL.into_iter().flat_map(Variant::files);
        names
            .map(|(name, _)| Part {
                path: folder.join(&name),
                name: format!("{}/{}/{name}", sha.shard(), sha.as_str()),
            })
            .filter(|part| part.path.is_file())
            .collect()
    }

    /// Begins to take pictures in. Blocks.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn stage(&self) -> io::Result<Staging> {
        let folder = tempfile::Builder::new()
            .prefix("restored-")
            .tempdir_in(self.incoming())?;
        Ok(Staging {
            store: self.clone(),
            folder,
            pictures: Vec::new(),
        })
    }
}

/// Whether this is the name of a [`Part`]: nothing else becomes a path.
pub fn is_part(name: &str) -> bool {
    split(name).is_some()
}

/// The picture and the file of a part's name.
fn split(name: &str) -> Option<(Sha<'_>, &str)> {
    let mut steps = name.split('/');
    let (shard, sha, file) = (steps.next()?, Sha::parse(steps.next()?)?, steps.next()?);
    let known = Variant::ALL.into_iter().flat_map(Variant::files);
    let fits = shard == sha.shard() && steps.next().is_none();
    (fits && known.into_iter().any(|(known, _)| known == file)).then_some((sha, file))
}

impl Staging {
    /// Takes one file in; answers its length. Blocks.
    ///
    /// # Errors
    /// `InvalidInput` for a name that is none, `InvalidData` for an original that is not the picture it is called,
    /// `AlreadyExists` for a file that came before; reading or writing fails.
    pub fn file(&mut self, name: &str, from: &mut impl Read) -> io::Result<u64> {
        let (sha, file) = split(name).ok_or(io::ErrorKind::InvalidInput)?;
        let folder = self.folder.path().join(sha.as_str());
        if !folder.is_dir() {
            fs::create_dir(&folder)?;
            self.pictures.push(digest(sha)?);
        }
        let mut to = fs::File::create_new(folder.join(file))?;
        let (length, hash) = copy(from, &mut to)?;
        to.sync_all()?;
        if file.starts_with("original.") && hash != digest(sha)? {
            let why = format!("{name} does not hold the picture it is named after");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(length)
    }

    /// Puts all of it where it is read; pictures that are there already stay as they are. Blocks.
    ///
    /// # Errors
    /// The store cannot be written; what was put is taken out again.
    pub fn place(self) -> io::Result<Placed> {
        let mut placed = Placed {
            store: self.store.clone(),
            pictures: Vec::new(),
        };
        for picture in &self.pictures {
            let name = hex::encode(picture);
            let Some(sha) = Sha::parse(&name) else {
                continue;
            };
            let folder = self.store.folder(sha);
            if folder.exists() {
                continue;
            }
            let shard = self.store.root.join(sha.shard());
            fs::create_dir_all(&shard)?;
            let draft = self.folder.path().join(sha.as_str());
            put::open_to_readers(&draft)?;
            put::sync(&draft)?;
            fs::rename(&draft, &folder)?;
            placed.pictures.push(*picture);
            put::sync(&shard)?;
        }
        put::sync(&self.store.root)?;
        Ok(placed)
    }
}

impl Placed {
    /// They stay.
    pub fn keep(mut self) {
        self.pictures.clear();
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        for picture in &self.pictures {
            let name = hex::encode(picture);
            let Some(sha) = Sha::parse(&name) else {
                continue;
            };
            remove(&self.store.folder(sha));
        }
    }
}

fn remove(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder) {
        tracing::warn!(path = %folder.display(), %error, "a picture that is not wanted stays");
    }
}

fn digest(sha: Sha<'_>) -> io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(sha.as_str(), &mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<(u64, [u8; 32])> {
    let (mut hash, mut length) = (Sha256::new(), 0);
    let mut buffer = vec![0; BUFFER];
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            return Ok((length, hash.finalize().into()));
        }
        hash.update(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        length += u64::try_from(count).unwrap_or_default();
    }
}
