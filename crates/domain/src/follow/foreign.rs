//! Follows between servers: those that arrive here, and the answers to ours. Called by `federation`.

use db::{Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Kind};
use crate::follow::ask::{count_follower, put, remove};
use crate::follow::{State, find, hold};
use crate::schema::{boards, follows};
use crate::{Error, Event, Noun, Result, Tx, event};

/// Somebody elsewhere follows something of ours: it holds, and is answered each time it is asked, because the answer
/// before may have been lost.
///
/// # Errors
/// `Missing` where the target is nothing of ours that can be followed.
pub async fn arrived(
    tx: &mut Tx,
    follower: Id,
    target: Id,
    uri: &str,
    activity: String,
) -> Result<()> {
    hold::both(tx, follower, target).await?;
    let followed = account::by_id(&mut tx.conn, target).await?;
    let active = followed.state == account::State::Active;
    if !followed.is_local() || followed.kind == Kind::Instance || !active {
        return Err(Error::Missing(Noun::Account));
    }
    let before = find(&mut tx.conn, follower, target).await?;
    let held = before.is_some_and(|follow| follow.state == State::Accepted);
    put(tx, follower, target, State::Accepted, uri).await?;
    if !held {
        count_follower(tx, target, 1).await?;
    }
    let accepted = Event::FollowAccepted {
        follower,
        target,
        activity,
    };
    event::note(tx, &accepted).await
}

/// Somebody elsewhere no longer follows; never having followed is no error.
///
/// # Errors
/// The database refuses.
pub async fn undone(tx: &mut Tx, follower: Id, target: Id) -> Result<()> {
    hold::both(tx, follower, target).await?;
    match find(&mut tx.conn, follower, target).await? {
        Some(follow) => remove(tx, &follow).await,
        None => Ok(()),
    }
}

/// The answer to a follow of ours. One that was never asked changes nothing; a refusal after an acceptance ends it.
///
/// # Errors
/// The database refuses.
pub async fn answered(tx: &mut Tx, follower: Id, target: Id, accepted: bool) -> Result<()> {
    hold::both(tx, follower, target).await?;
    let Some(follow) = find(&mut tx.conn, follower, target).await? else {
        return Ok(());
    };
    let answer = if accepted {
        State::Accepted
    } else {
        State::Rejected
    };
    if follow.state == answer {
        return Ok(());
    }
    let set = diesel::update(follows::table.find((follower, target)))
        .set(follows::state.eq(answer.name()));
    run!(tx.conn, c => set.execute(c).await)?;
    if accepted {
        count_follower(tx, target, 1).await?;
        return want_threads(tx, target).await;
    }
    if follow.state == State::Accepted {
        count_follower(tx, target, -1).await?;
    }
    Ok(())
}

/// Asks for the newest threads of a foreign board, the first time that it is followed from here.
async fn want_threads(tx: &mut Tx, board: Id) -> Result<()> {
    let unread = boards::table
        .find(board)
        .filter(boards::backfilled_at.is_null());
    let wanted: Option<Timestamp> = Some(tx.now);
    let set = diesel::update(unread).set(boards::backfilled_at.eq(wanted));
    if run!(tx.conn, c => set.execute(c).await)? == 0 {
        return Ok(());
    }
    event::note(tx, &Event::BoardWanted { board }).await
}
