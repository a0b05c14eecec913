//! Reading a thread.

use db::{Conn, Id};

use crate::handle::Handle;
use crate::page::{Page, Slice};
use crate::post::Post;
use crate::thread::Thread;
use crate::{Result, Viewer};

/// A thread with its opening post and up to 99 replies.
///
/// # Errors
/// `Missing`, or `Gone` where the thread went with its opening post.
pub async fn view(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Thread> {
    let _ = (conn, id, viewer);
    todo!()
}

/// The id of the thread whose opening post has this number.
///
/// # Errors
/// `Missing`.
pub async fn by_no(conn: &mut Conn, board: &Handle, no: i64) -> Result<Id> {
    let _ = (conn, board, no);
    todo!()
}

/// Posts of a thread, oldest first, opening post included.
///
/// # Errors
/// `Missing`, `Gone`, or `Invalid` for a bad cursor.
pub async fn posts(conn: &mut Conn, id: Id, viewer: &Viewer, page: Page) -> Result<Slice<Post>> {
    let _ = (conn, id, viewer, page);
    todo!()
}

/// The last `count` replies, oldest first.
///
/// # Errors
/// `Missing` or `Gone`.
pub async fn last(conn: &mut Conn, id: Id, viewer: &Viewer, count: i64) -> Result<Vec<Post>> {
    let _ = (conn, id, viewer, count);
    todo!()
}

/// The revision of a thread's page, for conditional requests.
///
/// # Errors
/// `Missing` or `Gone`.
pub async fn revision(conn: &mut Conn, id: Id) -> Result<i64> {
    let _ = (conn, id);
    todo!()
}
