//! Threads of many boards, newest first, each with its last replies.

mod home;

use db::{Conn, Id, run};
use diesel::dsl::not;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::filter::{Filter, narrow_content};
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

/// The part of `$threads` that `$span` names, newest first, narrowed by `$filter`.
macro_rules! newest {
    ($conn:expr, $threads:expr, $filter:expr, $span:expr, $rows:expr) => {
        db::run!($conn, c => {
            let all = $threads
                .filter(diesel::dsl::not(threads::hidden))
                .limit($rows)
                .select(threads::id)
                .into_boxed();
            let all = $crate::filter::narrow!(all, $filter);
            let part = $crate::page::falling!(all, threads::id, $span);
            part.load::<Id>(c).await
        })
    };
}

pub(in crate::feed) use newest;

/// Threads of the boards of this node.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn local(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    filtered(conn, Scope::Local, &Filter::default(), viewer, page).await
}

/// All threads we hold.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn all(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    filtered(conn, Scope::All, &Filter::default(), viewer, page).await
}

/// The threads of a scope that a filter lets through. A tag or a board is a range of its own index.
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
    let span = page.span::<i64>()?;
    let rows = match (filter.tag, filter.board, scope) {
        (Some(tag), ..) => tagged(conn, tag, scope, filter, &span, page.rows()).await?,
        (None, Some(board), Scope::All) => {
            let of_it = threads::table.filter(threads::board_id.eq(board));
            newest!(conn, of_it, filter, span, page.rows())?
        }
        (None, Some(board), Scope::Local) => {
            let of_it = threads::table.filter(threads::board_id.eq(board));
            let of_it = of_it.filter(threads::local.eq(true));
            newest!(conn, of_it, filter, span, page.rows())?
        }
        (None, None, Scope::Local) => {
            let here = threads::table.filter(threads::local.eq(true));
            newest!(conn, here, filter, span, page.rows())?
        }
        (None, None, Scope::All) => newest!(conn, threads::table, filter, span, page.rows())?,
    };
    shown(conn, rows, viewer, &page, &span).await
}

/// By the index of the tag's threads: a rare tag costs no more than a common one.
async fn tagged(
    conn: &mut Conn,
    tag: Id,
    scope: Scope,
    filter: &Filter,
    span: &Span<i64>,
    rows: i64,
) -> Result<Vec<Id>> {
    let id = post_tags::post_id;
    Ok(run!(conn, c => {
        let mut all = post_tags::table
            .inner_join(threads::table.on(threads::id.eq(id)))
            .filter(post_tags::tag_id.eq(tag))
            .filter(post_tags::opens.eq(true))
            .filter(not(threads::hidden))
            .limit(rows)
            .select(id)
            .into_boxed();
        if let Some(board) = filter.board {
            all = all.filter(threads::board_id.eq(board));
        }
        if scope == Scope::Local {
            all = all.filter(threads::local.eq(true));
        }
        let all = narrow_content!(all, filter);
        let part = falling!(all, id, *span);
        part.load(c).await
    })?)
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
