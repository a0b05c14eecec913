//! Writing a backup while the node runs.
//!
//! All rows are read in one transaction, so they are one moment of the node. Pictures never change and stay for an hour
//! after the last row let go of them, so they may be copied after it. A table is first written beside the archive,
//! because tar wants to know the size of a file before its content; memory holds a few hundred rows at most.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use db::rows::{self, Reader, Table};
use db::{Conn, Db, Timestamp};
use sha2::{Digest, Sha256};
use tar::{Builder, Header};
use tempfile::NamedTempFile;
use zstd::Encoder;

use super::ArchiveError;
use super::digest::{Counting, Sequence};
use super::manifest::{FORMAT, HEAD, Head, MANIFEST, MEDIA, Manifest, Media, Rows, TABLES};

/// Fast and close to what higher levels reach with text; pictures do not become smaller at any level.
const LEVEL: i32 = 3;
/// Pictures listed at once.
const LISTED: i64 = 500;

/// The archive being written.
type Archive = Builder<Encoder<'static, NamedTempFile>>;

/// Writes the node's backup to `file`, which must not exist; only its owner may read it. `store` is where the pictures
/// are, `None` leaves them out.
///
/// # Errors
/// [`ArchiveError`]; nothing is left at `file` then.
pub async fn backup(
    db: &Db,
    store: Option<&media::Store>,
    origin: &str,
    now: Timestamp,
    file: &Path,
) -> Result<Manifest, ArchiveError> {
    let failed = |cause| ArchiveError::File(file.display().to_string(), cause);
    if file.exists() {
        let why = "it exists, and a backup is never written over a file";
        return Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, why)));
    }
    let mut tx = db.snapshot().await?;
    let schema = db.schema().await?;
    let head = Head {
        format: FORMAT,
        stoa: env!("CARGO_PKG_VERSION").to_owned(),
        schema: schema.version().to_owned(),
        origin: origin.to_owned(),
        made_at: now.rfc3339(),
        with_media: store.is_some(),
    };
    let folder = folder_of(file);
    // Readable by its owner alone from the beginning.
    let draft = NamedTempFile::with_prefix_in(".stoa-backup-", &folder).map_err(failed)?;
    let encoder = encoder(draft).map_err(failed)?;
    let mut archive = Builder::new(encoder);
    add_json(&mut archive, HEAD, &head, now).map_err(failed)?;
    let mut tables = Vec::new();
    for table in rows::tables(&mut tx).await? {
        let mut spool = tempfile::tempfile_in(&folder).map_err(failed)?;
        let rows = write_rows(&mut tx, &table, &mut spool, &failed).await?;
        add_spool(&mut archive, &rows, &mut spool, now).map_err(failed)?;
        tables.push(rows);
    }
    let media = match store {
        Some(store) => add_pictures(&mut archive, &mut tx, store, now, &failed).await?,
        None => Media::default(),
    };
    tx.rollback().await?;
    let manifest = Manifest {
        head,
        tables,
        media,
    };
    add_json(&mut archive, MANIFEST, &manifest, now).map_err(failed)?;
    finish(archive, file, &folder).map_err(failed)?;
    Ok(manifest)
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn encoder(draft: NamedTempFile) -> io::Result<Encoder<'static, NamedTempFile>> {
    let mut encoder = Encoder::new(draft, LEVEL)?;
    encoder.include_checksum(true)?;
    Ok(encoder)
}

/// Writes a table's rows to the spool, one line each.
async fn write_rows(
    conn: &mut Conn,
    table: &Table,
    spool: &mut File,
    failed: &impl Fn(io::Error) -> ArchiveError,
) -> Result<Rows, ArchiveError> {
    let mut reader = Reader::open(conn, table).await?;
    let (mut hash, mut count) = (Sha256::new(), 0);
    let mut spool = io::BufWriter::new(spool);
    loop {
        let lines = reader.next(conn).await?;
        if lines.is_empty() {
            break;
        }
        for line in lines {
            hash.update(&line);
            hash.update(b"\n");
            writeln!(spool, "{line}").map_err(failed)?;
            count += 1;
        }
    }
    spool.flush().map_err(failed)?;
    Ok(Rows {
        name: table.name.clone(),
        rows: count,
        sha256: hex::encode(hash.finalize()),
    })
}

fn add_spool(
    archive: &mut Archive,
    rows: &Rows,
    spool: &mut File,
    now: Timestamp,
) -> io::Result<()> {
    let length = spool.seek(SeekFrom::End(0))?;
    spool.rewind()?;
    let name = format!("{TABLES}{}.jsonl", rows.name);
    archive.append_data(&mut header(length, now), name, spool)
}

async fn add_pictures(
    archive: &mut Archive,
    conn: &mut Conn,
    store: &media::Store,
    now: Timestamp,
    failed: &impl Fn(io::Error) -> ArchiveError,
) -> Result<Media, ArchiveError> {
    let (mut media, mut sequence) = (Media::default(), Sequence::default());
    let mut after = String::new();
    loop {
        let listed = domain::attachment::stored(conn, &after, LISTED).await;
        let listed = listed.map_err(ArchiveError::Pictures)?;
        let Some(last) = listed.last() else {
            media.sha256 = sequence.sum();
            return Ok(media);
        };
        after.clone_from(last);
        for sha in &listed {
            let parts = store.parts(sha);
            if !parts.iter().any(|part| part.name.contains("/original.")) {
                media.missing += 1;
            }
            for part in parts {
                let (bytes, sum) = add_file(archive, &part, now).map_err(failed)?;
                sequence.add(&part.name, &sum);
                media.files += 1;
                media.bytes += bytes;
            }
        }
    }
}

fn add_file(
    archive: &mut Archive,
    part: &media::Part,
    now: Timestamp,
) -> io::Result<(u64, String)> {
    let file = File::open(&part.path)?;
    let mut header = header(file.metadata()?.len(), now);
    let mut counting = Counting::new(file);
    archive.append_data(&mut header, format!("{MEDIA}{}", part.name), &mut counting)?;
    let bytes = counting.bytes;
    Ok((bytes, counting.sum()))
}

fn add_json(
    archive: &mut Archive,
    name: &str,
    value: &impl serde::Serialize,
    now: Timestamp,
) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    let length = u64::try_from(text.len()).unwrap_or_default();
    archive.append_data(&mut header(length, now), name, text.as_slice())
}

fn header(length: u64, now: Timestamp) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(now.seconds()).unwrap_or_default());
    header
}

/// Makes the archive durable and gives it its name, unless something has that name by now.
fn finish(archive: Archive, file: &Path, folder: &Path) -> io::Result<()> {
    let draft = archive.into_inner()?.finish()?;
    draft.as_file().sync_all()?;
    draft.persist_noclobber(file).map_err(|error| error.error)?;
    fs::File::open(folder)?.sync_all()
}
