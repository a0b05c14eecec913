//! The threads of what somebody follows: boards, accounts and tags, without those of muted tags.
//!
//! Each thing that is followed is a range of an index. One statement asks for the first thread of every range; then
//! the ranges are read in the order of these, and no more of them than can still add to the page. So a page costs the
//! same on a node of any size, and a person who follows little is not answered by reading what others follow.

mod sources;

use std::cmp::Ordering;

use db::{Conn, Id};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{newest, shown};
use crate::filter::Filter;
use crate::follow::State;
use crate::page::{Page, Slice};
use crate::schema::{follows, post_tags, threads};
use crate::tag::Marks;
use crate::{Caller, Result, Viewer, tag, thread};

use sources::{Way, muting};

/// Threads of the boards, accounts and tags the caller follows, newest first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn home(conn: &mut Conn, caller: &Caller, page: Page) -> Result<Slice<thread::Summary>> {
    let span = page.span::<i64>()?;
    let marks = tag::marked(conn, caller.id).await?;
    let rows = merged(conn, caller.id, &marks, Way::of(span), page.rows()).await?;
    let viewer = Viewer::Account(caller.clone());
    shown(conn, rows, &viewer, &page, &span).await
}

/// The same, narrowed. What a filter leaves of each range cannot be known beforehand, so this reads the newest threads
/// of the node until the page is full.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn home_filtered(
    conn: &mut Conn,
    caller: &Caller,
    filter: &Filter,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    if *filter == Filter::default() {
        return home(conn, caller, page).await;
    }
    let span = page.span::<i64>()?;
    let Marks { followed, muted } = tag::marked(conn, caller.id).await?;
    let targets = || {
        follows::table
            .filter(follows::follower_id.eq(caller.id))
            .filter(follows::state.eq(State::Accepted.name()))
            .select(follows::target_id)
    };
    let tagged = post_tags::table
        .filter(post_tags::post_id.eq(threads::id))
        .filter(post_tags::tag_id.eq_any(&followed));
    let of_them = threads::board_id
        .eq_any(targets())
        .or(threads::author_id.eq_any(targets()))
        .or(exists(tagged));
    let carries = muting
        .filter(muting.field(post_tags::post_id).eq(threads::id))
        .filter(muting.field(post_tags::tag_id).eq_any(&muted));
    let home = threads::table.filter(of_them).filter(not(exists(carries)));
    let rows = match filter.board {
        Some(board) => {
            let home = home.filter(threads::board_id.eq(board));
            newest!(conn, home, filter, span, page.rows())?
        }
        None => newest!(conn, home, filter, span, page.rows())?,
    };
    let viewer = Viewer::Account(caller.clone());
    shown(conn, rows, &viewer, &page, &span).await
}

/// The first `rows` threads of all sources, each once.
async fn merged(
    conn: &mut Conn,
    caller: Id,
    marks: &Marks,
    way: Way,
    rows: i64,
) -> Result<Vec<Id>> {
    let mut heads = sources::heads(conn, caller, way).await?;
    if !marks.followed.is_empty() {
        heads.extend(sources::tag_heads(conn, caller, way).await?);
    }
    heads.sort_by(|(_, one), (_, other)| way.order(*one, *other));
    let most = usize::try_from(rows).unwrap_or(usize::MAX);
    let mut found: Vec<Id> = Vec::new();
    for (source, head) in heads {
        let full = found.len() >= most;
        if full
            && found
                .last()
                .is_some_and(|last| way.order(head, *last) != Ordering::Less)
        {
            break;
        }
        found.extend(sources::part(conn, source, &marks.muted, way, rows).await?);
        found.sort_by(|one, other| way.order(*one, *other));
        found.dedup();
        found.truncate(most);
    }
    Ok(found)
}
