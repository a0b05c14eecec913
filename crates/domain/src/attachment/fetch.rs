//! The pictures of other servers: wanted, then here or not to be had.

use db::{Conn, Id};
use media::Picture;

use crate::{Result, Tx};

/// Where a picture that is still wanted can be fetched.
///
/// # Errors
/// The database refuses.
pub async fn wanted(conn: &mut Conn, id: Id) -> Result<Option<String>> {
    let _ = (conn, id);
    todo!()
}

/// A picture is here. Where nobody wants it any more, its file is left to [`sweep`](super::sweep).
///
/// # Errors
/// The database refuses.
pub async fn fetched(tx: &mut Tx, id: Id, picture: Picture) -> Result<()> {
    let _ = (tx, id, picture);
    todo!()
}

/// A picture is not to be had.
///
/// # Errors
/// The database refuses.
pub async fn failed(tx: &mut Tx, id: Id, why: &str) -> Result<()> {
    let _ = (tx, id, why);
    todo!()
}
