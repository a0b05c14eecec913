//! A thread as the database keeps it.

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::threads;
use crate::{Denial, Error, Noun, Result, Tx, lock};

/// A row of `threads`.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = threads)]
pub(crate) struct Row {
    pub(crate) id: Id,
    pub(crate) board_id: Id,
    pub(crate) reply_count: i64,
    pub(crate) media_count: i64,
    pub(crate) likes: i64,
    pub(crate) bumped_at: Timestamp,
    pub(crate) pinned: bool,
    pub(crate) locked: bool,
    pub(crate) hidden: bool,
    pub(crate) withheld: bool,
    pub(crate) revision: i64,
}

/// A thread, hidden or not.
pub(crate) async fn find_any(conn: &mut Conn, id: Id) -> Result<Row> {
    let query = threads::table.find(id);
    let row: Option<Row> =
        run!(conn, c => query.select(Row::as_select()).first(c).await.optional())?;
    row.ok_or(Error::Missing(Noun::Thread))
}

/// A thread that is shown.
pub(crate) async fn find(conn: &mut Conn, id: Id) -> Result<Row> {
    let row = find_any(conn, id).await?;
    if row.withheld {
        return Err(Denial::PeerSuspended.into());
    }
    if row.hidden {
        return Err(Error::Gone(Noun::Thread));
    }
    Ok(row)
}

/// A thread with its board and itself held until the transaction ends.
pub(crate) async fn hold(tx: &mut Tx, id: Id) -> Result<Row> {
    let board = threads::table.find(id).select(threads::board_id);
    let board: Option<Id> = run!(tx.conn, c => board.first(c).await.optional())?;
    let board = board.ok_or(Error::Missing(Noun::Thread))?;
    lock::board(tx, board).await?;
    lock::thread(tx, id).await?;
    find_any(&mut tx.conn, id).await
}

/// Counts a change of what the thread's page shows.
pub(crate) async fn raise(tx: &mut Tx, id: Id) -> Result<()> {
    let raise =
        diesel::update(threads::table.find(id)).set(threads::revision.eq(threads::revision + 1));
    run!(tx.conn, c => raise.execute(c).await)?;
    Ok(())
}
