//! What moderators did, for everybody to read.

use db::{Conn, Id, Timestamp, ids, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::account::{self, Account};
use crate::page::{Page, Slice, Span};
use crate::schema::{actors, log as lines, posts};

/// A line of a board's public moderation log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its id.
    pub id: Id,
    /// lock, unlock, pin, unpin or remove.
    pub act: String,
    /// Who did it.
    pub actor: Account,
    /// The post, or the opening post of the thread.
    pub post: Id,
    /// Its number.
    pub post_no: Option<i64>,
    /// Its thread.
    pub thread_id: Id,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

type Line = (Id, String, Id, String, Option<i64>, Id);

/// The public moderation log of a board, newest first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn log(conn: &mut Conn, board: Id, page: Page) -> Result<Slice<LogEntry>> {
    let span = page.span::<i64>()?;
    let rows: Vec<(Line, account::Row)> = run!(conn, c => {
        let all = lines::table
            .inner_join(posts::table.on(posts::id.eq(lines::post_id)))
            .inner_join(actors::table.on(actors::id.eq(lines::actor_id)))
            .filter(lines::board_id.eq(board))
            .select((
                (
                    lines::id,
                    lines::act,
                    lines::post_id,
                    lines::reason,
                    posts::no,
                    posts::thread_id,
                ),
                account::Row::as_select(),
            ))
            .limit(page.rows())
            .into_boxed();
        let part = match span {
            Span::Start => all.order(lines::id.desc()),
            Span::After(id) => all.filter(lines::id.lt(id)).order(lines::id.desc()),
            Span::Before(id) => all.filter(lines::id.gt(id)).order(lines::id.asc()),
        };
        part.load(c).await
    })?;
    let entries = rows
        .into_iter()
        .map(|(line, actor)| entry(line, actor.into()));
    Ok(Slice::cut(entries.collect(), &page, &span, |entry| {
        entry.id
    }))
}

fn entry((id, act, post, reason, post_no, thread_id): Line, actor: Account) -> LogEntry {
    LogEntry {
        id,
        act,
        actor,
        post,
        post_no,
        thread_id,
        reason,
        at: ids::moment(id),
    }
}
