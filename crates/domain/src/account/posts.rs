//! What somebody wrote.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::page::{Page, Slice, falling};
use crate::schema::posts;
use crate::{Result, Viewer, post};

/// The account's posts, newest first, without those that were deleted.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn posts(
    conn: &mut Conn,
    account: Id,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<post::Post>> {
    let span = page.span::<i64>()?;
    let rows: Vec<Id> = run!(conn, c => {
        let theirs = posts::table
            .filter(posts::author_id.eq(account))
            .filter(posts::deleted_at.is_null())
            .select(posts::id)
            .limit(page.rows())
            .into_boxed();
        let part = falling!(theirs, posts::id, span);
        part.load(c).await
    })?;
    let ids = Slice::cut(rows, &page, &span, |id| *id);
    let items = post::hydrate(conn, &ids.items, viewer).await?;
    Ok(ids.with(items))
}
