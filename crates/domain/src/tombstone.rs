//! Ids that are gone: deleted objects and undone activities, also of those we never saw.
//!
//! A `Create` that comes after its `Delete`, or a `Like` after its `Undo`, must have no effect. They are
//! remembered for twice the time a peer goes on trying.

use db::{Conn, DAY, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::tombstones;
use crate::{Result, Tx, limits};

/// How long they are remembered, in microseconds.
const KEPT: i64 = 30 * DAY;

/// Remembers that `uri` is gone.
///
/// # Errors
/// The database refuses.
pub async fn bury(tx: &mut Tx, uri: &str) -> Result<()> {
    let row = (tombstones::uri.eq(uri), tombstones::deleted_at.eq(tx.now.0));
    let insert = diesel::insert_into(tombstones::table)
        .values(row)
        .on_conflict_do_nothing();
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}

/// Whether `uri` is known to be gone.
///
/// # Errors
/// The database refuses.
pub async fn is_buried(conn: &mut Conn, uri: &str) -> Result<bool> {
    let found = diesel::select(diesel::dsl::exists(tombstones::table.find(uri)));
    Ok(run!(conn, c => found.get_result(c).await)?)
}

/// Forgets those that are old enough.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<usize> {
    let old = tombstones::table
        .filter(tombstones::deleted_at.lt(tx.now.plus(-KEPT).0))
        .order(tombstones::deleted_at)
        .limit(limits::SWEPT)
        .select(tombstones::uri);
    let old: Vec<String> = run!(tx.conn, c => old.load(c).await)?;
    let delete = diesel::delete(tombstones::table.filter(tombstones::uri.eq_any(old)));
    Ok(run!(tx.conn, c => delete.execute(c).await)?)
}
