//! An author changes a post.

use db::Id;

use crate::post::{Edit, Patch};
use crate::{Caller, Result, Tx};

/// Changes a post of the caller; the version before is kept.
///
/// # Errors
/// `Missing`, `Gone`, `Denied` where the caller did not write it, `Invalid`.
pub async fn edit(tx: &mut Tx, caller: &Caller, id: Id, patch: Patch) -> Result<()> {
    let _ = (tx, caller, id, patch);
    todo!()
}

/// The same, told by the author's server; answers whether anything changed.
///
/// # Errors
/// `Missing`; `Denied` for a post of this node.
pub async fn accept_edit(tx: &mut Tx, id: Id, edit: Edit) -> Result<bool> {
    let _ = (tx, id, edit);
    todo!()
}
