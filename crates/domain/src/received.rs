//! Activities that had their effect here, so that a second copy has none.

use db::{DAY, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::received;
use crate::{Result, Tx, limits};

/// How long they are remembered: longer than any peer goes on trying, in microseconds.
const KEPT: i64 = 30 * DAY;

/// Remembers an activity in the transaction of its effects; `false` where it was here before.
///
/// # Errors
/// The database refuses.
pub async fn note(tx: &mut Tx, uri: &str) -> Result<bool> {
    let row = (received::uri.eq(uri), received::received_at.eq(tx.now.0));
    let insert = diesel::insert_into(received::table)
        .values(row)
        .on_conflict_do_nothing();
    Ok(run!(tx.conn, c => insert.execute(c).await)? == 1)
}

/// Forgets those that are old enough.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<usize> {
    let old = received::table
        .filter(received::received_at.lt(tx.now.plus(-KEPT).0))
        .order(received::received_at)
        .limit(limits::SWEPT)
        .select(received::uri);
    let old: Vec<String> = run!(tx.conn, c => old.load(c).await)?;
    let delete = diesel::delete(received::table.filter(received::uri.eq_any(old)));
    Ok(run!(tx.conn, c => delete.execute(c).await)?)
}

/// Whether an activity had its effect here.
///
/// # Errors
/// The database refuses.
pub async fn is_known(conn: &mut db::Conn, uri: &str) -> Result<bool> {
    let found = diesel::select(diesel::dsl::exists(received::table.find(uri)));
    Ok(run!(conn, c => found.get_result(c).await)?)
}
