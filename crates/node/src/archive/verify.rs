//! Reading a backup once from end to end, before anything is changed: is it whole, and what its manifest says?

use std::io::{BufReader, Read};
use std::path::Path;

use super::ArchiveError;
use super::digest::{Counting, Sequence};
use super::manifest::{FORMAT, Head, Manifest, Media, Rows};
use super::reader::{self, Kind};

/// The manifest of a backup that is as it was made.
///
/// # Errors
/// `Broken` says what is wrong with it.
pub(super) fn verify(file: &Path) -> Result<Manifest, ArchiveError> {
    let broken = |why: String| ArchiveError::Broken(file.display().to_string(), why);
    let mut backup = reader::open(file)?;
    let mut seen = Seen::default();
    let entries = backup
        .entries()
        .map_err(|error| broken(error.to_string()))?;
    for entry in entries {
        let mut entry = entry.map_err(|error| broken(error.to_string()))?;
        let kind = reader::kind(&entry).map_err(broken)?;
        seen.take(kind, &mut entry).map_err(broken)?;
    }
    // What follows the end of a tar archive is no part of it, but a cut checksum is found only here.
    let mut rest = backup.into_inner();
    std::io::copy(&mut rest, &mut std::io::sink()).map_err(|error| broken(error.to_string()))?;
    seen.finish().map_err(broken)
}

/// What was read so far.
#[derive(Default)]
struct Seen {
    head: Option<Head>,
    tables: Vec<Rows>,
    media: Media,
    sequence: Sequence,
    manifest: Option<Manifest>,
}

impl Seen {
    fn take(&mut self, kind: Kind, from: &mut impl Read) -> Result<(), String> {
        if self.manifest.is_some() {
            return Err("something follows its manifest".to_owned());
        }
        if self.head.is_none() != (kind == Kind::Head) {
            return Err("it does not begin as a backup does".to_owned());
        }
        match kind {
            Kind::Head => self.head(reader::json(from)?),
            Kind::Table(name) => self.table(name, from),
            Kind::Picture(name) => self.picture(&name, from),
            Kind::Manifest => {
                self.manifest = Some(reader::json(from)?);
                Ok(())
            }
        }
    }

    fn head(&mut self, head: Head) -> Result<(), String> {
        if head.format != FORMAT {
            return Err(format!(
                "it has the layout {}, and this version of stoa reads {FORMAT}",
                head.format
            ));
        }
        self.head = Some(head);
        Ok(())
    }

    fn table(&mut self, name: String, from: &mut impl Read) -> Result<(), String> {
        let mut lines = BufReader::new(Counting::new(from));
        let mut rows = 0;
        while let Some(_line) = reader::line(&mut lines).map_err(|error| error.to_string())? {
            rows += 1;
        }
        let sha256 = lines.into_inner().sum();
        self.tables.push(Rows { name, rows, sha256 });
        Ok(())
    }

    fn picture(&mut self, name: &str, from: &mut impl Read) -> Result<(), String> {
        let mut counting = Counting::new(from);
        std::io::copy(&mut counting, &mut std::io::sink()).map_err(|error| error.to_string())?;
        self.media.files += 1;
        self.media.bytes += counting.bytes;
        self.sequence.add(name, &counting.sum());
        Ok(())
    }

    fn finish(mut self) -> Result<Manifest, String> {
        let manifest = self.manifest.take();
        let manifest = manifest.ok_or("it ends before its manifest: it was cut off")?;
        if self.head.as_ref() != Some(&manifest.head) {
            return Err("its beginning and its manifest differ".to_owned());
        }
        for (found, said) in self.tables.iter().zip(&manifest.tables) {
            if found != said {
                return Err(format!(
                    "the rows of {} are not those it was made with",
                    said.name
                ));
            }
        }
        if self.tables.len() != manifest.tables.len() {
            return Err("a table is missing or was added".to_owned());
        }
        self.media.sha256 = match manifest.head.with_media {
            true => self.sequence.sum(),
            false => String::new(),
        };
        self.media.missing = manifest.media.missing;
        if self.media != manifest.media {
            return Err("the pictures are not those it was made with".to_owned());
        }
        Ok(manifest)
    }
}
