//! Files that nobody shows any more go.

use crate::{Result, Tx};

/// Forgets uploads that waited a day for their post, and files that nobody showed for an hour. Answers the
/// names of files to be removed from the store once this is committed.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<Vec<String>> {
    let _ = tx;
    todo!()
}
