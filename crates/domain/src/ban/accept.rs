//! The home of a board elsewhere says whom it banned there. Whoever calls has checked that it is the board that says so.

use db::{Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::ban::{Place, impose};
use crate::rules::post::cut;
use crate::schema::bans;
use crate::{Denial, Result, Tx, limits, lock, post};

/// Keeps a ban from a board elsewhere; answers whether anything changed. One that ended already is none.
///
/// # Errors
/// `Missing` board or account, `Denied` for a board of this node.
pub async fn accept(
    tx: &mut Tx,
    board: Id,
    account: Id,
    by: Id,
    reason: &str,
    until: Option<Timestamp>,
) -> Result<bool> {
    elsewhere(tx, board, by).await?;
    let reason = cut(&markup::plain_text(reason), limits::REASON);
    let over = until.is_some_and(|until| until <= tx.now);
    if over || stands(tx, board, account, &reason, until).await? {
        return Ok(false);
    }

    impose::put(tx, Place::Board(board), account, by, &reason, until).await?;
    Ok(true)
}

/// Ends a ban from a board elsewhere; answers whether there was one.
///
/// # Errors
/// As [`accept`].
pub async fn accept_end(tx: &mut Tx, board: Id, account: Id, by: Id) -> Result<bool> {
    elsewhere(tx, board, by).await?;

    impose::end(tx, Place::Board(board), account, by).await
}

async fn elsewhere(tx: &mut Tx, board: Id, by: Id) -> Result<()> {
    lock::board(tx, board).await?;
    match post::ground(&mut tx.conn, board, by).await?.is_local() {
        true => Err(Denial::NotModerator.into()),
        false => Ok(()),
    }
}

async fn stands(
    tx: &mut Tx,
    board: Id,
    account: Id,
    reason: &str,
    until: Option<Timestamp>,
) -> Result<bool> {
    let known = bans::table
        .filter(bans::account_id.eq(account))
        .filter(bans::board_id.eq(board))
        .select((bans::reason, bans::expires_at));
    let known: Option<(String, Option<Timestamp>)> =
        run!(tx.conn, c => known.first(c).await.optional())?;
    Ok(known.is_some_and(|known| known == (reason.to_owned(), until)))
}
