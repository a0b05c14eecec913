//! Tags that stand beside a tag.

use db::{Conn, Id, run};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::schema::{post_tags, tags};
use crate::tag::Tag;

/// The newest posts of a tag that are looked at: the neighbours of a common tag cost no more than those of a rare one.
const LOOKED_AT: i64 = 300;

/// At most `most` tags that the newest posts of this tag carry too, those they share most often first.
///
/// # Errors
/// The database refuses.
pub async fn related(conn: &mut Conn, tag: Id, most: i64) -> Result<Vec<Tag>> {
    let posts = post_tags::table
        .filter(post_tags::tag_id.eq(tag))
        .order(post_tags::post_id.desc())
        .limit(LOOKED_AT)
        .select(post_tags::post_id);
    let posts: Vec<Id> = run!(conn, c => posts.load(c).await)?;
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let beside = post_tags::table
        .inner_join(tags::table.on(tags::id.eq(post_tags::tag_id)))
        .filter(post_tags::post_id.eq_any(&posts))
        .filter(post_tags::tag_id.ne(tag))
        .group_by((tags::id, tags::name, tags::post_count))
        .order((
            count_star().desc(),
            tags::post_count.desc(),
            tags::id.desc(),
        ))
        .limit(most)
        .select((tags::id, tags::name, tags::post_count));
    let rows: Vec<(Id, String, i64)> = run!(conn, c => beside.load(c).await)?;
    let tags = rows.into_iter().map(|(id, name, post_count)| Tag {
        id,
        name,
        post_count,
    });
    Ok(tags.collect())
}
