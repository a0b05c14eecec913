//! Lines of the public log, and bans.

use domain::{Site, ban, log};
use serde::Serialize;
use utoipa::ToSchema;

use super::Account;
use crate::rest::id::Id;

/// A line of the public log of a board or of the server.
#[derive(Serialize, ToSchema)]
pub(crate) struct LogEntry {
    id: Id,
    /// `lock`, `unlock`, `pin`, `unpin`, `remove`, `move_out`, `move_in`, `ban`, `unban`, `appoint`, `dismiss`,
    /// `suspend`, `reinstate`, `suspend_peer`, `open_peer` or `purge`; later versions may know more.
    #[schema(example = "remove")]
    act: &'static str,
    /// Who did it.
    actor: Account,
    /// The board, `art` here, `art@example.org` elsewhere; null where it is about the server.
    board: Option<String>,
    /// The post, or the opening post of the thread.
    post_id: Option<Id>,
    post_no: Option<i64>,
    thread_id: Option<Id>,
    /// Whom it concerns.
    account: Option<Account>,
    /// A server, the SHA-256 of a picture, or the other board of a move; else empty.
    subject: String,
    /// Why; may be empty.
    reason: String,
    /// When a ban ends by itself.
    #[schema(format = DateTime)]
    until: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
}

/// A ban that stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ban {
    id: Id,
    /// Who is banned.
    account: Account,
    /// From which board; null for all of this server.
    board: Option<String>,
    /// By whom.
    by: Account,
    /// Why; may be empty.
    reason: String,
    /// When it ends by itself; null until it is lifted.
    #[schema(format = DateTime)]
    until: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
}

impl LogEntry {
    pub(crate) fn of(entry: &log::Entry, site: &Site) -> Self {
        let post = entry.post.as_ref();
        Self {
            id: Id(entry.id),
            act: entry.act.name(),
            actor: Account::of(&entry.actor, site),
            board: entry.board.as_ref().map(|board| board.acct()),
            post_id: post.map(|post| Id(post.id)),
            post_no: post.and_then(|post| post.no),
            thread_id: post.map(|post| Id(post.thread_id)),
            account: entry
                .account
                .as_ref()
                .map(|account| Account::of(account, site)),
            subject: entry.subject.clone(),
            reason: entry.reason.clone(),
            until: entry.until.map(domain::Timestamp::rfc3339),
            created_at: entry.at.rfc3339(),
        }
    }
}

impl Ban {
    pub(crate) fn of(ban: &ban::Ban, site: &Site) -> Self {
        Self {
            id: Id(ban.id),
            account: Account::of(&ban.account, site),
            board: ban.board.as_ref().map(|board| board.acct()),
            by: Account::of(&ban.by, site),
            reason: ban.reason.clone(),
            until: ban.until.map(domain::Timestamp::rfc3339),
            created_at: ban.at.rfc3339(),
        }
    }
}
