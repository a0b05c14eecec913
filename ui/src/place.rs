//! Where a post is read: the part of its thread that holds it, at its anchor.

use db::Conn;
use domain::post::Post;
use domain::{Result, thread};

use crate::present;

/// The address of a post in its thread.
///
/// # Errors
/// The database refuses.
pub(crate) async fn of(conn: &mut Conn, post: &Post) -> Result<String> {
    let path = present::thread_path(&post.board, post.thread_no, post.thread_id);
    let anchor = post.anchor();
    Ok(match thread::before(conn, post.thread_id, post.id).await? {
        Some(cursor) => format!("{path}?after={cursor}#{anchor}"),
        None => format!("{path}#{anchor}"),
    })
}
