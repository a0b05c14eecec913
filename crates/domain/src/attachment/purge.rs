//! Admins purge a picture: its posts are removed, its file goes, and the same file is not taken again.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::refs;
use crate::log::{self, Act, Line};
use crate::post::{By, bury, hold};
use crate::rules::reason::Readers;
use crate::schema::{actors, attachments, banned_media, media as files, posts};
use crate::{
    Caller, Denial, Error, Event, Noun, Result, Role, Tx, audit, event, limits, post, rate, rules,
};

/// Posts that are removed in one transaction.
const POSTS: i64 = 100;

/// What one step of a purge did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purged {
    /// Posts that were removed.
    pub posts: usize,
    /// Whether more are left: take the next step.
    pub more: bool,
}

/// One step of a purge: at once nobody is served the picture with this SHA-256 any more and nobody may send it again;
/// of its posts, here and elsewhere, up to a hundred are removed with each step. Admins may. Once no step is left,
/// remove the files from the store.
///
/// # Errors
/// `Denied`; `Missing` where the text is no SHA-256; `Invalid` on `reason`; `Busy`.
pub async fn purge(tx: &mut Tx, caller: &Caller, sha256: &str, reason: &str) -> Result<Purged> {
    if caller.role != Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if sha256.len() != 64 || !sha256.bytes().all(hex) {
        return Err(Error::Missing(Noun::Media));
    }
    let reason = rules::reason::given(reason, Readers::Everybody)?;

    refuse(tx, caller, sha256, &reason).await?;
    let shown = shown_by(tx, sha256).await?;
    for (_, post) in &shown {
        remove(tx, caller, *post, &reason).await?;
    }
    Ok(Purged {
        posts: shown.len(),
        more: i64::try_from(shown.len()) == Ok(POSTS),
    })
}

/// The first step alone: the line in the log, the mark that refuses it, and what shows it beside posts.
async fn refuse(tx: &mut Tx, caller: &Caller, sha256: &str, reason: &str) -> Result<()> {
    let row = (
        banned_media::sha256.eq(sha256),
        banned_media::by_id.eq(caller.id),
        banned_media::reason.eq(reason),
        banned_media::created_at.eq(tx.now.0),
    );
    let insert = diesel::insert_into(banned_media::table)
        .values(row)
        .on_conflict_do_nothing();
    if run!(tx.conn, c => insert.execute(c).await)? == 0 {
        return Ok(());
    }
    log::write(tx, Line::new(caller.id, Act::Purge, reason).about(sha256)).await?;
    audit::note(tx, caller, audit::Act::MediaPurged, sha256, reason).await?;
    let hide = diesel::update(files::table.find(sha256)).set(files::withheld.eq(true));
    run!(tx.conn, c => hide.execute(c).await)?;
    let loose = attachments::table
        .filter(attachments::sha256.eq(sha256))
        .filter(attachments::post_id.is_null());
    let delete = diesel::delete(loose).returning(attachments::sha256);
    let names: Vec<Option<String>> = run!(tx.conn, c => delete.get_results(c).await)?;
    refs::release_all(tx, names.into_iter().flatten().collect()).await?;
    unmask(tx, sha256).await
}

/// Takes it from those who show it as their own picture.
async fn unmask(tx: &mut Tx, sha256: &str) -> Result<()> {
    let avatars = diesel::update(actors::table.filter(actors::avatar.eq(sha256)))
        .set(actors::avatar.eq(None::<String>))
        .returning((actors::id, actors::host));
    let mut changed: Vec<(Id, String)> = run!(tx.conn, c => avatars.get_results(c).await)?;
    let banners = diesel::update(actors::table.filter(actors::banner.eq(sha256)))
        .set(actors::banner.eq(None::<String>))
        .returning((actors::id, actors::host));
    let more: Vec<(Id, String)> = run!(tx.conn, c => banners.get_results(c).await)?;
    changed.extend(more);
    for (actor, host) in changed {
        refs::release(tx, sha256).await?;
        if host.is_empty() {
            event::note(tx, &Event::ActorChanged { actor }).await?;
        }
    }
    Ok(())
}

/// Posts that show it, board by board, as all verbs hold them.
async fn shown_by(tx: &mut Tx, sha256: &str) -> Result<Vec<(Id, Id)>> {
    let shown = attachments::table
        .inner_join(posts::table.on(posts::id.nullable().eq(attachments::post_id)))
        .filter(attachments::sha256.eq(sha256))
        .select((posts::board_id, posts::id))
        .distinct()
        .order((posts::board_id, posts::id))
        .limit(POSTS);
    Ok(run!(tx.conn, c => shown.load(c).await)?)
}

async fn remove(tx: &mut Tx, caller: &Caller, id: Id, reason: &str) -> Result<()> {
    let (row, place) = hold(tx, id).await?;
    let ground = post::any_ground(&mut tx.conn, row.board_id, caller.id).await?;
    let by = By::Moderator {
        id: caller.id,
        reason,
    };
    bury(tx, &row, &place, &ground, by).await?;
    let line = Line::new(caller.id, Act::Remove, reason);
    log::write(tx, line.on(row.board_id).of(id)).await?;

    let removed = Event::PostRemoved {
        post: id,
        by: caller.id,
        activity: None,
    };
    event::note(tx, &removed).await
}
