//! All of a thread, as its move is told to other servers.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::posts;
use crate::{Result, limits};

/// The ActivityPub ids of a thread's posts with their numbers, oldest first, as many as can be moved.
///
/// # Errors
/// The database refuses.
pub async fn numbers(conn: &mut Conn, thread: Id) -> Result<Vec<(String, i64)>> {
    let query = posts::table
        .filter(posts::thread_id.eq(thread))
        .filter(posts::no.is_not_null())
        .order(posts::id)
        .limit(limits::MOVED_POSTS)
        .select((posts::uri, posts::no.assume_not_null()));
    Ok(run!(conn, c => query.load(c).await)?)
}

/// Who wrote in a thread; as many as can have.
///
/// # Errors
/// The database refuses.
pub async fn authors(conn: &mut Conn, thread: Id) -> Result<Vec<Id>> {
    let query = posts::table
        .filter(posts::thread_id.eq(thread))
        .select(posts::author_id)
        .distinct()
        .order(posts::author_id)
        .limit(limits::MOVED_POSTS);
    Ok(run!(conn, c => query.load(c).await)?)
}
