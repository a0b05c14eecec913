//! Tags of posts: stored normalised, counted.

use db::{Conn, Id};

use crate::page::{Page, Slice};
use crate::post::Post;
use crate::{Result, Viewer};

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its id.
    pub id: Id,
    /// Normalised.
    pub name: String,
    /// Posts that carry it.
    pub post_count: i64,
}

/// The tag of this name, normalised or not.
///
/// # Errors
/// `Missing`.
pub async fn find(conn: &mut Conn, name: &str) -> Result<Tag> {
    let _ = (conn, name);
    todo!()
}

/// Posts that carry a tag, newest first.
///
/// # Errors
/// `Invalid` for a bad cursor.
pub async fn posts(conn: &mut Conn, tag: Id, viewer: &Viewer, page: Page) -> Result<Slice<Post>> {
    let _ = (conn, tag, viewer, page);
    todo!()
}
