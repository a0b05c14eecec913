//! Moderators lock and pin threads; the public log says so.

use db::Id;

use crate::{Caller, Result, Tx};

/// Locks or opens a thread.
///
/// # Errors
/// `Missing`, `Gone`, or `Denied` where the caller does not moderate the board.
pub async fn set_locked(tx: &mut Tx, caller: &Caller, id: Id, value: bool) -> Result<()> {
    let _ = (tx, caller, id, value);
    todo!()
}

/// Pins or unpins a thread.
///
/// # Errors
/// As [`set_locked`].
pub async fn set_pinned(tx: &mut Tx, caller: &Caller, id: Id, value: bool) -> Result<()> {
    let _ = (tx, caller, id, value);
    todo!()
}

/// [`set_locked`] as the board's server told it; answers whether anything changed.
///
/// # Errors
/// `Missing`.
pub async fn accept_locked(tx: &mut Tx, id: Id, by: Id, value: bool) -> Result<bool> {
    let _ = (tx, id, by, value);
    todo!()
}

/// [`set_pinned`] as the board's server told it; answers whether anything changed.
///
/// # Errors
/// `Missing`.
pub async fn accept_pinned(tx: &mut Tx, id: Id, by: Id, value: bool) -> Result<bool> {
    let _ = (tx, id, by, value);
    todo!()
}
