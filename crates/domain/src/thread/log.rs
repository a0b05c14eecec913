//! The public log of what moderators did; `board::log` reads it.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::log;
use crate::{Result, Tx};

/// Writes down an act: `lock`, `unlock`, `pin`, `unpin` or `remove`.
pub(crate) async fn write(
    tx: &mut Tx,
    board: Id,
    moderator: Id,
    act: &'static str,
    post: Id,
    reason: &str,
) -> Result<()> {
    let row = (
        log::id.eq(tx.id()),
        log::board_id.eq(board),
        log::actor_id.eq(moderator),
        log::act.eq(act),
        log::post_id.eq(post),
        log::reason.eq(reason),
    );
    let insert = diesel::insert_into(log::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}
