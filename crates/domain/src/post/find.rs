//! Reading single posts.

use db::{Conn, Id};

use crate::handle::Handle;
use crate::post::{Post, Version};
use crate::{Result, Viewer};

/// A post that was not deleted.
///
/// # Errors
/// `Missing`, or `Gone` for a tombstone.
pub async fn find(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Post> {
    let _ = (conn, id, viewer);
    todo!()
}

/// A post or tombstone.
///
/// # Errors
/// `Missing`.
pub async fn find_any(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Post> {
    let _ = (conn, id, viewer);
    todo!()
}

/// The post or tombstone with this ActivityPub id.
///
/// # Errors
/// The database refuses.
pub async fn by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Id>> {
    let _ = (conn, uri);
    todo!()
}

/// The ActivityPub id of a post or tombstone.
///
/// # Errors
/// The database refuses.
pub async fn uri(conn: &mut Conn, id: Id) -> Result<Option<String>> {
    let _ = (conn, id);
    todo!()
}

/// All versions of a post, the standing one last.
///
/// # Errors
/// `Missing`, or `Gone` for a tombstone.
pub async fn history(conn: &mut Conn, id: Id) -> Result<Vec<Version>> {
    let _ = (conn, id);
    todo!()
}

/// The accounts named in a post; an empty host is this node.
///
/// # Errors
/// The database refuses.
pub async fn mentions(conn: &mut Conn, id: Id) -> Result<Vec<Handle>> {
    let _ = (conn, id);
    todo!()
}
