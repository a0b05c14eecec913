//! Somebody here uploads a picture.

use db::Id;
use media::Picture;

use crate::{Caller, Result, Tx};

/// What the owner says about a picture.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// Alternative text.
    pub alt: String,
    /// Hide it at first.
    pub sensitive: bool,
    /// The point to keep in view, each -1 to 1.
    pub focus: (f64, f64),
}

/// Keeps a checked picture until it is posted.
///
/// # Errors
/// `Invalid`, `Busy`.
pub async fn upload(tx: &mut Tx, caller: &Caller, picture: Picture, meta: Meta) -> Result<Id> {
    let _ = (tx, caller, picture, meta);
    todo!()
}
