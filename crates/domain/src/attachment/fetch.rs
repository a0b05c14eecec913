//! The pictures of other servers: wanted, then here or not to be had. Those of a suspended server wait, wherever they lie,
//! until it is opened again.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use media::Picture;

use crate::attachment::{State, is_refused, refs};
use crate::schema::{actors, attachments, posts};
use crate::{Result, Tx, actor, thread};

/// Where a picture that is still wanted can be fetched.
///
/// # Errors
/// The database refuses.
pub async fn wanted(conn: &mut Conn, id: Id) -> Result<Option<String>> {
    let query = attachments::table
        .inner_join(actors::table.on(actors::id.eq(attachments::owner_id)))
        .filter(attachments::id.eq(id))
        .filter(attachments::state.eq(State::Pending.name()))
        .filter(actors::withheld.eq(false))
        .select(attachments::remote_url);
    let url: Option<Option<String>> = run!(conn, c => query.first(c).await.optional())?;
    Ok(url.flatten())
}

/// A picture is here. Where nobody wants it any more, or an admin purged it, its file is left to
/// [`sweep`](super::sweep()).
///
/// # Errors
/// The database refuses.
pub async fn fetched(tx: &mut Tx, id: Id, picture: Picture) -> Result<()> {
    if is_refused(&mut tx.conn, &picture.sha256).await? {
        return failed(tx, id, "it was purged here").await;
    }
    let Some(post) = pending(tx, id).await? else {
        return actor::arrived(tx, id, &picture).await;
    };

    refs::keep(tx, &picture, 1).await?;
    let board = posts::table.find(post).select(posts::board_id);
    let board: Option<Id> = run!(tx.conn, c => board.first(c).await.optional())?;
    let update = diesel::update(attachments::table.find(id)).set((
        attachments::board_id.eq(board),
        attachments::state.eq(State::Ready.name()),
        attachments::sha256.eq(&picture.sha256),
        attachments::mime.eq(picture.format.mime()),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    raise(tx, post).await
}

/// A picture is not to be had; `why` goes to the log.
///
/// # Errors
/// The database refuses.
pub async fn failed(tx: &mut Tx, id: Id, why: &str) -> Result<()> {
    let Some(post) = pending(tx, id).await? else {
        return Ok(());
    };

    tracing::info!(attachment = id, why, "a foreign picture is not to be had");
    let update = diesel::update(attachments::table.find(id))
        .set(attachments::state.eq(State::Failed.name()));
    run!(tx.conn, c => update.execute(c).await)?;
    raise(tx, post).await
}

/// The post of a picture that is still wanted.
async fn pending(tx: &mut Tx, id: Id) -> Result<Option<Id>> {
    let query = attachments::table
        .inner_join(actors::table.on(actors::id.eq(attachments::owner_id)))
        .filter(attachments::id.eq(id))
        .filter(attachments::state.eq(State::Pending.name()))
        .filter(actors::withheld.eq(false))
        .select(attachments::post_id);
    let post: Option<Option<Id>> = run!(tx.conn, c => query.first(c).await.optional())?;
    Ok(post.flatten())
}

async fn raise(tx: &mut Tx, post: Id) -> Result<()> {
    let query = posts::table.find(post).select(posts::thread_id);
    let thread: Option<Id> = run!(tx.conn, c => query.first(c).await.optional())?;
    match thread {
        Some(thread) => thread::raise(tx, thread).await,
        None => Ok(()),
    }
}
