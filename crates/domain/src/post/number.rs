//! A foreign board's home gives a post its number.

use db::Id;

use crate::{Result, Tx};

/// Numbers a post of a foreign board, where it has no number yet and no other post has this one.
///
/// # Errors
/// `Missing`.
pub async fn number(tx: &mut Tx, id: Id, no: i64) -> Result<()> {
    let _ = (tx, id, no);
    todo!()
}
