//! The threads of a board, as its index and its catalog show them.

use db::{Conn, Id, run};
use diesel::dsl::not;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::board::Board;
use crate::filter::{Filter, Sieve, sift};
use crate::page::{Page, Slice, Span, falling};
use crate::schema::threads as rows;
use crate::{Result, Viewer, thread};

/// Replies that lists show under a thread.
pub(crate) const LAST_REPLIES: usize = 3;

/// The order of a board's threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Pinned first, then last raised first.
    #[default]
    Bump,
    /// Newest first.
    New,
    /// Most replies first.
    Replies,
    /// Most likes first.
    Votes,
}

/// The board's threads with their last replies.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn threads(
    conn: &mut Conn,
    board: &Board,
    sort: Sort,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    threads_filtered(conn, board, sort, &Filter::default(), viewer, page).await
}

/// The same, narrowed; the filter's board is this one.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn threads_filtered(
    conn: &mut Conn,
    board: &Board,
    sort: Sort,
    filter: &Filter,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let found = sorted(conn, board.id, sort, filter, &page).await?;
    let (ids, places) = found.into_parts();
    Ok(places.with(thread::summaries(conn, &ids, viewer, LAST_REPLIES).await?))
}

/// The board's threads, only their opening posts.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn catalog(
    conn: &mut Conn,
    board: &Board,
    sort: Sort,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    catalog_filtered(conn, board, sort, &Filter::default(), viewer, page).await
}

/// The same, narrowed; the filter's board is this one.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn catalog_filtered(
    conn: &mut Conn,
    board: &Board,
    sort: Sort,
    filter: &Filter,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let found = sorted(conn, board.id, sort, filter, &page).await?;
    let (ids, places) = found.into_parts();
    Ok(places.with(thread::summaries(conn, &ids, viewer, 0).await?))
}

async fn sorted(
    conn: &mut Conn,
    board: Id,
    sort: Sort,
    filter: &Filter,
    page: &Page,
) -> Result<Slice<Id>> {
    // The range of the index sees to the board.
    let sieve = Sieve::of(Filter {
        board: None,
        ..*filter
    });
    match sort {
        Sort::Bump => bumped(conn, board, &sieve, page).await,
        Sort::New => newest(conn, board, &sieve, page).await,
        Sort::Replies => by_replies(conn, board, &sieve, page).await,
        Sort::Votes => by_likes(conn, board, &sieve, page).await,
    }
}

/// What a board shows, as a boxed statement of the engine at hand. `NOT hidden` is word for word the condition of
/// the indexes.
macro_rules! shown {
    ($board:expr, $most:expr, $select:expr) => {
        rows::table
            .filter(rows::board_id.eq($board))
            .filter(not(rows::hidden))
            .select($select)
            .limit($most)
            .into_boxed()
    };
}

/// By pin first: pages within one of the two groups are a range of the index, however deep.
async fn bumped(conn: &mut Conn, board: Id, sieve: &Sieve<'_>, page: &Page) -> Result<Slice<Id>> {
    let (pinned, at, id) = (rows::pinned, rows::bumped_at, rows::id);
    let span = page.span::<(bool, i64, i64)>()?;
    let most = sieve.rows(page);
    let mut found: Vec<(bool, i64, i64)> = run!(conn, c => {
        let all = shown!(board, most, (pinned, at, id));
        let part = match span {
            Span::Start => all.order((pinned.desc(), at.desc(), id.desc())),
            Span::After((true, a, i)) => {
                let rest = at.lt(a).or(at.eq(a).and(id.lt(i)));
                all.filter(pinned.eq(false).or(rest))
                    .order((pinned.desc(), at.desc(), id.desc()))
            }
            Span::After((false, a, i)) => all
                .filter(pinned.eq(false).and(at.le(a)).and(at.lt(a).or(id.lt(i))))
                .order((at.desc(), id.desc())),
            Span::Before((p, a, i)) => all
                .filter(pinned.eq(p).and(at.ge(a)).and(at.gt(a).or(id.gt(i))))
                .order((at.asc(), id.asc())),
        };
        part.load(c).await
    })?;
    let room = most - i64::try_from(found.len()).unwrap_or(i64::MAX);
    if matches!(span, Span::Before((false, ..))) && room > 0 {
        let pins: Vec<(bool, i64, i64)> = run!(conn, c => {
            let all = shown!(board, most, (pinned, at, id));
            let part = all.filter(pinned.eq(true)).limit(room);
            part.order((at.asc(), id.asc())).load(c).await
        })?;
        found.extend(pins);
    }
    sift(conn, sieve, found, (page, &span), |(_, _, id)| *id).await
}

async fn newest(conn: &mut Conn, board: Id, sieve: &Sieve<'_>, page: &Page) -> Result<Slice<Id>> {
    let id = rows::id;
    let span = page.span::<i64>()?;
    let most = sieve.rows(page);
    let found: Vec<Id> = run!(conn, c => {
        let all = shown!(board, most, id);
        let part = falling!(all, id, span);
        part.load(c).await
    })?;
    sift(conn, sieve, found, (page, &span), |id| *id).await
}

/// The two orders by a counter differ in its column only.
macro_rules! counted {
    ($name:ident, $count:expr) => {
        async fn $name(
            conn: &mut Conn,
            board: Id,
            sieve: &Sieve<'_>,
            page: &Page,
        ) -> Result<Slice<Id>> {
            let (count, id) = ($count, rows::id);
            let span = page.span::<(i64, i64)>()?;
            let most = sieve.rows(page);
            let found: Vec<(i64, i64)> = run!(conn, c => {
                let all = shown!(board, most, (count, id));
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
            sift(conn, sieve, found, (page, &span), |(_, id)| *id).await
        }
    };
}

counted!(by_replies, rows::reply_count);
counted!(by_likes, rows::likes);
