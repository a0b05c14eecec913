//! Holds both sides of a follow until the transaction ends, so that followers are counted right.
//!
//! SQLite has one writer at a time, so only PostgreSQL locks; a board's row goes before (see `lock`), and the two
//! actors in the order of their ids, so that two who follow each other do not wait for one another.

use db::{Conn, Id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::actors;
use crate::{Result, Tx, lock};

pub(super) async fn both(tx: &mut Tx, follower: Id, target: Id) -> Result<()> {
    lock::board(tx, target).await?;
    if let Conn::Postgres(conn) = &mut *tx.conn {
        actors::table
            .filter(actors::id.eq_any([follower, target]))
            .order(actors::id)
            .select(actors::id)
            .for_no_key_update()
            .load::<Id>(conn)
            .await?;
    }
    Ok(())
}
