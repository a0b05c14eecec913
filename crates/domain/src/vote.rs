//! Votes: a state per account and post, so that repeated and reordered messages end the same everywhere.

use db::{Conn, Id, Timestamp};

use crate::{Caller, Result, Tx};

/// What a vote led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The caller's vote: 1, 0 or -1.
    pub value: i16,
    /// Votes of 1.
    pub likes: i64,
    /// Votes of -1.
    pub dislikes: i64,
}

/// A vote that a peer sent.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// The voter's actor.
    pub voter: Id,
    /// The post.
    pub post: Id,
    /// 1, 0 (undone) or -1.
    pub value: i16,
    /// The id of the vote's activity.
    pub uri: String,
    /// When; the later one counts.
    pub at: Timestamp,
    /// The activity as it came, to be passed on.
    pub activity: Option<String>,
}

/// A vote as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The post.
    pub post: Id,
    /// Whose it is.
    pub account: Id,
    /// 1, 0 or -1.
    pub value: i16,
    /// The id of its activity.
    pub uri: String,
    /// When it was set.
    pub at: Timestamp,
}

/// Sets the caller's vote.
///
/// # Errors
/// `Missing`, `Gone`, `Denied` where dislikes are off, `Invalid` for other values, `Busy`.
pub async fn set(tx: &mut Tx, caller: &Caller, post: Id, value: i16) -> Result<Tally> {
    let _ = (tx, caller, post, value);
    todo!()
}

/// Counts a vote that a peer sent; answers whether anything changed. Older ones than that which stands,
/// dislikes where they are off, and votes on tombstones change nothing.
///
/// # Errors
/// `Missing`.
pub async fn accept(tx: &mut Tx, ballot: Ballot) -> Result<bool> {
    let _ = (tx, ballot);
    todo!()
}

/// The vote whose activity has this id.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, uri: &str) -> Result<Option<Vote>> {
    let _ = (conn, uri);
    todo!()
}
