//! Threads somebody keeps an eye on, and how far they have read them.
//!
//! A place in a thread is the id of a post: ids sort by time, so what comes after it is unread, and "everything until
//! now" is simply an id of this moment. Nobody but the account itself sees what it watches.

mod list;
mod set;

use crate::Id;
use crate::post::Post;
use crate::thread::Summary;

pub use list::{find, fresh, list};
pub use set::{end, read, read_all, read_thread, set};

pub(crate) use set::took_part;

/// How far somebody has read a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The thread.
    pub thread: Id,
    /// The last post that was read, or a moment after it.
    pub seen: Id,
    /// Posts that came since.
    pub unread: i64,
    /// The first of them.
    pub first: Option<Id>,
}

/// What became of a watched thread.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It is there.
    Alive(Box<Summary>),
    /// It was deleted; what is left of its opening post.
    Gone(Box<Post>),
}

/// A watched thread.
#[derive(Clone, Debug)]
pub struct Watched {
    /// How far it is read.
    pub place: Place,
    /// What became of it.
    pub fate: Fate,
}
