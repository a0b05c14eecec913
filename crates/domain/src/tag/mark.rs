//! What somebody of this node made of a tag: they follow it, or they do not want to see it. One or the other.
//!
//! Nobody else is told: a tag belongs to no server.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use crate::schema::{tag_marks, tags};
use crate::tag::{Tag, seen};
use crate::{Caller, Error, Result, Tx, limits, rate};

/// A follow or a mute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its threads stand in the home feed.
    Followed,
    /// Its threads do not stand there, whoever else is followed.
    Muted,
}

impl Mark {
    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Followed => "followed",
            Self::Muted => "muted",
        }
    }

    fn read(name: &str) -> Option<Self> {
        [Self::Followed, Self::Muted]
            .into_iter()
            .find(|mark| mark.name() == name)
    }
}

/// The tags somebody marked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    pub(crate) followed: Vec<Id>,
    pub(crate) muted: Vec<Id>,
}

/// The caller follows or mutes a tag, used or not, in place of what they did before.
///
/// # Errors
/// `Missing` for what can be no tag, `Invalid` where the caller marked too many, `Busy`.
pub async fn mark(tx: &mut Tx, caller: &Caller, name: &str, mark: Mark) -> Result<Tag> {
    let mut tag = seen(&mut tx.conn, name).await?;
    if mark_of(&mut tx.conn, caller.id, tag.id).await? == Some(mark) {
        return Ok(tag);
    }
    rate::take(tx, &limits::RATE_FOLLOWS, &caller.id.to_string()).await?;
    let marked = tag_marks::table
        .filter(tag_marks::account_id.eq(caller.id))
        .count();
    let marked: i64 = run!(tx.conn, c => marked.get_result(c).await)?;
    if marked >= limits::TAG_MARKS {
        let most = limits::TAG_MARKS;
        let detail = format!("Up to {most} tags may be followed or muted.");
        return Err(Error::invalid("tag", "too_many", detail));
    }

    if tag.id == 0 {
        tag.id = add(tx, &tag.name).await?;
    }
    let row = (
        tag_marks::account_id.eq(caller.id),
        tag_marks::tag_id.eq(tag.id),
        tag_marks::mark.eq(mark.name()),
        tag_marks::created_at.eq(tx.now),
    );
    let put = diesel::insert_into(tag_marks::table)
        .values(row)
        .on_conflict((tag_marks::account_id, tag_marks::tag_id))
        .do_update()
        .set((
            tag_marks::mark.eq(excluded(tag_marks::mark)),
            tag_marks::created_at.eq(excluded(tag_marks::created_at)),
        ));
    run!(tx.conn, c => put.execute(c).await)?;
    Ok(tag)
}

/// The caller no longer follows, or no longer mutes, a tag; not having done so is no error.
///
/// # Errors
/// `Missing` for what can be no tag.
pub async fn unmark(tx: &mut Tx, caller: &Caller, name: &str, mark: Mark) -> Result<Tag> {
    let tag = seen(&mut tx.conn, name).await?;
    let row = tag_marks::table
        .find((caller.id, tag.id))
        .filter(tag_marks::mark.eq(mark.name()));
    let delete = diesel::delete(row);
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(tag)
}

/// What somebody made of a tag.
///
/// # Errors
/// The database refuses.
pub async fn mark_of(conn: &mut Conn, account: Id, tag: Id) -> Result<Option<Mark>> {
    let query = tag_marks::table
        .find((account, tag))
        .select(tag_marks::mark);
    let found: Option<String> = run!(conn, c => query.first(c).await.optional())?;
    Ok(found.as_deref().and_then(Mark::read))
}

/// The tags somebody marked that way, by name; there are at most [`limits::TAG_MARKS`].
///
/// # Errors
/// The database refuses.
pub async fn marks(conn: &mut Conn, account: Id, mark: Mark) -> Result<Vec<Tag>> {
    let query = tag_marks::table
        .inner_join(tags::table.on(tags::id.eq(tag_marks::tag_id)))
        .filter(tag_marks::account_id.eq(account))
        .filter(tag_marks::mark.eq(mark.name()))
        .select((tags::id, tags::name, tags::post_count));
    let rows: Vec<(Id, String, i64)> = run!(conn, c => query.load(c).await)?;
    let mut tags: Vec<Tag> = rows
        .into_iter()
        .map(|(id, name, post_count)| Tag {
            id,
            name,
            post_count,
        })
        .collect();
    tags.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(tags)
}

/// How many people of this node follow it.
///
/// # Errors
/// The database refuses.
pub async fn followers(conn: &mut Conn, tag: Id) -> Result<i64> {
    let query = tag_marks::table
        .filter(tag_marks::tag_id.eq(tag))
        .filter(tag_marks::mark.eq(Mark::Followed.name()))
        .count();
    Ok(run!(conn, c => query.get_result(c).await)?)
}

/// All marks of an account.
pub(crate) async fn marked(conn: &mut Conn, account: Id) -> Result<Marks> {
    let query = tag_marks::table
        .filter(tag_marks::account_id.eq(account))
        .select((tag_marks::tag_id, tag_marks::mark));
    let rows: Vec<(Id, String)> = run!(conn, c => query.load(c).await)?;
    let mut marks = Marks::default();
    for (tag, mark) in rows {
        match Mark::read(&mark) {
            Some(Mark::Followed) => marks.followed.push(tag),
            Some(Mark::Muted) => marks.muted.push(tag),
            None => {}
        }
    }
    Ok(marks)
}

/// A tag nobody has used yet; another transaction may have been quicker.
async fn add(tx: &mut Tx, name: &str) -> Result<Id> {
    let row = (
        tags::id.eq(tx.id()),
        tags::name.eq(name),
        tags::post_count.eq(0),
    );
    let insert = diesel::insert_into(tags::table)
        .values(row)
        .on_conflict(tags::name)
        .do_update()
        .set(tags::post_count.eq(tags::post_count))
        .returning(tags::id);
    Ok(run!(tx.conn, c => insert.get_result(c).await)?)
}
