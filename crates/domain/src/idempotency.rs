//! Keys that make a repeated request answer as the first one did.

use db::Id;

use crate::{Caller, Result, Tx};

/// What the same request led to within the last 24 hours; ask before doing it.
///
/// # Errors
/// `Invalid` on `idempotency_key` for a bad key, or one that was used for another request.
pub async fn find(
    tx: &mut Tx,
    caller: &Caller,
    key: &str,
    request_hash: &str,
) -> Result<Option<Id>> {
    let _ = (tx, caller, key, request_hash);
    todo!()
}

/// Remembers what a request led to, in its transaction.
///
/// # Errors
/// `Conflict` where the same request was done at the same time.
pub async fn keep(
    tx: &mut Tx,
    caller: &Caller,
    key: &str,
    request_hash: &str,
    result: Id,
) -> Result<()> {
    let _ = (tx, caller, key, request_hash, result);
    todo!()
}

/// Forgets keys older than 24 hours.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    let _ = tx;
    todo!()
}
