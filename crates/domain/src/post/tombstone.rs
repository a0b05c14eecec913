//! What deletion and removal leave of a post: its row, its number and why it is gone.
//!
//! A thread is hidden when its opening post is a tombstone and no reply lives, in whatever order that came about:
//! so all nodes end the same.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::attach;
use crate::post::{Ground, Row, insert, references};
use crate::schema::{boards, mentions, post_versions, posts, threads, votes};
use crate::{Result, Tx, activity, search, tag, thread, tombstone};

/// Who made a post a tombstone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By<'a> {
    /// Its author.
    Author,
    /// A moderator, who said why.
    Moderator { id: Id, reason: &'a str },
}

/// Makes a post a tombstone; nobody is told any more what it said. The caller holds its board and thread (as read then)
/// and knows that it lives.
pub(crate) async fn bury(
    tx: &mut Tx,
    post: &Row,
    place: &thread::Row,
    ground: &Ground,
    by: By<'_>,
) -> Result<()> {
    references::touch(tx, post.id, place.id, ground, post.no).await?;
    let pictures = empty(tx, post.id).await?;
    write(tx, post.id, by).await?;
    // After that, for from here on nobody adds to what was sent about it.
    activity::forget(tx, post.id).await?;
    count(tx, post, place, pictures).await?;
    insert::count_on_author(tx, post.author_id, -1).await?;
    tombstone::bury(tx, &post.uri).await
}

/// Removes what hangs on a post; answers how many pictures it had.
pub(crate) async fn empty(tx: &mut Tx, post: Id) -> Result<i64> {
    let pictures = attach::detach(tx, post).await?;
    tag::clear(tx, post).await?;
    search::forget_post(tx, post).await?;
    references::forget(tx, post).await?;
    let named = diesel::delete(mentions::table.filter(mentions::post_id.eq(post)));
    run!(tx.conn, c => named.execute(c).await)?;
    let versions = diesel::delete(post_versions::table.filter(post_versions::post_id.eq(post)));
    run!(tx.conn, c => versions.execute(c).await)?;
    let ballots = diesel::delete(votes::table.filter(votes::post_id.eq(post)));
    run!(tx.conn, c => ballots.execute(c).await)?;
    Ok(pictures)
}

async fn write(tx: &mut Tx, post: Id, by: By<'_>) -> Result<()> {
    let (removed_by, reason) = match by {
        By::Author => (None, None),
        By::Moderator { id, reason } => (Some(id), Some(reason)),
    };
    let update = diesel::update(posts::table.find(post)).set((
        posts::subject.eq(None::<String>),
        posts::body.eq(""),
        posts::html.eq(""),
        posts::content_warning.eq(None::<String>),
        posts::language.eq(None::<String>),
        posts::likes.eq(0),
        posts::dislikes.eq(0),
        posts::deleted_at.eq(tx.now),
        posts::removed_by.eq(removed_by),
        posts::reason.eq(reason),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

/// The counters of thread and board.
async fn count(tx: &mut Tx, post: &Row, place: &thread::Row, pictures: i64) -> Result<()> {
    let opens = post.id == place.id;
    let replies = place.reply_count - i64::from(!opens);
    let headless = opens || is_tombstone(tx, place.id).await?;
    let hidden = headless && replies == 0 || place.withheld;
    let likes = if opens { 0 } else { place.likes };
    let update = diesel::update(threads::table.find(place.id)).set((
        threads::reply_count.eq(replies),
        threads::media_count.eq(place.media_count - pictures),
        threads::likes.eq(likes),
        threads::hidden.eq(hidden),
        threads::revision.eq(place.revision + 1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    let fewer = i64::from(hidden && !place.hidden);
    let update = diesel::update(boards::table.find(place.board_id)).set((
        boards::post_count.eq(boards::post_count - 1),
        boards::thread_count.eq(boards::thread_count - fewer),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

async fn is_tombstone(tx: &mut Tx, post: Id) -> Result<bool> {
    let query = posts::table
        .find(post)
        .select(posts::deleted_at.is_not_null());
    let found: Option<bool> = run!(tx.conn, c => query.first(c).await.optional())?;
    Ok(found.unwrap_or(true))
}
