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
        row.for_no_key_update().first::<Id>(conn).await.optional()?;
    }
    Ok(())
}

/// Holds a thread: whoever changes it or one of its posts.
pub(crate) async fn thread(tx: &mut Tx, id: Id) -> Result<()> {
    if let Conn::Postgres(conn) = &mut *tx.conn {
        let row = threads::table.find(id).select(threads::id);
        row.for_no_key_update().first::<Id>(conn).await.optional()?;
    }
    Ok(())
}

/// Those of these threads that nobody else is changing right now, held.
///
/// They are not waited for: two posts that refer to each other's threads would wait for each other, and whoever
/// changes a thread raises its revision anyway.
pub(crate) async fn free_threads(tx: &mut Tx, ids: &[Id]) -> Result<Vec<Id>> {
    match &mut *tx.conn {
        Conn::Sqlite(_) => Ok(ids.to_vec()),
        Conn::Postgres(conn) => {
            let rows = threads::table
                .filter(threads::id.eq_any(ids))
                .select(threads::id);
            let free = rows.for_no_key_update().skip_locked();
            Ok(free.load::<Id>(conn).await?)
        }
    }
}
