//! Who follows whom: a state, whatever the two servers are.
//!
//! A follow of something of this node holds at once; one of something elsewhere waits for its answer.

use db::Conn;

use crate::account::Account;
use crate::{Caller, Id, Result, Timestamp, Tx};

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

/// The caller follows a board or account; repeated it changes nothing, unless it was refused.
pub async fn set(tx: &mut Tx, caller: &Caller, target: Id) -> Result<State> {
    let _ = (tx, caller, target);
    todo!()
}

/// The caller no longer follows it; not following it before is no error.
pub async fn end(tx: &mut Tx, caller: &Caller, target: Id) -> Result<()> {
    let _ = (tx, caller, target);
    todo!()
}

/// Whether it follows it.
pub async fn state(conn: &mut Conn, follower: Id, target: Id) -> Result<Option<State>> {
    let _ = (conn, follower, target);
    todo!()
}

/// The follow of these two.
pub async fn find(conn: &mut Conn, follower: Id, target: Id) -> Result<Option<Follow>> {
    let _ = (conn, follower, target);
    todo!()
}

/// Somebody elsewhere follows something of ours: it holds, and is answered, each time it is asked.
pub async fn arrived(
    tx: &mut Tx,
    follower: Id,
    target: Id,
    uri: &str,
    activity: String,
) -> Result<()> {
    let _ = (tx, follower, target, uri, activity);
    todo!()
}

/// Somebody elsewhere no longer follows.
pub async fn undone(tx: &mut Tx, follower: Id, target: Id) -> Result<()> {
    let _ = (tx, follower, target);
    todo!()
}

/// The answer to a follow of ours; one that was never asked changes nothing.
pub async fn answered(tx: &mut Tx, follower: Id, target: Id, accepted: bool) -> Result<()> {
    let _ = (tx, follower, target, accepted);
    todo!()
}

/// Whose follows hold, by id; `after` the id of the last seen.
pub async fn followers(
    conn: &mut Conn,
    target: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Account>> {
    let _ = (conn, target, after, limit);
    todo!()
}

/// Hosts and inboxes of the followers elsewhere: the shared one where there is one, each once.
pub async fn follower_inboxes(conn: &mut Conn, target: Id) -> Result<Vec<(String, String)>> {
    let _ = (conn, target);
    todo!()
}

/// Whether somebody of this node follows it.
pub async fn has_local_followers(conn: &mut Conn, target: Id) -> Result<bool> {
    let _ = (conn, target);
    todo!()
}

/// How many follow it.
pub async fn count(conn: &mut Conn, target: Id) -> Result<i64> {
    let _ = (conn, target);
    todo!()
}
