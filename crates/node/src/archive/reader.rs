//! Walking through a backup, entry by entry, and refusing whatever a backup does not hold.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use tar::{Archive, EntryType};
use zstd::Decoder;

use super::ArchiveError;
use super::manifest::{HEAD, MANIFEST, MEDIA, TABLES};

/// Bytes of a line: a row holds a text or an activity, and both have limits far below.
const LINE: u64 = 16 << 20;
/// Bytes of the two files that describe the backup.
const DESCRIPTION: u64 = 1 << 20;

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The first one.
    Head,
    /// The rows of this table.
    Table(String),
    /// A file of a picture, by its name in the store.
    Picture(String),
    /// The last one.
    Manifest,
}

/// A backup opened for reading.
pub(super) type Backup = Archive<Decoder<'static, BufReader<File>>>;

pub(super) fn open(file: &Path) -> Result<Backup, ArchiveError> {
    let failed = |cause| ArchiveError::File(file.display().to_string(), cause);
    let opened = File::open(file).map_err(failed)?;
    Ok(Archive::new(Decoder::new(opened).map_err(failed)?))
}

/// What the entry is, by its name and type; anything else than a plain file of a known name is refused.
pub(super) fn kind<R: Read>(entry: &tar::Entry<'_, R>) -> Result<Kind, String> {
    let path = entry.path_bytes();
    let name = String::from_utf8_lossy(&path).into_owned();
    let refused = || format!("it holds {name:?}, which no backup has");
    if entry.header().entry_type() != EntryType::Regular {
        return Err(refused());
    }
    if name == HEAD {
        return Ok(Kind::Head);
    }
    if name == MANIFEST {
        return Ok(Kind::Manifest);
    }
    if let Some(part) = name.strip_prefix(MEDIA)
        && media::is_part(part)
    {
        return Ok(Kind::Picture(part.to_owned()));
    }
    let table = name.strip_prefix(TABLES);
    let table = table.and_then(|rest| rest.strip_suffix(".jsonl"));
    table
        .filter(|table| is_table(table))
        .map(|table| Kind::Table(table.to_owned()))
        .ok_or_else(refused)
}

fn is_table(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !name.is_empty() && name.bytes().all(plain)
}

/// One of the two descriptions.
pub(super) fn json<T: serde::de::DeserializeOwned>(from: impl Read) -> Result<T, String> {
    serde_json::from_reader(from.take(DESCRIPTION)).map_err(|error| error.to_string())
}

/// The next line without its end; `None` after the last one.
pub(super) fn line(from: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    from.take(LINE).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.pop() != Some(b'\n') {
        let why = "a line has no end, or is longer than any row";
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
