//! Bans: an account, here or elsewhere, may not write on a board or anywhere on this node, for a while or until the
//! ban is lifted. It may read. A moderator who is banned does not moderate.
//!
//! There is one ban per account and place: a new one takes the place of the old. Bans of boards elsewhere are kept
//! too, so that who is banned there is told here, before the post is sent.

mod accept;
mod check;
mod impose;
mod list;
mod office;

use std::sync::Arc;

use crate::account::Account;
use crate::post::BoardRef;
use crate::{Id, Timestamp};

pub use accept::{accept, accept_end};
pub use impose::{impose, lift};
pub use list::{of_account, of_board, of_node, sweep};
pub use office::may_impose;

pub(crate) use check::{check, may_act};
pub(crate) use office::is_staff;

/// From where somebody is banned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A board.
    Board(Id),
    /// All of this node.
    Node,
}

impl Place {
    /// The board, where it is one.
    pub fn board(self) -> Option<Id> {
        match self {
            Self::Board(id) => Some(id),
            Self::Node => None,
        }
    }
}

/// A ban to be imposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Why: told to whom it concerns, and in the public log.
    pub reason: String,
    /// When it ends by itself; `None` until it is lifted.
    pub until: Option<Timestamp>,
}

/// A ban as it stands.
#[derive(Clone, Debug)]
pub struct Ban {
    /// Its id.
    pub id: Id,
    /// Who is banned.
    pub account: Arc<Account>,
    /// From which board; `None` for all of this node.
    pub board: Option<Arc<BoardRef>>,
    /// By whom.
    pub by: Arc<Account>,
    /// Why.
    pub reason: String,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// Since when.
    pub at: Timestamp,
}
