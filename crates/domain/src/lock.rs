//! Rows that a verb holds until its transaction ends, always in the order board, thread.
//!
//! SQLite has one writer at a time, so only PostgreSQL locks. A verb locks before it reads its facts, so that
//! they still hold when it writes.

use db::{Conn, Id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::schema::{actors, boards, deliveries, logins, peers, posts, threads};
use crate::{Result, Role, Tx};

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

/// Holds a post as it is, beside others who do so too: whoever changes it.
pub(crate) async fn post(tx: &mut Tx, id: Id) -> Result<()> {
    if let Conn::Postgres(conn) = &mut *tx.conn {
        let row = posts::table.find(id).select(posts::id);
        row.for_share().first::<Id>(conn).await.optional()?;
    }
    Ok(())
}

/// Holds what was decided about a server, beside others who do so too: whoever suspends it.
pub(crate) async fn peer(tx: &mut Tx, host: &str) -> Result<()> {
    if let Conn::Postgres(conn) = &mut *tx.conn {
        let row = peers::table.find(host).select(peers::host);
        row.for_share().first::<String>(conn).await.optional()?;
    }
    Ok(())
}

/// Holds what waits of these activities, oldest first: whoever writes down what became of deliveries.
pub(crate) async fn waiting(tx: &mut Tx, activities: &[Id]) -> Result<()> {
    if let Conn::Postgres(conn) = &mut *tx.conn {
        let rows = deliveries::table
            .filter(deliveries::activity_id.eq_any(activities))
            .filter(deliveries::state.eq("pending"))
            .order(deliveries::id)
            .select(deliveries::id);
        rows.for_no_key_update().load::<Id>(conn).await?;
    }
    Ok(())
}

/// The admins of this node that may act, held: whoever ends being one.
pub(crate) async fn admins(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = logins::table
        .inner_join(actors::table.on(actors::id.eq(logins::account_id)))
        .filter(logins::role.eq(Role::Admin.name()))
        .filter(actors::state.eq(State::Active.name()))
        .order(logins::account_id)
        .select(logins::account_id);
    Ok(match &mut *tx.conn {
        Conn::Sqlite(conn) => rows.load::<Id>(conn).await?,
        Conn::Postgres(conn) => rows.for_no_key_update().load::<Id>(conn).await?,
    })
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
