//! Threads: an opening post with its replies, and what lists show of them.

mod census;
mod moderate;
mod relocate;
mod row;
mod start;
mod summaries;
mod view;

use std::sync::Arc;

use db::{Id, Timestamp};

use crate::post::{BoardRef, Post};

pub use census::{authors, numbers};
pub use moderate::{accept_locked, accept_pinned, set_locked, set_pinned};
pub use relocate::{Numbers, accept_relocate, relocate};
pub use start::{Draft, start};
pub use summaries::summaries;
pub use view::{before, by_no, last, post_by_no, posts, revision, view};

pub(crate) use row::{Row, find, hold, raise};

/// A thread as its page shows it.
#[derive(Clone, Debug)]
pub struct Thread {
    /// The id of its opening post.
    pub id: Id,
    /// Where it is.
    pub board: Arc<BoardRef>,
    /// The number of its opening post.
    pub no: Option<i64>,
    /// Of its opening post.
    pub subject: Option<String>,
    /// Replies that were not deleted.
    pub reply_count: i64,
    /// Pictures of all posts.
    pub media_count: i64,
    /// Of its opening post.
    pub likes: i64,
    /// What puts it on top of its board.
    pub bumped_at: Timestamp,
    /// Stays on top of its board.
    pub pinned: bool,
    /// Takes no replies, except from moderators.
    pub locked: bool,
    /// Rises with every change of what its page shows.
    pub revision: i64,
    /// Of its opening post.
    pub tags: Vec<String>,
    /// The opening post and the first 99 replies.
    pub posts: Vec<Post>,
    /// Where [`posts`] goes on, if there are more.
    pub more: Option<String>,
}

/// A thread as lists show it.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The id of its opening post.
    pub id: Id,
    /// Where it is.
    pub board: Arc<BoardRef>,
    /// The number of its opening post.
    pub no: Option<i64>,
    /// Of its opening post.
    pub subject: Option<String>,
    /// Replies that were not deleted.
    pub reply_count: i64,
    /// Pictures of all posts.
    pub media_count: i64,
    /// Of its opening post.
    pub likes: i64,
    /// What puts it on top of its board.
    pub bumped_at: Timestamp,
    /// Stays on top of its board.
    pub pinned: bool,
    /// Takes no replies, except from moderators.
    pub locked: bool,
    /// Rises with every change of what its page shows.
    pub revision: i64,
    /// Of its opening post.
    pub tags: Vec<String>,
    /// The opening post and the last replies, oldest first.
    pub posts: Vec<Post>,
    /// Replies between the opening post and those shown.
    pub replies_omitted: i64,
    /// Pictures of the replies that are not shown.
    pub media_omitted: i64,
}
