//! The public log: what moderators and admins did, for everybody to read.
//!
//! Written by the verbs in the transaction of the act itself. Acts on boards of other servers are on their boards' logs
//! only, not on the node's.

mod list;
mod write;

use std::sync::Arc;

use crate::account::Account;
use crate::post::BoardRef;
use crate::{Id, Timestamp};

pub use list::{board, node};

pub(crate) use write::{Line, write};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A thread takes no replies.
    Lock,
    /// A thread takes replies again.
    Unlock,
    /// A thread stays on top.
    Pin,
    /// A thread does no longer stay on top.
    Unpin,
    /// A post was removed.
    Remove,
    /// A thread was moved to the board that `subject` names.
    MoveOut,
    /// A thread came from the board that `subject` names.
    MoveIn,
    /// An account was banned, until a moment or until it is lifted.
    Ban,
    /// A ban was lifted.
    Unban,
    /// Somebody was made a moderator.
    Appoint,
    /// Somebody is no longer a moderator.
    Dismiss,
    /// An account may not act any more.
    Suspend,
    /// An account may act again.
    Reinstate,
    /// The server that `subject` names is suspended.
    SuspendPeer,
    /// The server that `subject` names is welcome again.
    OpenPeer,
    /// The picture whose SHA-256 is `subject` is not taken any more, and its posts were removed.
    Purge,
    /// Something a later version of this program did.
    Other,
}

/// All acts with their names in the database and in answers.
const NAMES: [(Act, &str); 16] = [
    (Act::Lock, "lock"),
    (Act::Unlock, "unlock"),
    (Act::Pin, "pin"),
    (Act::Unpin, "unpin"),
    (Act::Remove, "remove"),
    (Act::MoveOut, "move_out"),
    (Act::MoveIn, "move_in"),
    (Act::Ban, "ban"),
    (Act::Unban, "unban"),
    (Act::Appoint, "appoint"),
    (Act::Dismiss, "dismiss"),
    (Act::Suspend, "suspend"),
    (Act::Reinstate, "reinstate"),
    (Act::SuspendPeer, "suspend_peer"),
    (Act::OpenPeer, "open_peer"),
    (Act::Purge, "purge"),
];

impl Act {
    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(act, _)| *act == self);
        found.map_or("other", |(_, name)| name)
    }

    fn read(name: &str) -> Self {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map_or(Self::Other, |(act, _)| *act)
    }
}

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// What was done.
    pub act: Act,
    /// Who did it.
    pub actor: Arc<Account>,
    /// On which board; `None` where it is about the node.
    pub board: Option<Arc<BoardRef>>,
    /// The post, or the opening post of the thread.
    pub post: Option<LoggedPost>,
    /// Whom it concerns.
    pub account: Option<Arc<Account>>,
    /// A server, a picture's name, or the other board of a move; else empty.
    pub subject: String,
    /// Why; may be empty.
    pub reason: String,
    /// When a ban ends by itself.
    pub until: Option<Timestamp>,
    /// When.
    pub at: Timestamp,
}

/// The post a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedPost {
    /// Its id.
    pub id: Id,
    /// Its number.
    pub no: Option<i64>,
    /// Its thread.
    pub thread_id: Id,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for (act, name) in NAMES {
            assert_eq!((act.name(), Act::read(name)), (name, act));
        }
        assert_eq!(Act::read("repaint"), Act::Other);
    }
}
