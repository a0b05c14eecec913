//! Somebody of this node follows, or no longer follows.

use db::{Id, run};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account, Kind};
use crate::follow::{Follow, State, find, hold};
use crate::schema::{actors, follows};
use crate::{Caller, Denial, Error, Event, Noun, Result, Tx, event, limits, rate};

/// The caller follows a board or account. Repeated it changes nothing, unless it was refused: then it is asked again.
///
/// # Errors
/// `Missing` or `Gone` for what cannot be followed, `Invalid` for oneself and where the caller follows too many,
/// `Busy`.
pub async fn set(tx: &mut Tx, caller: &Caller, target: Id) -> Result<State> {
    hold::both(tx, caller.id, target).await?;
    let followed = account::by_id(&mut tx.conn, target).await?;
    check(caller, &followed)?;
    let before = find(&mut tx.conn, caller.id, target).await?;
    if let Some(Follow { state, .. }) = before
        && state != State::Rejected
    {
        return Ok(state);
    }
    rate::take(tx, &limits::RATE_FOLLOWS, &caller.id.to_string()).await?;
    if before.is_none() {
        check_room(tx, caller).await?;
    }

    let state = if followed.is_local() {
        State::Accepted
    } else {
        State::Pending
    };
    let uri = format!("{}/activities/{}", tx.cx.site.origin, tx.id());
    put(tx, caller.id, target, state, &uri).await?;
    if state == State::Accepted {
        count_follower(tx, target, 1).await?;
        return Ok(state);
    }
    let follower = caller.id;
    event::note(tx, &Event::FollowRequested { follower, target }).await?;
    Ok(state)
}

/// The caller no longer follows it; not following it before is no error.
///
/// # Errors
/// The database refuses.
pub async fn end(tx: &mut Tx, caller: &Caller, target: Id) -> Result<()> {
    hold::both(tx, caller.id, target).await?;
    let Some(follow) = find(&mut tx.conn, caller.id, target).await? else {
        return Ok(());
    };
    let followed = account::by_id(&mut tx.conn, target).await?;
    remove(tx, &follow).await?;
    if followed.is_local() || follow.state == State::Rejected {
        return Ok(());
    }
    let ended = Event::FollowEnded {
        follower: caller.id,
        target,
        uri: follow.uri,
    };
    event::note(tx, &ended).await
}

fn check(caller: &Caller, followed: &Account) -> Result<()> {
    let noun = match followed.kind {
        Kind::Board => Noun::Board,
        Kind::Person => Noun::Account,
        Kind::Instance => return Err(Error::Missing(Noun::Account)),
    };
    match followed.state {
        account::State::Deleted => return Err(Error::Gone(noun)),
        account::State::Withheld => return Err(Denial::PeerSuspended.into()),
        account::State::Active | account::State::Suspended => {}
    }
    if followed.id == caller.id {
        let detail = "One cannot follow oneself.";
        return Err(Error::invalid("name", "oneself", detail));
    }
    Ok(())
}

/// Whether the caller may follow one more; what was refused counts too, until it is given up.
async fn check_room(tx: &mut Tx, caller: &Caller) -> Result<()> {
    let followed = follows::table
        .filter(follows::follower_id.eq(caller.id))
        .count();
    let followed: i64 = run!(tx.conn, c => followed.get_result(c).await)?;
    if followed >= limits::FOLLOWS {
        let most = limits::FOLLOWS;
        let detail = format!("Up to {most} boards and accounts may be followed.");
        return Err(Error::invalid("name", "too_many", detail));
    }
    Ok(())
}

/// Writes a follow, new or changed.
pub(super) async fn put(
    tx: &mut Tx,
    follower: Id,
    target: Id,
    state: State,
    uri: &str,
) -> Result<()> {
    let row = (
        follows::follower_id.eq(follower),
        follows::target_id.eq(target),
        follows::state.eq(state.name()),
        follows::uri.eq(uri),
        follows::created_at.eq(tx.now),
    );
    let put = diesel::insert_into(follows::table)
        .values(row)
        .on_conflict((follows::follower_id, follows::target_id))
        .do_update()
        .set((
            follows::state.eq(excluded(follows::state)),
            follows::uri.eq(excluded(follows::uri)),
            follows::created_at.eq(excluded(follows::created_at)),
        ));
    run!(tx.conn, c => put.execute(c).await)?;
    Ok(())
}

/// Removes a follow, and its target's follower where it held.
pub(super) async fn remove(tx: &mut Tx, follow: &Follow) -> Result<()> {
    let delete = diesel::delete(follows::table.find((follow.follower, follow.target)));
    let removed = run!(tx.conn, c => delete.execute(c).await)?;
    if removed > 0 && follow.state == State::Accepted {
        count_follower(tx, follow.target, -1).await?;
    }
    Ok(())
}

/// Adds to the number of followers that is shown.
pub(super) async fn count_follower(tx: &mut Tx, target: Id, change: i64) -> Result<()> {
    let set = diesel::update(actors::table.find(target))
        .set(actors::follower_count.eq(actors::follower_count + change));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}
