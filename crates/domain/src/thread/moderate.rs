//! Moderators lock and pin threads; the public log says so.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::log::{self, Act, Line};
use crate::schema::threads;
use crate::thread::{Row, hold};
use crate::{Caller, Error, Event, Noun, Result, Tx, account, event, limits, post, rate};

/// What is switched.
#[derive(Clone, Copy)]
enum Switch {
    Locked,
    Pinned,
}

/// Locks or opens a thread.
///
/// # Errors
/// `Missing`, `Gone`, or `Denied` where the caller does not moderate the board or is kept out of it.
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

/// [`set_locked`] as the board's server told it or, on a board of this node, a moderator elsewhere in `activity`;
/// answers whether anything changed.
///
/// # Errors
/// `Missing`, or `Denied` where somebody decides on a board of this node who does not moderate it.
pub async fn accept_locked(
    tx: &mut Tx,
    id: Id,
    by: Id,
    value: bool,
    activity: String,
) -> Result<bool> {
    accept(tx, (by, activity), id, Switch::Locked, value).await
}

/// [`set_pinned`] as it was told; see [`accept_locked`].
///
/// # Errors
/// As [`accept_locked`].
pub async fn accept_pinned(
    tx: &mut Tx,
    id: Id,
    by: Id,
    value: bool,
    activity: String,
) -> Result<bool> {
    accept(tx, (by, activity), id, Switch::Pinned, value).await
}

/// An act that is carried out.
struct Deed {
    by: Id,
    /// The document that told of it, where it was not done here.
    activity: Option<String>,
    /// Whether the log has it already.
    logged: bool,
}

async fn accept(
    tx: &mut Tx,
    (by, activity): (Id, String),
    id: Id,
    switch: Switch,
    value: bool,
) -> Result<bool> {
    let row = hold(tx, id).await?;
    let ground = post::ground(&mut tx.conn, row.board_id, by).await?;
    post::may_decide(tx, &ground, by).await?;

    let deed = Deed {
        by,
        activity: Some(activity),
        // What somebody here did on a board elsewhere comes back to us from there.
        logged: !ground.is_local() && account::by_id(&mut tx.conn, by).await?.is_local(),
    };
    apply(tx, &row, deed, switch, value).await
}

async fn set(tx: &mut Tx, caller: &Caller, id: Id, switch: Switch, value: bool) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let row = hold(tx, id).await?;
    let ground = post::ground(&mut tx.conn, row.board_id, caller.id).await?;
    post::may_moderate(tx, &ground.seen_by(caller), caller).await?;
    if row.hidden {
        return Err(Error::Gone(Noun::Thread));
    }

    let deed = Deed {
        by: caller.id,
        activity: None,
        logged: false,
    };
    apply(tx, &row, deed, switch, value).await?;
    Ok(())
}

async fn apply(tx: &mut Tx, row: &Row, deed: Deed, switch: Switch, value: bool) -> Result<bool> {
    let Deed { by, activity, .. } = deed;
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
    if !deed.logged {
        let line = Line::new(by, act, "");
        log::write(tx, line.on(row.board_id).of(row.id)).await?;
    }

    let thread = row.id;
    let event = match switch {
        Switch::Locked => Event::ThreadLocked {
            thread,
            by,
            value,
            activity,
        },
        Switch::Pinned => Event::ThreadPinned {
            thread,
            by,
            value,
            activity,
        },
    };
    event::note(tx, &event).await?;
    Ok(true)
}
