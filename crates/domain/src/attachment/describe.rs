//! Owners describe their pictures, or throw away those they did not post.

use db::Id;

use crate::{Caller, Result, Tx};

/// What an owner changes; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// Alternative text.
    pub alt: Option<String>,
    /// Hide it at first.
    pub sensitive: Option<bool>,
    /// The point to keep in view, each -1 to 1.
    pub focus: Option<(f64, f64)>,
}

/// Changes what is said about a picture.
///
/// # Errors
/// `Missing` (also for pictures of others), `Invalid`, `Busy`.
pub async fn describe(tx: &mut Tx, caller: &Caller, id: Id, patch: Patch) -> Result<()> {
    let _ = (tx, caller, id, patch);
    todo!()
}

/// Throws away a picture that was not posted.
///
/// # Errors
/// `Missing` (also for pictures of others), `Conflict` where it was posted.
pub async fn discard(tx: &mut Tx, caller: &Caller, id: Id) -> Result<()> {
    let _ = (tx, caller, id);
    todo!()
}
