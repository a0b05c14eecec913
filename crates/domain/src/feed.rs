//! Threads of many boards, newest first, each with its last replies.

use db::{Conn, Id, run};
use diesel::dsl::not;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::follow::State;
use crate::page::{Page, Slice, Span};
use crate::schema::{follows, threads};
use crate::{Caller, Result, Viewer, board, thread};

/// The part of `$threads` that `$span` names, newest first.
macro_rules! newest {
    ($conn:expr, $threads:expr, $span:expr, $rows:expr) => {
        run!($conn, c => {
            let all = $threads.limit($rows).select(threads::id).into_boxed();
            let part = match $span {
                Span::Start => all.order(threads::id.desc()),
                Span::After(id) => all.filter(threads::id.lt(id)).order(threads::id.desc()),
                Span::Before(id) => all.filter(threads::id.gt(id)).order(threads::id.asc()),
            };
            part.load::<Id>(c).await
        })
    };
}

/// Threads of the boards and accounts the caller follows.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn home(conn: &mut Conn, caller: &Caller, page: Page) -> Result<Slice<thread::Summary>> {
    let span = page.span::<i64>()?;
    let followed = || {
        follows::table
            .filter(follows::follower_id.eq(caller.id))
            .filter(follows::state.eq(State::Accepted.name()))
            .select(follows::target_id)
    };
    let of_them = threads::board_id
        .eq_any(followed())
        .or(threads::author_id.eq_any(followed()));
    let rows = newest!(
        conn,
        threads::table.filter(not(threads::hidden)).filter(of_them),
        span,
        page.rows()
    )?;
    let viewer = Viewer::Account(caller.clone());
    shown(conn, rows, &viewer, &page, &span).await
}

/// Threads of the boards of this node.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn local(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    let span = page.span::<i64>()?;
    let local = threads::local.eq(true);
    let rows = newest!(
        conn,
        threads::table.filter(not(threads::hidden)).filter(local),
        span,
        page.rows()
    )?;
    shown(conn, rows, viewer, &page, &span).await
}

/// All threads we hold.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn all(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    let span = page.span::<i64>()?;
    let rows = newest!(
        conn,
        threads::table.filter(not(threads::hidden)),
        span,
        page.rows()
    )?;
    shown(conn, rows, viewer, &page, &span).await
}

async fn shown(
    conn: &mut Conn,
    rows: Vec<Id>,
    viewer: &Viewer,
    page: &Page,
    span: &Span<i64>,
) -> Result<Slice<thread::Summary>> {
    let ids = Slice::cut(rows, page, span, |id| *id);
    let items = thread::summaries(conn, &ids.items, viewer, board::LAST_REPLIES).await?;
    Ok(ids.with(items))
}
