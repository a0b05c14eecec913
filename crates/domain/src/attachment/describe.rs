//! Owners describe their pictures, or throw away those they did not post.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::refs;
use crate::schema::{attachments, posts};
use crate::{
    Caller, Clash, Error, Event, Noun, Result, Tx, ban, event, limits, post, rate, rules, search,
    thread,
};

/// What an owner changes; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// Alternative text.
    pub alt: Option<String>,
    /// Hide it at first.
    pub sensitive: Option<bool>,
    /// The point to keep in view, each -1 to 1.
    pub focus: Option<(f64, f64)>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
struct Mine {
    post_id: Option<Id>,
    sha256: Option<String>,
    alt: String,
    sensitive: bool,
    focus_x: f64,
    focus_y: f64,
}

/// Changes what is said about a picture, posted or not. Once it is posted, that is an edit of its post.
///
/// # Errors
/// `Missing` (also for pictures of others), `Denied` where it is posted and the caller may not edit there, `Invalid`,
/// `Busy`.
pub async fn describe(tx: &mut Tx, caller: &Caller, id: Id, patch: Patch) -> Result<()> {
    rate::take(tx, &limits::RATE_EDITS, &caller.id.to_string()).await?;
    let old = mine(tx, caller, id).await?;
    if let Some(shown_in) = old.post_id {
        may_edit(tx, caller, shown_in).await?;
    }

    let alt = patch.alt.as_deref().map(markup::plain_text);
    let alt = alt.unwrap_or_else(|| old.alt.clone());
    let sensitive = patch.sensitive.unwrap_or(old.sensitive);
    let before = (old.focus_x, old.focus_y);
    let focus = patch.focus.unwrap_or(before);
    let typed = patch.alt.as_deref().unwrap_or(&old.alt);
    Error::from_faults(rules::attachment::faults(typed, focus))?;
    if alt == old.alt && sensitive == old.sensitive && focus == before {
        return Ok(());
    }

    let update = diesel::update(attachments::table.find(id)).set((
        attachments::alt.eq(alt),
        attachments::sensitive.eq(sensitive),
        attachments::focus_x.eq(focus.0),
        attachments::focus_y.eq(focus.1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    match old.post_id {
        Some(post) => {
            search::keep_post(tx, post).await?;
            mark_post(tx, post).await
        }
        None => Ok(()),
    }
}

/// Throws away a picture that was not posted.
///
/// # Errors
/// `Missing` (also for pictures of others), `Conflict` where it was posted.
pub async fn discard(tx: &mut Tx, caller: &Caller, id: Id) -> Result<()> {
    let old = mine(tx, caller, id).await?;

    if old.post_id.is_some() {
        return Err(Error::Conflict(Clash::Attached));
    }

    let loose = attachments::table
        .find(id)
        .filter(attachments::post_id.is_null());
    let delete = diesel::delete(loose);
    if run!(tx.conn, c => delete.execute(c).await)? == 0 {
        return Err(Error::Conflict(Clash::Attached));
    }
    refs::release_all(tx, old.sha256.into_iter().collect()).await
}

async fn mine(tx: &mut Tx, caller: &Caller, id: Id) -> Result<Mine> {
    let query = attachments::table
        .find(id)
        .filter(attachments::owner_id.eq(caller.id));
    let mine: Option<Mine> =
        run!(tx.conn, c => query.select(Mine::as_select()).first(c).await.optional())?;
    mine.ok_or(Error::Missing(Noun::Media))
}

async fn may_edit(tx: &mut Tx, caller: &Caller, id: Id) -> Result<()> {
    let (row, _) = post::hold(tx, id).await?;
    ban::may_act(tx, caller, Some(row.board_id)).await?;
    post::ground(&mut tx.conn, row.board_id, caller.id).await?;
    Ok(())
}

/// The post shows something else now: other servers are told, as of any edit.
async fn mark_post(tx: &mut Tx, post: Id) -> Result<()> {
    let update = diesel::update(posts::table.find(post))
        .set(posts::edited_at.eq(tx.now))
        .returning(posts::thread_id);
    let thread: Id = run!(tx.conn, c => update.get_result(c).await)?;
    thread::raise(tx, thread).await?;
    let activity = None;
    event::note(tx, &Event::PostEdited { post, activity }).await
}
