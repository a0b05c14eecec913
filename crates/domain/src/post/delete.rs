//! An author deletes a post.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::post::accept::guard;
use crate::post::tombstone::{By, bury};
use crate::post::{self, Row};
use crate::schema::posts;
use crate::{
    Caller, Denial, Error, Event, Noun, Result, Tx, event, limits, rate, thread, tombstone,
};

/// Makes a post of the caller a tombstone; a thread without live posts goes with it.
///
/// # Errors
/// `Missing`, `Gone`, or `Denied` where the caller did not write it.
pub async fn delete(tx: &mut Tx, caller: &Caller, id: Id) -> Result<()> {
    rate::take(tx, &limits::RATE_EDITS, &caller.id.to_string()).await?;
    let (post, place) = hold(tx, id).await?;
    if post.author_id != caller.id {
        return Err(Denial::NotAuthor.into());
    }
    let ground = post::ground(&mut tx.conn, post.board_id, caller.id).await?;

    bury(tx, &post, &place, &ground, By::Author).await?;

    let activity = None;
    event::note(tx, &Event::PostDeleted { post: id, activity }).await
}

/// The same, told by the author's server. An unknown post is remembered as deleted; answers the post that
/// became a tombstone now.
///
/// # Errors
/// `Denied` for an id of this node.
pub async fn accept_delete(tx: &mut Tx, uri: &str, activity: Option<String>) -> Result<Option<Id>> {
    guard(tx, uri)?;
    let Some(id) = post::by_uri(&mut tx.conn, uri).await? else {
        tombstone::bury(tx, uri).await?;
        return Ok(None);
    };
    let (post, place) = match hold(tx, id).await {
        Err(Error::Gone(_)) => return Ok(None),
        held => held?,
    };
    let ground = post::ground(&mut tx.conn, post.board_id, post.author_id).await?;

    bury(tx, &post, &place, &ground, By::Author).await?;

    event::note(tx, &Event::PostDeleted { post: id, activity }).await?;
    Ok(Some(id))
}

/// A post that lives, with its board and thread held until the transaction ends.
///
/// # Errors
/// `Missing` or `Gone`.
pub(crate) async fn hold(tx: &mut Tx, id: Id) -> Result<(Row, thread::Row)> {
    let query = posts::table.find(id).select(posts::thread_id);
    let thread: Option<Id> = run!(tx.conn, c => query.first(c).await.optional())?;
    let thread = thread.ok_or(Error::Missing(Noun::Post))?;
    let place = thread::hold(tx, thread).await?;
    let query = posts::table.find(id);
    let post: Row = run!(tx.conn, c => query.select(Row::as_select()).first(c).await)?;
    if post.deleted_at.is_some() {
        return Err(Error::Gone(Noun::Post));
    }
    Ok((post, place))
}
