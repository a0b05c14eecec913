//! How many attachments, avatars and banners show a file. What nobody shows is swept.

use db::Id;

use crate::{Caller, Result, Tx};

/// Turns an upload of the caller into an avatar or banner: the upload is gone, its file counted for the caller.
/// Answers the file's name.
///
/// # Errors
/// `Invalid` on `field` where it is not a ready upload of the caller.
pub async fn take(tx: &mut Tx, caller: &Caller, id: Id, field: &'static str) -> Result<String> {
    let _ = (tx, caller, id, field);
    todo!()
}

/// One less shows this file.
///
/// # Errors
/// The database refuses.
pub async fn release(tx: &mut Tx, sha256: &str) -> Result<()> {
    let _ = (tx, sha256);
    todo!()
}
