//! Somebody here answers in a thread.

use db::Id;

use crate::post::Draft;
use crate::{Caller, Result, Tx};

/// Adds a reply to a thread.
///
/// # Errors
/// `Missing` or `Gone` thread, `Denied`, `Invalid` with all faults, `Busy`.
pub async fn submit(tx: &mut Tx, caller: &Caller, thread: Id, draft: Draft) -> Result<Id> {
    let _ = (tx, caller, thread, draft);
    todo!()
}
