//! Writing a line.

use db::{Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::log::Act;
use crate::schema::{boards, log};
use crate::{Id, Result, Tx};

/// A line before it is written: about the node, a post, an account or a subject, as its makers say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) by: Id,
    pub(crate) act: Act,
    pub(crate) board: Option<Id>,
    pub(crate) post: Option<Id>,
    pub(crate) account: Option<Id>,
    pub(crate) subject: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) until: Option<Timestamp>,
}

impl<'a> Line<'a> {
    /// About the node.
    pub(crate) fn new(by: Id, act: Act, reason: &'a str) -> Self {
        Self {
            by,
            act,
            board: None,
            post: None,
            account: None,
            subject: "",
            reason,
            until: None,
        }
    }

    /// About a board.
    pub(crate) fn on(self, board: Id) -> Self {
        Self {
            board: Some(board),
            ..self
        }
    }

    /// About a post.
    pub(crate) fn of(self, post: Id) -> Self {
        Self {
            post: Some(post),
            ..self
        }
    }

    /// Concerning somebody.
    pub(crate) fn concerning(self, account: Id) -> Self {
        Self {
            account: Some(account),
            ..self
        }
    }

    /// With this subject.
    pub(crate) fn about(self, subject: &'a str) -> Self {
        Self { subject, ..self }
    }
}

/// Writes a line.
pub(crate) async fn write(tx: &mut Tx, line: Line<'_>) -> Result<()> {
    let local = match line.board {
        None => true,
        Some(board) => {
            let local = boards::table.find(board).select(boards::local);
            let local: Option<bool> = run!(tx.conn, c => local.first(c).await.optional())?;
            local.unwrap_or(false)
        }
    };
    let row = (
        log::id.eq(tx.id()),
        log::board_id.eq(line.board),
        log::actor_id.eq(line.by),
        log::act.eq(line.act.name()),
        log::post_id.eq(line.post),
        log::account_id.eq(line.account),
        log::subject.eq(line.subject),
        log::reason.eq(line.reason),
        log::until.eq(line.until),
        log::local.eq(local),
    );
    let insert = diesel::insert_into(log::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}
