//! Moderators lock and pin threads; the public log says so.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::log::{self, Act, Line};
use crate::schema::threads;
use crate::thread::{Row, hold};
use crate::{Caller, Denial, Error, Event, Noun, Result, Tx, event, limits, post, rate};

/// What is switched.
#[derive(Clone, Copy)]
enum Switch {
    Locked,
    Pinned,
}

/// Locks or opens a thread.
///
/// # Errors
/// `Missing`, `Gone`, or `Denied` where the caller does not moderate the board.
pub async fn set_locked(tx: &mut Tx, caller: &Caller, id: Id, value: bool) -> Result<()> {
    set(tx, caller, id, Switch::Locked, value).await
}

/// Pins or unpins a thread.
///
/// # Errors
/// As [`set_locked`].
pub async fn set_pinned(tx: &mut Tx, caller: &Caller, id: Id, value: bool) -> Result<()> {
    set(tx, caller, id, Switch::Pinned, value).await
}

/// [`set_locked`] as the board's server told it; answers whether anything changed.
///
/// # Errors
/// `Missing`.
pub async fn accept_locked(tx: &mut Tx, id: Id, by: Id, value: bool) -> Result<bool> {
    let row = hold(tx, id).await?;
    apply(tx, &row, by, Switch::Locked, value).await
}

/// [`set_pinned`] as the board's server told it; answers whether anything changed.
///
/// # Errors
/// `Missing`.
pub async fn accept_pinned(tx: &mut Tx, id: Id, by: Id, value: bool) -> Result<bool> {
    let row = hold(tx, id).await?;
    apply(tx, &row, by, Switch::Pinned, value).await
}

async fn set(tx: &mut Tx, caller: &Caller, id: Id, switch: Switch, value: bool) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let row = hold(tx, id).await?;
    let ground = post::ground(&mut tx.conn, row.board_id, caller.id).await?;
    if !ground.seen_by(caller).moderates {
        return Err(Denial::NotModerator.into());
    }
    if row.hidden {
        return Err(Error::Gone(Noun::Thread));
    }

    apply(tx, &row, caller.id, switch, value).await?;
    Ok(())
}

async fn apply(tx: &mut Tx, row: &Row, by: Id, switch: Switch, value: bool) -> Result<bool> {
    let (locked, pinned, act) = match switch {
        Switch::Locked => (
            value,
            row.pinned,
            if value { Act::Lock } else { Act::Unlock },
        ),
        Switch::Pinned => (row.locked, value, if value { Act::Pin } else { Act::Unpin }),
    };
    if (locked, pinned) == (row.locked, row.pinned) {
        return Ok(false);
    }

    let update = diesel::update(threads::table.find(row.id)).set((
        threads::locked.eq(locked),
        threads::pinned.eq(pinned),
        threads::revision.eq(threads::revision + 1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    let line = Line::new(by, act, "");
    log::write(tx, line.on(row.board_id).of(row.id)).await?;

    let thread = row.id;
    let event = match switch {
        Switch::Locked => Event::ThreadLocked { thread, by, value },
        Switch::Pinned => Event::ThreadPinned { thread, by, value },
    };
    event::note(tx, &event).await?;
    Ok(true)
}
