//! Which id a post gets: one that sorts by the time it was written.

use db::{Id, Timestamp, ids, run};
use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::posts;
use crate::{Result, Tx};

/// One millisecond: what ids tell apart.
const MILLISECOND: i64 = 1_000;

/// An id for something written at `moment` in this thread, or that opens one. It comes after the thread's opening post,
/// whatever the clocks of servers say.
///
/// What was written elsewhere and earlier falls into a millisecond whose ids may have been given already, by this process or
/// one before it, and all that was written before ids begin falls into the first: then it goes on to later ones, in wider
/// and wider steps.
///
/// # Errors
/// The database refuses.
pub(crate) async fn choose(tx: &mut Tx, moment: Timestamp, thread: Option<Id>) -> Result<Id> {
    if moment >= tx.now {
        let id = tx.id();
        if thread.is_none_or(|first| id > first) {
            return Ok(id);
        }
    }
    let after = thread.map(|first| ids::moment(first).plus(MILLISECOND));
    let mut moment = after.map_or(moment, |after| moment.max(after));
    let mut step = MILLISECOND;
    loop {
        let id = tx.cx.ids.at(moment);
        if !is_taken(tx, id).await? {
            return Ok(id);
        }
        moment = ids::moment(id).plus(step);
        step = step.saturating_mul(2);
    }
}

async fn is_taken(tx: &mut Tx, id: Id) -> Result<bool> {
    let there = select(exists(posts::table.filter(posts::id.eq(id))));
    Ok(run!(tx.conn, c => there.get_result(c).await)?)
}
