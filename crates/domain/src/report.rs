//! Reports: somebody says that a post or an account breaks the rules.
//!
//! Who decides: the moderators of the board for what stands on a board of this node, the admins for everything. Reports
//! are nobody else's business, and neither is who made them: other servers hear them from this node itself.

mod arrive;
mod decide;
mod list;
mod submit;

use std::sync::Arc;

use crate::account::Account;
use crate::post::{BoardRef, Post};
use crate::{Id, Timestamp};

pub use arrive::arrive;
pub use decide::{Decision, decide};
pub use list::{find, for_forwarding, list, open_count};
pub use submit::{Draft, submit};

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A post.
    Post(Id),
    /// An account as such.
    Account(Id),
}

/// How far a report is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody decided yet.
    #[default]
    Open,
    /// Something was done about it.
    Resolved,
    /// Nothing is to be done about it.
    Dismissed,
}

impl State {
    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Dismissed => "dismissed",
        }
    }

    fn read(name: &str) -> Self {
        match name {
            "resolved" => Self::Resolved,
            "dismissed" => Self::Dismissed,
            _ => Self::Open,
        }
    }
}

/// A report as those see it who decide.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its id.
    pub id: Id,
    /// Whose post it is, or who is reported as such.
    pub account: Arc<Account>,
    /// The post, or what is left of it.
    pub post: Option<Post>,
    /// Where the post is.
    pub board: Option<Arc<BoardRef>>,
    /// Who reports: somebody here, or somebody elsewhere or their server.
    pub reporter: Arc<Account>,
    /// What they say.
    pub reason: String,
    /// How far it is.
    pub state: State,
    /// What was noted when it was decided.
    pub note: String,
    /// Who decided.
    pub decided_by: Option<Arc<Account>>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// When the servers of what it is about were told.
    pub forwarded_at: Option<Timestamp>,
    /// When it was made.
    pub at: Timestamp,
}

impl Report {
    /// The servers that could be told: those of the author and of the board that are not this node.
    pub fn origins(&self) -> Vec<&str> {
        let board = self.board.as_ref().map_or("", |board| board.host.as_str());
        let mut hosts = vec![self.account.host.as_str(), board];
        hosts.retain(|host| !host.is_empty());
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }
}
