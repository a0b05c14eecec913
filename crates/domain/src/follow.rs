//! Who follows whom: a state, whatever the two servers are.
//!
//! A follow of something of this node holds at once; one of something elsewhere waits for its answer.

mod ask;
mod foreign;
mod hold;
mod list;

use crate::{Id, Timestamp};

pub use ask::{end, set};
pub use foreign::{answered, arrived, undone};
pub use list::{by_uri, count, find, follower_inboxes, followers, has_local_followers, state};

pub(crate) use list::{coalesce, states};

/// How far a follow is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Asked, not answered yet.
    Pending,
    /// It holds.
    Accepted,
    /// Refused by the other side.
    Rejected,
}

impl State {
    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    pub(crate) fn read(name: &str) -> Self {
        match name {
            "accepted" => Self::Accepted,
            "rejected" => Self::Rejected,
            _ => Self::Pending,
        }
    }
}

/// A follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// Who follows.
    pub follower: Id,
    /// Whom.
    pub target: Id,
    /// How far it is.
    pub state: State,
    /// The id of its activity.
    pub uri: String,
    /// When it was asked.
    pub created_at: Timestamp,
}
