//! Doing something once although its request may come twice.

use domain::{Caller, Id, Result, Tx, idempotency};
use web::App;
use web::idempotency::Key;

/// Runs `verb` in one transaction with the note of its result under `key`; where the same request was done before, answers
/// that result instead.
///
/// # Errors
/// Those of the verb; `Invalid` where the key belongs to another request, `Conflict` where the same one is still running.
pub(crate) async fn once(
    app: &App,
    caller: &Caller,
    key: Option<&Key>,
    verb: impl AsyncFnOnce(&mut Tx) -> Result<Id>,
) -> Result<Id> {
    app.cx
        .write(async |tx| {
            let Some(Key { key, request_hash }) = key else {
                return verb(tx).await;
            };
            if let Some(id) = idempotency::find(tx, caller, key, request_hash).await? {
                return Ok(id);
            }
            let id = verb(tx).await?;
            idempotency::keep(tx, caller, key, request_hash, id).await?;
            Ok(id)
        })
        .await
}
