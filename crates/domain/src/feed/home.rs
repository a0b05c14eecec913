//! The threads of what somebody follows: boards, accounts and tags, without those of muted tags.
//!
//! Each thing that is followed is a range of an index. One statement asks for the first thread of every range; then
//! the ranges are read in the order of these, and no more of them than can still add to the page. So a page costs the
//! same on a node of any size, and a person who follows little is not answered by reading what others follow.

mod sources;

use std::cmp::Ordering;

use db::{Conn, Id};

use super::{on, shown, tagged};
use crate::filter::{Filter, Sieve, sift};
use crate::page::{Page, Slice};
use crate::tag::Marks;
use crate::{Caller, Result, Viewer, board, tag, thread};

use sources::Way;

/// Threads of the boards, accounts and tags the caller follows, newest first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn home(conn: &mut Conn, caller: &Caller, page: Page) -> Result<Slice<thread::Summary>> {
    let found = ids(conn, caller, &Filter::default(), &page).await?;
    let viewer = Viewer::Account(caller.clone());
    shown(conn, found, &viewer, board::LAST_REPLIES).await
}

/// The same, narrowed, and only the opening posts. A tag or a board is a range of its own index, of which the caller
/// gets what they follow.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn home_filtered(
    conn: &mut Conn,
    caller: &Caller,
    filter: &Filter,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let found = ids(conn, caller, filter, &page).await?;
    shown(conn, found, &Viewer::Account(caller.clone()), 0).await
}

async fn ids(conn: &mut Conn, caller: &Caller, filter: &Filter, page: &Page) -> Result<Slice<Id>> {
    let span = page.span::<i64>()?;
    let marks = tag::marked(conn, caller.id).await?;
    let sieve = match (filter.tag, filter.board) {
        (None, None) => Sieve::of(*filter),
        _ => Sieve::of(*filter).home(caller.id, &marks),
    };
    let rows = sieve.rows(page);
    let keys = match (filter.tag, filter.board) {
        (Some(tag), _) => tagged(conn, tag, &span, rows).await?,
        (None, Some(board)) => on(conn, board, &span, rows).await?,
        (None, None) => merged(conn, caller.id, &marks, Way::of(span), rows).await?,
    };
    sift(conn, &sieve, keys, (page, &span), |id| *id).await
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
