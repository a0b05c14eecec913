//! A post stays as it is while others are told of it.

use db::Id;

use crate::{Result, Tx, lock};

/// Holds a post until the transaction ends: what is read of it is what stands when that is written down. Whoever makes it
/// a tombstone meanwhile waits, and then finds what others were to be told.
///
/// # Errors
/// The database refuses.
pub async fn freeze(tx: &mut Tx, id: Id) -> Result<()> {
    lock::post(tx, id).await
}
