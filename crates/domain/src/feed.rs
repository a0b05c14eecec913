//! Threads of many boards, newest first.

use db::Conn;

use crate::page::{Page, Slice};
use crate::{Caller, Result, Viewer, thread};

/// Threads of the boards and accounts the caller follows.
pub async fn home(conn: &mut Conn, caller: &Caller, page: Page) -> Result<Slice<thread::Summary>> {
    let _ = (conn, caller, page);
    todo!()
}

/// Threads of the boards of this node.
pub async fn local(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    let _ = (conn, viewer, page);
    todo!()
}

/// All threads we hold.
pub async fn all(conn: &mut Conn, viewer: &Viewer, page: Page) -> Result<Slice<thread::Summary>> {
    let _ = (conn, viewer, page);
    todo!()
}
