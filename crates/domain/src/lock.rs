//! Rows that a verb holds until its transaction ends, always in the order board, thread.
//!
//! SQLite has one writer at a time, so only PostgreSQL locks. A verb locks before it reads its facts, so that
//! they still hold when it writes.

use db::{Conn, Id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::{boards, threads};
use crate::{Result, Tx};

/// Holds a board: whoever changes its counters or hands out its numbers.
pub(crate) async fn board(tx: &mut Tx, id: Id) -> Result<()> {
    if let Conn::Postgres(conn) = &mut *tx.conn {
        let row = boards::table.find(id).select(boards::actor_id);
        row.for_no_key_update()
            .first::<Id>(conn)
            .await
            .optional()?;
    }
    Ok(())
}

/// Holds a thread: whoever changes it or one of its posts.
pub(crate) async fn thread(tx: &mut Tx, id: Id) -> Result<()> {
    if let Conn::Postgres(conn) = &mut *tx.conn {
        let row = threads::table.find(id).select(threads::id);
        row.for_no_key_update()
            .first::<Id>(conn)
            .await
            .optional()?;
    }
    Ok(())
}
