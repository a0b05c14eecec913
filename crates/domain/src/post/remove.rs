//! A moderator removes a post; the public log says so.

use db::Id;

use crate::{Caller, Result, Tx};

/// Makes a post a tombstone by a moderator's will. Without `with_media` its pictures' files may live on in
/// other posts; with it they are gone from all of them.
///
/// # Errors
/// `Missing`, `Gone`, `Denied` where the caller does not moderate the board, `Invalid`.
pub async fn remove(
    tx: &mut Tx,
    caller: &Caller,
    id: Id,
    reason: &str,
    with_media: bool,
) -> Result<()> {
    let _ = (tx, caller, id, reason, with_media);
    todo!()
}

/// The same, told by the board's server; answers whether anything changed.
///
/// # Errors
/// `Missing`.
pub async fn accept_remove(tx: &mut Tx, id: Id, by: Id, reason: &str) -> Result<bool> {
    let _ = (tx, id, by, reason);
    todo!()
}
