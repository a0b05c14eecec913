//! Sessions that are used, and sessions that end.

use db::{HOUR, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::sessions;
use crate::session::{Session, token};
use crate::{Caller, Error, Noun, Result, Tx, limits};

/// Notes that a session was used and prolongs it; at most hourly, so that reading does not write.
///
/// # Errors
/// The database refuses.
pub async fn touch(tx: &mut Tx, session: &Session) -> Result<()> {
    let stale = sessions::table
        .filter(sessions::id.eq(session.id))
        .filter(sessions::used_at.le(tx.now.plus(-HOUR)));
    let set = diesel::update(stale).set((
        sessions::used_at.eq(tx.now),
        sessions::expires_at.eq(tx.now.plus(session.kind.life())),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

/// Ends one of the caller's sessions.
///
/// # Errors
/// `Missing` where it is none of theirs.
pub async fn close(tx: &mut Tx, caller: &Caller, session: Id) -> Result<()> {
    let theirs = sessions::table
        .filter(sessions::id.eq(session))
        .filter(sessions::account_id.eq(caller.id));
    let delete = diesel::delete(theirs);
    if run!(tx.conn, c => delete.execute(c).await)? == 0 {
        return Err(Error::Missing(Noun::Session));
    }
    Ok(())
}

/// Ends all of the caller's sessions but this one.
///
/// # Errors
/// The database refuses.
pub async fn close_others(tx: &mut Tx, caller: &Caller, keep: Id) -> Result<()> {
    let others = sessions::table
        .filter(sessions::account_id.eq(caller.id))
        .filter(sessions::id.ne(keep));
    let delete = diesel::delete(others);
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

/// Ends the session of this token; none is no error.
///
/// # Errors
/// The database refuses.
pub async fn close_token(tx: &mut Tx, token: &str) -> Result<()> {
    let delete = diesel::delete(sessions::table.find(token::hash(token)));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

/// Removes expired sessions; a nightly chore.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<usize> {
    let old = sessions::table
        .filter(sessions::expires_at.le(tx.now))
        .order(sessions::expires_at)
        .limit(limits::SWEPT)
        .select(sessions::token_hash);
    let old: Vec<String> = run!(tx.conn, c => old.load(c).await)?;
    let delete = diesel::delete(sessions::table.filter(sessions::token_hash.eq_any(old)));
    Ok(run!(tx.conn, c => delete.execute(c).await)?)
}
