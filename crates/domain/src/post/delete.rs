//! An author deletes a post.

use db::Id;

use crate::{Caller, Result, Tx};

/// Makes a post of the caller a tombstone; a thread without live posts goes with it.
///
/// # Errors
/// `Missing`, `Gone`, or `Denied` where the caller did not write it.
pub async fn delete(tx: &mut Tx, caller: &Caller, id: Id) -> Result<()> {
    let _ = (tx, caller, id);
    todo!()
}

/// The same, told by the author's server. An unknown post is remembered as deleted; answers the post that
/// became a tombstone now.
///
/// # Errors
/// `Denied` for an id of this node.
pub async fn accept_delete(tx: &mut Tx, uri: &str, activity: Option<String>) -> Result<Option<Id>> {
    let _ = (tx, uri, activity);
    todo!()
}
