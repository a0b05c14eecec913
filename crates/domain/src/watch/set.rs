//! Beginning to watch, stopping, and reading on.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::{posts, watches};
use crate::{Caller, Error, Noun, Result, Tx, limits, preference, rate, thread};

/// The caller watches a thread; what is in it counts as read. Repeated it changes nothing.
///
/// # Errors
/// `Missing` or `Gone` thread, `Busy`.
pub async fn set(tx: &mut Tx, caller: &Caller, thread: Id) -> Result<()> {
    rate::take(tx, &limits::RATE_PREFERENCES, &caller.id.to_string()).await?;
    thread::find(&mut tx.conn, thread).await?;

    let now = tx.id();
    let row = (
        watches::account_id.eq(caller.id),
        watches::thread_id.eq(thread),
        watches::seen_id.eq(now),
        watches::created_at.eq(tx.now),
    );
    let insert = diesel::insert_into(watches::table)
        .values(row)
        .on_conflict_do_nothing();
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}

/// The caller no longer watches it; not having watched it is no error.
///
/// # Errors
/// `Busy`.
pub async fn end(tx: &mut Tx, caller: &Caller, thread: Id) -> Result<()> {
    rate::take(tx, &limits::RATE_PREFERENCES, &caller.id.to_string()).await?;

    let delete = diesel::delete(watches::table.find((caller.id, thread)));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

/// The caller has read a watched thread up to this post. Never goes back; of a thread that is not watched nothing is kept.
///
/// # Errors
/// `Invalid` on `seen` where the post is not in the thread, `Busy`.
pub async fn read(tx: &mut Tx, caller: &Caller, thread: Id, post: Id) -> Result<()> {
    rate::take(tx, &limits::RATE_PREFERENCES, &caller.id.to_string()).await?;
    let found = posts::table.find(post).select(posts::thread_id);
    let found: Option<Id> = run!(tx.conn, c => found.first(c).await.optional())?;

    if found != Some(thread) {
        let detail = "What was read must be a post of this thread.";
        return Err(Error::invalid("seen", "not_in_thread", detail));
    }

    advance(tx, caller.id, thread, post).await
}

/// The caller has read all of a watched thread.
///
/// # Errors
/// `Missing` where it is not watched, `Busy`.
pub async fn read_thread(tx: &mut Tx, caller: &Caller, thread: Id) -> Result<()> {
    rate::take(tx, &limits::RATE_PREFERENCES, &caller.id.to_string()).await?;

    let now = tx.id();
    let update = diesel::update(watches::table.find((caller.id, thread)));
    let update = update.set(watches::seen_id.eq(now));
    if run!(tx.conn, c => update.execute(c).await)? == 0 {
        return Err(Error::Missing(Noun::Thread));
    }
    Ok(())
}

/// The caller has read everything they watch.
///
/// # Errors
/// `Busy`.
pub async fn read_all(tx: &mut Tx, caller: &Caller) -> Result<()> {
    rate::take(tx, &limits::RATE_PREFERENCES, &caller.id.to_string()).await?;

    let now = tx.id();
    let theirs = watches::table.filter(watches::account_id.eq(caller.id));
    let update = diesel::update(theirs).set(watches::seen_id.eq(now));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

/// Somebody wrote in a thread: they have read it until there, and watch it from now on unless they do not want to.
pub(crate) async fn took_part(tx: &mut Tx, account: Id, thread: Id, post: Id) -> Result<()> {
    if !preference::auto_watch(&mut tx.conn, account).await? {
        return advance(tx, account, thread, post).await;
    }
    let row = (
        watches::account_id.eq(account),
        watches::thread_id.eq(thread),
        watches::seen_id.eq(post),
        watches::created_at.eq(tx.now),
    );
    let put = diesel::insert_into(watches::table)
        .values(row)
        .on_conflict((watches::account_id, watches::thread_id))
        .do_update()
        .set(watches::seen_id.eq(post));
    run!(tx.conn, c => put.execute(c).await)?;
    Ok(())
}

async fn advance(tx: &mut Tx, account: Id, thread: Id, post: Id) -> Result<()> {
    let behind = watches::table
        .find((account, thread))
        .filter(watches::seen_id.lt(post));
    let update = diesel::update(behind).set(watches::seen_id.eq(post));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}
