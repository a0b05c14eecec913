//! Tags are given to posts, and taken from them.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::{post_tags, tags};
use crate::{Result, Tx};

/// Turns the `old` tags of a post of this thread into the `new` ones, all normalised; in an order that all
/// transactions share.
pub(crate) async fn replace(
    tx: &mut Tx,
    post: Id,
    thread: Id,
    old: &[String],
    new: &[String],
) -> Result<()> {
    let mut names: Vec<&String> = old.iter().chain(new).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        match (old.contains(name), new.contains(name)) {
            (true, false) => take(tx, post, name).await?,
            (false, true) => give(tx, post, thread, name).await?,
            _ => {}
        }
    }
    Ok(())
}

/// Takes all tags from a post.
pub(crate) async fn clear(tx: &mut Tx, post: Id) -> Result<()> {
    for name in of_post(&mut tx.conn, post).await? {
        take(tx, post, &name).await?;
    }
    Ok(())
}

async fn give(tx: &mut Tx, post: Id, thread: Id, name: &str) -> Result<()> {
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
    let row = (
        post_tags::post_id.eq(post),
        post_tags::tag_id.eq(tag),
        post_tags::opens.eq(post == thread),
    );
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
