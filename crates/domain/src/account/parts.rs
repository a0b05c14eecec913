//! What somebody wrote, in parts: the threads they opened, their replies, their pictures.

use db::{Conn, Id, run};
use diesel::dsl::not;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::gallery::{self, Shown};
use crate::page::{Page, Slice, falling};
use crate::post::{self, Post};
use crate::schema::{attachments, posts, threads};
use crate::{Result, Viewer, thread};

/// The part of `$all` that `$span` names, newest first.
macro_rules! newest {
    ($conn:expr, $all:expr, $id:expr, $columns:expr, $span:expr, $rows:expr) => {
        run!($conn, c => {
            let all = $all.limit($rows).select($columns).into_boxed();
            let part = falling!(all, $id, $span);
            part.load(c).await
        })
    };
}

/// The threads an account opened, newest first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn threads(
    conn: &mut Conn,
    account: Id,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let span = page.span::<Id>()?;
    let rows: Vec<Id> = newest!(
        conn,
        threads::table
            .filter(not(threads::hidden))
            .filter(threads::author_id.eq(account)),
        threads::id,
        threads::id,
        span,
        page.rows()
    )?;
    let ids = Slice::cut(rows, &page, &span, |id| *id);
    let items = thread::summaries(conn, &ids.items, viewer, 0).await?;
    Ok(ids.with(items))
}

/// The replies of an account, newest first, without those that were deleted.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn replies(
    conn: &mut Conn,
    account: Id,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<Post>> {
    let span = page.span::<Id>()?;
    let rows: Vec<Id> = newest!(
        conn,
        posts::table
            .filter(posts::author_id.eq(account))
            .filter(posts::deleted_at.is_null())
            .filter(posts::parent_id.is_not_null()),
        posts::id,
        posts::id,
        span,
        page.rows()
    )?;
    let ids = Slice::cut(rows, &page, &span, |id| *id);
    let items = post::hydrate(conn, &ids.items, viewer).await?;
    Ok(ids.with(items))
}

/// The pictures an account posted, newest first, each with its post.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn pictures(
    conn: &mut Conn,
    account: Id,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<Shown>> {
    let span = page.span::<Id>()?;
    let rows: Vec<(Id, Option<Id>)> = newest!(
        conn,
        attachments::table
            .filter(attachments::owner_id.eq(account))
            .filter(attachments::post_id.is_not_null()),
        attachments::id,
        (attachments::id, attachments::post_id),
        span,
        page.rows()
    )?;
    let slice = Slice::cut(rows, &page, &span, |(id, _)| *id);
    let place = |(id, post): &(Id, Option<Id>)| post.map(|post| (post, *id));
    let places: Vec<(Id, Id)> = slice.items.iter().filter_map(place).collect();
    Ok(slice.with(gallery::shown(conn, &places, viewer).await?))
}
