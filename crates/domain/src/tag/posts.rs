//! The posts of a tag.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::page::{Page, Slice, Span};
use crate::post::{self, Post};
use crate::schema::post_tags;
use crate::{Result, Viewer};

/// Posts that carry a tag, newest first, replies among them.
///
/// # Errors
/// `Invalid` for a bad cursor.
pub async fn posts(conn: &mut Conn, tag: Id, viewer: &Viewer, page: Page) -> Result<Slice<Post>> {
    let span = page.span::<Id>()?;
    let carrying = post_tags::table
        .filter(post_tags::tag_id.eq(tag))
        .select(post_tags::post_id)
        .limit(page.rows());
    let ids: Vec<Id> = match span {
        Span::Start => {
            let query = carrying.order(post_tags::post_id.desc());
            run!(conn, c => query.load(c).await)?
        }
        Span::After(key) => {
            let query = carrying
                .filter(post_tags::post_id.lt(key))
                .order(post_tags::post_id.desc());
            run!(conn, c => query.load(c).await)?
        }
        Span::Before(key) => {
            let query = carrying
                .filter(post_tags::post_id.gt(key))
                .order(post_tags::post_id.asc());
            run!(conn, c => query.load(c).await)?
        }
    };
    let slice = Slice::cut(ids, &page, &span, |id| *id);
    let mut found = post::hydrate(conn, &slice.items, viewer).await?;
    found.retain(|post| post.deleted.is_none());
    Ok(slice.with(found))
}
