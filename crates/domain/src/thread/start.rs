//! Somebody here opens a thread.

use db::Id;

use crate::handle::Handle;
use crate::{Caller, Result, Tx};

/// An opening post as typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Empty is none.
    pub subject: Option<String>,
    /// Markdown and references.
    pub body: String,
    /// Uploads of the author, in order.
    pub media: Vec<Id>,
    /// Beside those in the text.
    pub tags: Vec<String>,
    /// Empty is none.
    pub content_warning: Option<String>,
    /// Hide the pictures at first.
    pub sensitive: bool,
    /// BCP 47.
    pub language: Option<String>,
}

/// Opens a thread.
///
/// # Errors
/// `Missing` board, `Denied`, `Invalid` with all faults, `Busy`.
pub async fn start(tx: &mut Tx, caller: &Caller, board: &Handle, draft: Draft) -> Result<Id> {
    let _ = (tx, caller, board, draft);
    todo!()
}
