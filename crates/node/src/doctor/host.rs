//! The machine: can files be written, is there room, does the clock make sense?

use std::path::Path;

use db::{Clock, Db, MINUTE, ids};

use super::Finding;
use crate::config::Config;

/// Bytes below which a disk is nearly full, and below which it is full for our purposes.
const LOW: u64 = 2 << 30;
const FULL: u64 = 200 << 20;

/// Whether pictures can be written.
pub(super) fn storage(config: &Config) -> Finding {
    let folder = &config.media;
    let tried = media::Store::open(folder)
        .and_then(|_| tempfile::tempfile_in(folder))
        .map(|_| ());
    match tried {
        Ok(()) => Finding::fine("storage", format!("{} can be written", folder.display())),
        Err(error) => Finding::problem(
            "storage",
            format!("{} cannot be written: {error}", folder.display()),
            "Give the folder to the user that runs stoa, or name another one in STOA_MEDIA.",
        ),
    }
}

/// How much room is left where a folder lies.
pub(super) fn space(what: &str, folder: &Path) -> Finding {
    let Some(free) = free_bytes(folder) else {
        return Finding::notice(
            "space",
            format!(
                "the room left for {what} at {} is unknown",
                folder.display()
            ),
            "Look at it with `df`.",
        );
    };
    let detail = format!(
        "{} MiB are free for {what} at {}",
        free >> 20,
        folder.display()
    );
    let advice = "Make room, or move the folder and name the new place in STOA_MEDIA.";
    match free {
        free if free < FULL => Finding::problem("space", detail, advice),
        free if free < LOW => Finding::notice("space", detail, advice),
        _ => Finding::fine("space", detail),
    }
}

/// Bytes that are free for us where a folder lies.
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

/// Whether the clock is not behind what was written already; signatures carry the time, and peers refuse old ones.
pub(super) async fn clock(db: &Db, clock: &Clock) -> Finding {
    let now = clock.now();
    let newest = match newest(db).await {
        Ok(newest) => newest,
        Err(why) => return Finding::problem("clock", why, "See the finding about the database."),
    };
    let ahead = newest.map_or(0, |id| ids::moment(id).since(now));
    if ahead > MINUTE {
        return Finding::problem(
            "clock",
            format!(
                "it is {}, and the newest post was made {} s later",
                now.rfc3339(),
                ahead / 1_000_000
            ),
            "Set the clock by NTP (`timedatectl set-ntp true`); peers refuse what is signed with a wrong time.",
        );
    }
    Finding::fine(
        "clock",
        format!("{}, not behind the newest post", now.rfc3339()),
    )
}

async fn newest(db: &Db) -> Result<Option<domain::Id>, String> {
    let mut conn = db.read().await.map_err(|error| error.to_string())?;
    let newest = domain::post::newest(&mut conn).await;
    newest.map_err(|error| format!("the newest post cannot be read: {error:?}"))
}
