//! Tags of posts: stored normalised, counted.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::page::{Page, Slice, Span};
use crate::post::{self, Post};
use crate::schema::{post_tags, tags};
use crate::{Error, Noun, Result, Tx, Viewer};

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its id.
    pub id: Id,
    /// Normalised.
    pub name: String,
    /// Posts that carry it.
    pub post_count: i64,
}

/// The tag of this name, normalised or not.
///
/// # Errors
/// `Missing`.
pub async fn find(conn: &mut Conn, name: &str) -> Result<Tag> {
    let name = markup::normalise_tag(name).ok_or(Error::Missing(Noun::Tag))?;
    let query =
        tags::table
            .filter(tags::name.eq(name))
            .select((tags::id, tags::name, tags::post_count));
    let found: Option<(Id, String, i64)> = run!(conn, c => query.first(c).await.optional())?;
    let (id, name, post_count) = found.ok_or(Error::Missing(Noun::Tag))?;
    Ok(Tag {
        id,
        name,
        post_count,
    })
}

/// Posts that carry a tag, newest first.
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
    let found = post::hydrate(conn, &slice.items, viewer).await?;
    Ok(slice.with(found))
}

/// Turns the `old` tags of a post into the `new` ones, all normalised; in an order that all transactions share.
pub(crate) async fn replace(tx: &mut Tx, post: Id, old: &[String], new: &[String]) -> Result<()> {
    let mut names: Vec<&String> = old.iter().chain(new).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        match (old.contains(name), new.contains(name)) {
            (true, false) => take(tx, post, name).await?,
            (false, true) => give(tx, post, name).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn give(tx: &mut Tx, post: Id, name: &str) -> Result<()> {
    let row = (
        tags::id.eq(tx.id()),
        tags::name.eq(name),
        tags::post_count.eq(1),
    );
    let insert = diesel::insert_into(tags::table)
        .values(row)
        .on_conflict(tags::name)
        .do_update()
        .set(tags::post_count.eq(tags::post_count + 1))
        .returning(tags::id);
    let tag: Id = run!(tx.conn, c => insert.get_result(c).await)?;
    let row = (post_tags::post_id.eq(post), post_tags::tag_id.eq(tag));
    let insert = diesel::insert_into(post_tags::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}

async fn take(tx: &mut Tx, post: Id, name: &str) -> Result<()> {
    let less = diesel::update(tags::table.filter(tags::name.eq(name)))
        .set(tags::post_count.eq(tags::post_count - 1))
        .returning(tags::id);
    let tag: Id = run!(tx.conn, c => less.get_result(c).await)?;
    let delete = diesel::delete(post_tags::table.find((post, tag)));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

/// The tags of a post, in byte order (engines sort text in orders of their own).
pub(crate) async fn of_post(conn: &mut Conn, post: Id) -> Result<Vec<String>> {
    let mut tags = of_posts(conn, &[post]).await?;
    Ok(tags.remove(&post).unwrap_or_default())
}

/// The tags of these posts, in byte order.
pub(crate) async fn of_posts(conn: &mut Conn, posts: &[Id]) -> Result<HashMap<Id, Vec<String>>> {
    let query = post_tags::table
        .inner_join(tags::table.on(tags::id.eq(post_tags::tag_id)))
        .filter(post_tags::post_id.eq_any(posts))
        .select((post_tags::post_id, tags::name));
    let rows: Vec<(Id, String)> = run!(conn, c => query.load(c).await)?;
    let mut found: HashMap<Id, Vec<String>> = HashMap::new();
    for (post, name) in rows {
        found.entry(post).or_default().push(name);
    }
    found.values_mut().for_each(|names| names.sort_unstable());
    Ok(found)
}
