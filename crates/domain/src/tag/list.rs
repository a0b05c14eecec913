//! Tags by how often they are used, all of them or those that begin with something.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::page::{Page, Slice, Span};
use crate::schema::tags;
use crate::tag::{Tag, normal};

/// Tags in use whose names begin with `prefix` (normalised here; all where it is empty), most used first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn list(conn: &mut Conn, prefix: &str, page: Page) -> Result<Slice<Tag>> {
    let span = page.span::<(i64, i64)>()?;
    let prefix = match (prefix.trim().is_empty(), normal(prefix)) {
        (true, _) => None,
        (false, Some(prefix)) => Some(prefix),
        (false, None) => return Ok(Slice::cut(Vec::new(), &page, &span, key)),
    };
    let (count, id) = (tags::post_count, tags::id);
    let rows: Vec<(Id, String, i64)> = run!(conn, c => {
        let mut all = tags::table
            .filter(count.gt(0))
            .select((id, tags::name, count))
            .limit(page.rows())
            .into_boxed();
        if let Some(prefix) = &prefix {
            // Both engines compare names byte by byte, and no character of a tag comes after the last one there is.
            let end = format!("{prefix}\u{10ffff}");
            all = all.filter(tags::name.ge(prefix).and(tags::name.lt(end)));
        }
        let part = match span {
            Span::Start => all.order((count.desc(), id.desc())),
            Span::After((n, i)) => all
                .filter(count.le(n).and(count.lt(n).or(id.lt(i))))
                .order((count.desc(), id.desc())),
            Span::Before((n, i)) => all
                .filter(count.ge(n).and(count.gt(n).or(id.gt(i))))
                .order((count.asc(), id.asc())),
        };
        part.load(c).await
    })?;
    let tags = rows.into_iter().map(|(id, name, post_count)| Tag {
        id,
        name,
        post_count,
    });
    Ok(Slice::cut(tags.collect(), &page, &span, key))
}

fn key(tag: &Tag) -> (i64, i64) {
    (tag.post_count, tag.id)
}
