//! `stoa backup` and `stoa restore`.

use std::path::PathBuf;

use clap::Args;
use db::{Clock, Db};
use serde_json::json;

use super::output::Output;
use crate::archive;
use crate::config::Config;

/// Write everything the node keeps into one file. The node may go on running.
///
/// The file holds the keys of all accounts and boards and the hashes of passwords: who has it can speak in their names.
/// Only its owner may read it.
#[derive(Args)]
pub(super) struct Backup {
    /// The file, which must not exist yet; by custom it ends in .tar.zst.
    file: PathBuf,
    /// Leave the pictures out: their folder is copied in another way.
    #[arg(long)]
    without_media: bool,
}

/// Fill a new, empty database from a backup, on either engine. The node must not be running.
#[derive(Args)]
pub(super) struct Restore {
    /// A file that `stoa backup` made.
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, config: &Config, output: &Output) -> anyhow::Result<()> {
        let db = Db::connect(&config.database)?;
        let store = match self.without_media {
            true => None,
            false => Some(media::Store::open(&config.media)?),
        };
        let (origin, now) = (&config.site.origin, Clock::System.now());
        let manifest = archive::backup(&db, store.as_ref(), origin, now, &self.file).await?;
        let mut sentence = format!(
            "{} holds {} rows and {} files of pictures.",
            self.file.display(),
            rows(&manifest),
            manifest.media.files
        );
        if manifest.media.missing > 0 {
            sentence.push_str(&format!(
                " {} pictures are named by rows, but were not in {}.",
                manifest.media.missing,
                config.media.display()
            ));
        }
        output.say(&sentence, &json!({"file": self.file, "manifest": manifest}))
    }
}

impl Restore {
    pub(super) async fn run(self, config: &Config, output: &Output) -> anyhow::Result<()> {
        let manifest = archive::restore(config, &self.file).await?;
        let mut sentence = format!(
            "{} rows and {} files of pictures of {} are here.",
            rows(&manifest),
            manifest.media.files,
            manifest.head.made_at
        );
        if !manifest.head.with_media {
            sentence.push_str(" The backup has no pictures; copy their folder.");
        }
        output.say(&sentence, &json!({"manifest": manifest}))
    }
}

fn rows(manifest: &archive::Manifest) -> u64 {
    manifest.tables.iter().map(|table| table.rows).sum()
}
