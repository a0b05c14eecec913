//! Moderators ban an account and take a ban back; the public log says so.

use db::{Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Kind};
use crate::ban::{Draft, Place, office};
use crate::log::{self, Act, Line};
use crate::schema::bans;
use crate::{Caller, Error, Event, Noun, Result, Tx, ban, event, limits, lock, rate, rules};

/// Bans an account, here or elsewhere, from a board of this node or from all of it. An earlier ban from the same
/// place is replaced. Moderators of the board may ban from it; moderators and admins of the node from everywhere.
///
/// # Errors
/// `Missing` account or board; `Denied` where the caller may not or is kept out of there, or the account has an office
/// there itself; `Invalid` on `reason` and `until`; `Busy`.
pub async fn impose(
    tx: &mut Tx,
    caller: &Caller,
    place: Place,
    account: Id,
    draft: Draft,
) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    hold(tx, place).await?;
    known(tx, account).await?;
    office::allow(&mut tx.conn, caller, place, account).await?;
    ban::may_act(tx, caller, place.board()).await?;
    Error::from_faults(rules::ban::faults(&draft.reason, draft.until, tx.now))?;
    let reason = markup::plain_text(&draft.reason);

    put(tx, place, account, caller.id, &reason, draft.until).await
}

/// Lifts a ban before its end. Whoever may ban from there may lift any ban from there.
///
/// # Errors
/// `Missing` where there is none; `Denied`; `Busy`.
pub async fn lift(tx: &mut Tx, caller: &Caller, place: Place, account: Id) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    hold(tx, place).await?;
    ban::may_impose(&mut tx.conn, caller, place).await?;
    ban::may_act(tx, caller, place.board()).await?;

    match end(tx, place, account, caller.id).await? {
        true => Ok(()),
        false => Err(Error::Missing(Noun::Ban)),
    }
}

/// Writes a ban in place of an earlier one, its line in the log and its event.
pub(super) async fn put(
    tx: &mut Tx,
    place: Place,
    account: Id,
    by: Id,
    reason: &str,
    until: Option<Timestamp>,
) -> Result<()> {
    remove(tx, place, account).await?;
    let row = (
        bans::id.eq(tx.id()),
        bans::account_id.eq(account),
        bans::board_id.eq(place.board()),
        bans::by_id.eq(by),
        bans::reason.eq(reason),
        bans::expires_at.eq(until),
    );
    let insert = diesel::insert_into(bans::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    let line = Line {
        board: place.board(),
        until,
        ..Line::new(by, Act::Ban, reason).concerning(account)
    };
    log::write(tx, line).await?;

    note(tx, place, account, by, true).await
}

/// Ends a ban with its line in the log and its event; answers whether there was one.
pub(super) async fn end(tx: &mut Tx, place: Place, account: Id, by: Id) -> Result<bool> {
    if !remove(tx, place, account).await? {
        return Ok(false);
    }
    let line = Line {
        board: place.board(),
        ..Line::new(by, Act::Unban, "").concerning(account)
    };
    log::write(tx, line).await?;

    note(tx, place, account, by, false).await?;
    Ok(true)
}

/// Other servers hear of bans from boards; those from the node are nobody else's business.
async fn note(tx: &mut Tx, place: Place, account: Id, by: Id, value: bool) -> Result<()> {
    let Place::Board(board) = place else {
        return Ok(());
    };
    let event = Event::BanChanged {
        board,
        account,
        by,
        value,
    };
    event::note(tx, &event).await
}

async fn remove(tx: &mut Tx, place: Place, account: Id) -> Result<bool> {
    let theirs = bans::table.filter(bans::account_id.eq(account));
    let removed = match place.board() {
        Some(board) => {
            let delete = diesel::delete(theirs.filter(bans::board_id.eq(board)));
            run!(tx.conn, c => delete.execute(c).await)?
        }
        None => {
            let delete = diesel::delete(theirs.filter(bans::board_id.is_null()));
            run!(tx.conn, c => delete.execute(c).await)?
        }
    };
    Ok(removed > 0)
}

async fn hold(tx: &mut Tx, place: Place) -> Result<()> {
    match place {
        Place::Board(board) => lock::board(tx, board).await,
        Place::Node => Ok(()),
    }
}

async fn known(tx: &mut Tx, account: Id) -> Result<()> {
    match account::by_id(&mut tx.conn, account).await?.kind {
        Kind::Person => Ok(()),
        Kind::Board | Kind::Instance => Err(Error::Missing(Noun::Account)),
    }
}
