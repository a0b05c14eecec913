//! Threads of many boards, newest first: as lists with their last replies, or narrowed as grids, which show the opening
//! posts alone.

mod home;

use db::{Conn, Id, run};
use diesel::dsl::not;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::filter::{Filter, Sieve, sift};
use crate::page::{Page, Slice, Span, falling};
use crate::schema::{post_tags, threads};
use crate::{Result, Viewer, board, thread};

pub use home::{home, home_filtered};

/// Whose threads a feed holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All we hold.
    #[default]
    All,
    /// Those of the boards of this node.
    Local,
}

/// The part of `$threads` that `$span` names, newest first.
macro_rules! newest {
    ($conn:expr, $threads:expr, $span:expr, $rows:expr) => {
        db::run!($conn, c => {
            let all = $threads
                .filter(not(threads::hidden))
                .limit($rows)
                .select(threads::id)
                .into_boxed();
            let part = falling!(all, threads::id, $span);
            part.load::<Id>(c).await
        })
    };
}

/// Threads of the boards of this node.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn local(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    whole(conn, Scope::Local, viewer, page).await
}

/// All threads we hold.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn all(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    whole(conn, Scope::All, viewer, page).await
}

async fn whole(
    conn: &mut Conn,
    scope: Scope,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let found = ids(conn, scope, &Filter::default(), &page).await?;
    shown(conn, found, viewer, board::LAST_REPLIES).await
}

/// The threads of a scope that a filter lets through, only their opening posts. A tag or a board is a range of its own
/// index; what else is asked for is looked for in that range, a bounded part of it in each page.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn filtered(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let found = ids(conn, scope, filter, &page).await?;
    shown(conn, found, viewer, 0).await
}

async fn ids(conn: &mut Conn, scope: Scope, filter: &Filter, page: &Page) -> Result<Slice<Id>> {
    let span = page.span::<i64>()?;
    let content = Filter {
        tag: None,
        board: None,
        ..*filter
    };
    let on_board = Filter {
        board: filter.board,
        ..content
    };
    let sieve = match (filter.tag, filter.board, scope) {
        (None, None, _) | (None, Some(_), Scope::All) => Sieve::of(content),
        (None, Some(_), Scope::Local) => Sieve::of(content).local(),
        (Some(_), _, Scope::All) => Sieve::of(on_board),
        (Some(_), _, Scope::Local) => Sieve::of(on_board).local(),
    };
    let rows = sieve.rows(page);
    let keys = match (filter.tag, filter.board, scope) {
        (Some(tag), ..) => tagged(conn, tag, &span, rows).await?,
        (None, Some(board), _) => on(conn, board, &span, rows).await?,
        (None, None, Scope::Local) => {
            let here = threads::table.filter(threads::local.eq(true));
            newest!(conn, here, span, rows)?
        }
        (None, None, Scope::All) => newest!(conn, threads::table, span, rows)?,
    };
    sift(conn, &sieve, keys, (page, &span), |id| *id).await
}

/// By the index of the board's threads.
async fn on(conn: &mut Conn, board: Id, span: &Span<i64>, rows: i64) -> Result<Vec<Id>> {
    let of_it = threads::table.filter(threads::board_id.eq(board));
    Ok(newest!(conn, of_it, *span, rows)?)
}

/// By the index of the tag's threads: a rare tag costs no more than a common one.
async fn tagged(conn: &mut Conn, tag: Id, span: &Span<i64>, rows: i64) -> Result<Vec<Id>> {
    let id = post_tags::post_id;
    Ok(run!(conn, c => {
        let all = post_tags::table
            .inner_join(threads::table.on(threads::id.eq(id)))
            .filter(post_tags::tag_id.eq(tag))
            .filter(post_tags::opens.eq(true))
            .filter(not(threads::hidden))
            .limit(rows)
            .select(id)
            .into_boxed();
        let part = falling!(all, id, *span);
        part.load(c).await
    })?)
}

async fn shown(
    conn: &mut Conn,
    found: Slice<Id>,
    viewer: &Viewer,
    replies: usize,
) -> Result<Slice<thread::Summary>> {
    let items = thread::summaries(conn, &found.items, viewer, replies).await?;
    Ok(found.with(items))
}
