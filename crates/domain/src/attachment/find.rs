//! Reading pictures.

use std::collections::HashMap;

use db::{Conn, Id};

use crate::Result;
use crate::attachment::{Attachment, Rendition};

/// A file as `GET /media` needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRow {
    /// Its name.
    pub sha256: String,
    /// Of the original.
    pub mime: String,
    /// Of the original.
    pub bytes: i64,
    /// Smaller versions, smallest first.
    pub renditions: Vec<Rendition>,
}

/// A picture by its id.
///
/// # Errors
/// `Missing`.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Attachment> {
    let _ = (conn, id);
    todo!()
}

/// A file by its name.
///
/// # Errors
/// The database refuses.
pub async fn by_sha(conn: &mut Conn, sha256: &str) -> Result<Option<MediaRow>> {
    let _ = (conn, sha256);
    todo!()
}

/// The pictures of these posts, in order.
pub(crate) async fn of_posts(
    conn: &mut Conn,
    posts: &[Id],
) -> Result<HashMap<Id, Vec<Attachment>>> {
    let _ = (conn, posts);
    todo!()
}
