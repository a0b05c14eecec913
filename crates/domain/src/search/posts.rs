//! Posts that hold words, newest first.
//!
//! The narrowest thing that was asked leads: words, else a tag, else an author. A search that names none of them finds
//! nothing, because it would be a list of everything.

use db::{Conn, Id, run};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::words::{self, Index, holding, post_words};
use crate::page::{Page, Slice, Span, falling};
use crate::post::{self, Post};
use crate::schema::{actors, attachments, post_tags, posts as rows, tags};
use crate::search::Query;
use crate::{Handle, Result, Viewer};

diesel::alias!(post_tags as leading: Leading);

/// What a query names, looked up.
#[derive(Debug, Default)]
struct Wanted {
    tags: Vec<Id>,
    author: Option<Id>,
    board: Option<Id>,
    host: Option<String>,
    has_alt: bool,
}

/// `$found` (boxed, over `posts`) with what is wanted and the part that `$span` names of the ids in `$id`.
macro_rules! narrowed {
    ($found:expr, $id:expr, $wanted:expr, $span:expr) => {{
        let mut part = $found;
        if let Some(author) = $wanted.author {
            part = part.filter(rows::author_id.eq(author));
        }
        if let Some(board) = $wanted.board {
            part = part.filter(rows::board_id.eq(board));
        }
        if let Some(host) = &$wanted.host {
            let there = actors::table
                .filter(actors::id.eq(rows::author_id))
                .filter(actors::host.eq(host));
            part = part.filter(exists(there));
        }
        if $wanted.has_alt {
            let described = attachments::table
                .filter(attachments::post_id.eq(rows::id.nullable()))
                .filter(attachments::alt.ne(""));
            part = part.filter(exists(described));
        }
        for tag in &$wanted.tags {
            let carries = post_tags::table
                .filter(post_tags::post_id.eq(rows::id))
                .filter(post_tags::tag_id.eq(*tag));
            part = part.filter(exists(carries));
        }
        falling!(part, $id, $span)
    }};
}

/// The posts that hold all that is asked.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn posts(
    conn: &mut Conn,
    query: &Query,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<Post>> {
    let span = page.span::<i64>()?;
    let ids = match wanted(conn, query).await? {
        Some(wanted) => ids(conn, &query.words, wanted, span, page.rows()).await?,
        None => Vec::new(),
    };
    let slice = Slice::cut(ids, &page, &span, |id| *id);
    let mut found = post::hydrate(conn, &slice.items, viewer).await?;
    found.retain(|post| post.deleted.is_none());
    Ok(slice.with(found))
}

async fn ids(
    conn: &mut Conn,
    words: &[String],
    mut wanted: Wanted,
    span: Span<i64>,
    limit: i64,
) -> Result<Vec<Id>> {
    if !words.is_empty() {
        return by_words(conn, words, &wanted, span, limit).await;
    }
    if let Some(tag) = wanted.tags.pop() {
        return by_tag(conn, tag, &wanted, span, limit).await;
    }
    if wanted.author.is_none() {
        return Ok(Vec::new());
    }
    Ok(run!(conn, c => {
        let own = rows::table
            .filter(rows::deleted_at.is_null())
            .select(rows::id)
            .limit(limit)
            .into_boxed();
        narrowed!(own, rows::id, wanted, span).load(c).await
    })?)
}

async fn by_words(
    conn: &mut Conn,
    asked: &[String],
    wanted: &Wanted,
    span: Span<i64>,
    limit: i64,
) -> Result<Vec<Id>> {
    let id = post_words::rowid;
    let query = words::query(conn, Index::Posts, asked).await?;
    let found = holding!(conn, "post_words", query, c, holds => {
        let found = post_words::table
            .inner_join(rows::table.on(rows::id.eq(id)))
            .filter(holds)
            .filter(rows::deleted_at.is_null())
            .select(id)
            .limit(limit)
            .into_boxed();
        narrowed!(found, id, wanted, span).load(c).await
    })?;
    Ok(found)
}

async fn by_tag(
    conn: &mut Conn,
    tag: Id,
    wanted: &Wanted,
    span: Span<i64>,
    limit: i64,
) -> Result<Vec<Id>> {
    let id = leading.field(post_tags::post_id);
    Ok(run!(conn, c => {
        let found = leading
            .inner_join(rows::table.on(rows::id.eq(id)))
            .filter(leading.field(post_tags::tag_id).eq(tag))
            .filter(rows::deleted_at.is_null())
            .select(id)
            .limit(limit)
            .into_boxed();
        narrowed!(found, id, wanted, span).load(c).await
    })?)
}

/// `None` where something is named that is not here.
async fn wanted(conn: &mut Conn, query: &Query) -> Result<Option<Wanted>> {
    if query.impossible {
        return Ok(None);
    }
    let mut wanted = Wanted {
        host: query.host.clone(),
        has_alt: query.has_alt,
        ..Wanted::default()
    };
    if !query.tags.is_empty() {
        let ids = tags::table
            .filter(tags::name.eq_any(&query.tags))
            .order(tags::post_count.desc())
            .select(tags::id);
        wanted.tags = run!(conn, c => ids.load(c).await)?;
        if wanted.tags.len() < query.tags.len() {
            return Ok(None);
        }
    }
    for (handle, place) in [
        (&query.user, &mut wanted.author),
        (&query.board, &mut wanted.board),
    ] {
        if let Some(handle) = handle {
            *place = actor(conn, handle).await?;
            if place.is_none() {
                return Ok(None);
            }
        }
    }
    Ok(Some(wanted))
}

async fn actor(conn: &mut Conn, handle: &Handle) -> Result<Option<Id>> {
    let row = actors::table
        .filter(actors::host.eq(&handle.host))
        .filter(actors::name.eq(&handle.name))
        .select(actors::id);
    Ok(run!(conn, c => row.first(c).await.optional())?)
}
