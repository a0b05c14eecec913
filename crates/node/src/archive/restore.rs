//! Making a node from a backup, on either engine.
//!
//! The backup is read twice: once to see that it is whole, once to take it in. Rows go into one transaction and pictures
//! into a folder that nobody reads, so that whatever goes wrong leaves an empty node behind. The tables are made as they
//! were when the backup was, and later migrations follow: so a newer `stoa` restores an older backup.

use std::io::{self, BufRead, BufReader};
use std::path::Path;

use db::rows::{self, Table};
use db::{Conn, Db, Transaction};
use media::{Staging, Store};

use super::ArchiveError;
use super::digest::Counting;
use super::manifest::{Manifest, Rows};
use super::reader::{self, Kind};
use super::verify::verify;
use crate::config::Config;

/// Rows of one statement, and the bytes after which a statement takes no more.
const BATCH_ROWS: usize = 500;
const BATCH_BYTES: usize = 1 << 20;

/// Fills an empty database, and the folder of pictures, from a backup.
///
/// # Errors
/// [`ArchiveError`]; the database is empty then, as it was before.
pub async fn restore(config: &Config, file: &Path) -> Result<Manifest, ArchiveError> {
    let manifest = verify(file)?;
    if manifest.head.origin != config.site.origin {
        return Err(ArchiveError::Refused(format!(
            "this is a backup of {}, and STOA_URL is {}; every id in it begins with its address, so it can be restored \
             only there",
            manifest.head.origin, config.site.origin
        )));
    }
    let db = Db::open_at(&config.database, &manifest.head.schema).await?;
    let schema = db.schema().await?;
    if schema.version() != manifest.head.schema {
        return Err(ArchiveError::Refused(format!(
            "the backup was made by stoa {} with the migration {}, and this database has {:?}; use a new database, and a \
             stoa that is not older than the backup",
            manifest.head.stoa,
            manifest.head.schema,
            schema.version(),
        )));
    }
    let mut tx = db.begin().await?;
    let tables = rows::tables(&mut tx).await?;
    if !rows::is_empty(&mut tx, &tables).await? {
        return Err(ArchiveError::Refused(
            "the database is not empty; a backup is restored into a new one".to_owned(),
        ));
    }
    let store = Store::open(&config.media).map_err(ArchiveError::Media)?;
    let staging = take_in(&mut tx, &tables, &manifest, &store, file).await?;
    commit(tx, staging).await?;
    // Later migrations, if this program has some.
    Db::open(&config.database).await?;
    Ok(manifest)
}

/// Pictures first, because a row may name only what is there.
async fn commit(mut tx: Transaction, staging: Staging) -> Result<(), ArchiveError> {
    let placed = staging.place().map_err(ArchiveError::Media)?;
    let search = domain::search::start_over(&mut tx).await;
    search.map_err(ArchiveError::Search)?;
    rows::analyse(&mut tx).await?;
    tx.commit().await?;
    placed.keep();
    Ok(())
}

async fn take_in(
    conn: &mut Conn,
    tables: &[Table],
    manifest: &Manifest,
    store: &Store,
    file: &Path,
) -> Result<Staging, ArchiveError> {
    let broken = |why: String| ArchiveError::Broken(file.display().to_string(), why);
    let mut staging = store.stage().map_err(ArchiveError::Media)?;
    let mut backup = reader::open(file)?;
    let entries = backup
        .entries()
        .map_err(|error| broken(error.to_string()))?;
    let mut said = manifest.tables.iter();
    for entry in entries {
        let mut entry = entry.map_err(|error| broken(error.to_string()))?;
        match reader::kind(&entry).map_err(broken)? {
            Kind::Head | Kind::Manifest => {}
            Kind::Picture(name) => {
                staging
                    .file(&name, &mut entry)
                    .map_err(|error| broken(error.to_string()))?;
            }
            Kind::Table(name) => {
                let table = tables.iter().find(|table| table.name == name);
                let table = table.ok_or_else(|| {
                    ArchiveError::Refused(format!(
                        "the backup has a table {name:?}, which this stoa has not"
                    ))
                })?;
                let mut lines = BufReader::new(Counting::new(&mut entry));
                let rows = load(conn, table, &mut lines, &broken).await?;
                let found = Rows {
                    name,
                    rows,
                    sha256: lines.into_inner().sum(),
                };
                // It was so a moment ago; somebody writes to the file.
                if said.next() != Some(&found) {
                    return Err(broken("it changed while it was read".to_owned()));
                }
            }
        }
    }
    Ok(staging)
}

/// Inserts the rows of a table; answers how many.
async fn load(
    conn: &mut Conn,
    table: &Table,
    lines: &mut impl BufRead,
    broken: &impl Fn(String) -> ArchiveError,
) -> Result<u64, ArchiveError> {
    let mut batch = Batch::default();
    let mut loaded = 0;
    loop {
        let line = reader::line(lines).map_err(|error: io::Error| broken(error.to_string()))?;
        let ends = line.is_none();
        if let Some(line) = line {
            batch.add(&line).map_err(broken)?;
        }
        if batch.is_full() || (ends && batch.rows > 0) {
            let count = batch.insert(conn, table).await?;
            loaded += u64::try_from(count).unwrap_or_default();
        }
        if ends {
            return Ok(loaded);
        }
    }
}

/// Rows that wait to be inserted together.
#[derive(Default)]
struct Batch {
    columns: Vec<String>,
    json: String,
    rows: usize,
}

impl Batch {
    fn add(&mut self, line: &str) -> Result<(), String> {
        if self.columns.is_empty() {
            let row: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line).map_err(|error| error.to_string())?;
            self.columns = row.keys().cloned().collect();
        }
        self.json.push(if self.rows == 0 { '[' } else { ',' });
        self.json.push_str(line);
        self.rows += 1;
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.rows >= BATCH_ROWS || self.json.len() >= BATCH_BYTES
    }

    async fn insert(&mut self, conn: &mut Conn, table: &Table) -> Result<usize, db::Error> {
        self.json.push(']');
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let count = rows::insert(conn, table, &columns, &self.json).await?;
        self.json.clear();
        self.rows = 0;
        Ok(count)
    }
}
