//! Reading single posts.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::post::{Post, hydrate};
use crate::schema::{actors, mentions, posts};
use crate::{Denial, Error, Handle, Noun, Result, Viewer};

/// The id of the newest post, foreign or not; `None` in an empty node.
///
/// # Errors
/// The database refuses.
pub async fn newest(conn: &mut Conn) -> Result<Option<Id>> {
    let newest = posts::table.order(posts::id.desc()).select(posts::id);
    Ok(run!(conn, c => newest.first(c).await.optional())?)
}

/// A post that was not deleted.
///
/// # Errors
/// `Missing`, `Gone` for a tombstone, or `Denied` where its server is suspended here.
pub async fn find(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Post> {
    let post = find_any(conn, id, viewer).await?;
    match &post.deleted {
        None => Ok(post),
        Some(deletion) if deletion.withheld => Err(Denial::PeerSuspended.into()),
        Some(_) => Err(Error::Gone(Noun::Post)),
    }
}

/// A post or tombstone.
///
/// # Errors
/// `Missing`.
pub async fn find_any(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Post> {
    let found = hydrate(conn, &[id], viewer).await?;
    found.into_iter().next().ok_or(Error::Missing(Noun::Post))
}

/// The ActivityPub ids of the posts that answer a post, oldest first, at most `limit`; tombstones and those of servers
/// that are suspended here left out.
///
/// # Errors
/// The database refuses.
pub async fn answers(conn: &mut Conn, id: Id, limit: i64) -> Result<Vec<String>> {
    let query = posts::table
        .inner_join(actors::table.on(actors::id.eq(posts::author_id)))
        .filter(posts::parent_id.eq(id).and(posts::deleted_at.is_null()))
        .filter(actors::withheld.eq(false))
        .order(posts::id)
        .limit(limit)
        .select(posts::uri);
    Ok(run!(conn, c => query.load(c).await)?)
}

/// The post or tombstone with this ActivityPub id.
///
/// # Errors
/// The database refuses.
pub async fn by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Id>> {
    let query = posts::table.filter(posts::uri.eq(uri)).select(posts::id);
    Ok(run!(conn, c => query.first(c).await.optional())?)
}

/// The post or tombstone with this number on a board.
///
/// # Errors
/// The database refuses.
pub async fn by_no(conn: &mut Conn, board: &Handle, no: i64) -> Result<Option<Id>> {
    let query = posts::table
        .inner_join(actors::table.on(actors::id.eq(posts::board_id)))
        .filter(actors::host.eq(&board.host))
        .filter(actors::name.eq(&board.name))
        .filter(posts::no.eq(no))
        .select(posts::id);
    Ok(run!(conn, c => query.first(c).await.optional())?)
}

/// The accounts named in a post; an empty host is this node.
///
/// # Errors
/// The database refuses.
pub async fn mentions(conn: &mut Conn, id: Id) -> Result<Vec<Handle>> {
    let query = mentions::table
        .filter(mentions::post_id.eq(id))
        .order((mentions::host, mentions::name))
        .select((mentions::name, mentions::host));
    let rows: Vec<(String, String)> = run!(conn, c => query.load(c).await)?;
    let handle = |(name, host)| Handle { name, host };
    Ok(rows.into_iter().map(handle).collect())
}
