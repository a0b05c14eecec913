//! Whether somebody is kept out: asked by everything that writes, and by everything that moderates.

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::rules::ban::{Imposed, admit};
use crate::schema::{actors, bans};
use crate::{Caller, Denial, Result, Tx, handle, post};

/// Nothing where somebody of this node may act on this board, or at all where no board is given.
///
/// # Errors
/// `Denied` where they are suspended, or with the ban.
pub(crate) async fn may_act(tx: &mut Tx, caller: &Caller, board: Option<Id>) -> Result<()> {
    if post::is_suspended(&mut tx.conn, caller.id).await? != Some(false) {
        return Err(Denial::Suspended.into());
    }
    check(&mut tx.conn, caller.id, board, tx.now).await
}

/// Nothing where the account may write on this board, or at all where no board is given.
///
/// # Errors
/// `Denied` with the ban.
pub(crate) async fn check(
    conn: &mut Conn,
    account: Id,
    board: Option<Id>,
    now: Timestamp,
) -> Result<()> {
    let here = bans::board_id
        .is_null()
        .or(bans::board_id.eq(board).assume_not_null());
    let imposed = bans::table
        .left_join(actors::table.on(actors::id.nullable().eq(bans::board_id)))
        .filter(bans::account_id.eq(account))
        .filter(here)
        .select((
            bans::reason,
            bans::expires_at,
            (actors::name, actors::host).nullable(),
        ));
    type Found = (String, Option<Timestamp>, Option<(String, String)>);
    let found: Vec<Found> = run!(conn, c => imposed.load(c).await)?;
    let imposed = found.into_iter().map(|(reason, until, board)| Imposed {
        board: board.map(|(name, host)| handle::acct(&name, &host)),
        reason,
        until,
    });
    Ok(admit(imposed.collect(), now)?)
}
