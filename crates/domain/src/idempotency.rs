//! Keys that make a repeated request answer as the first one did.
//!
//! A key lives 24 hours and belongs to one account and one request; it is kept in the transaction of what it stands
//! for, so it exists exactly if that was done.

use db::{DAY, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::idempotency;
use crate::{Caller, Clash, Error, Result, Tx, limits};

/// How long a key is remembered.
const KEPT: i64 = DAY;

/// What the same request led to within the last 24 hours; ask before doing it.
///
/// # Errors
/// `Invalid` on `idempotency_key` for a bad key, or one that was used for another request.
pub async fn find(
    tx: &mut Tx,
    caller: &Caller,
    key: &str,
    request_hash: &str,
) -> Result<Option<Id>> {
    let length = key.chars().count();
    if length == 0 || length > limits::IDEMPOTENCY_KEY || key.contains('\0') {
        let detail = format!(
            "An idempotency key has 1 to {} characters.",
            limits::IDEMPOTENCY_KEY
        );
        return Err(Error::invalid("idempotency_key", "bad_key", detail));
    }
    let query = idempotency::table
        .find((caller.id, key))
        .filter(idempotency::created_at.gt(tx.now.plus(-KEPT).0))
        .select((idempotency::request_hash, idempotency::result_id));
    let found: Option<(String, Id)> = run!(tx.conn, c => query.first(c).await.optional())?;
    match found {
        Some((hash, _)) if hash != request_hash => {
            let detail = "This idempotency key was used for another request; make a new one.";
            Err(Error::invalid("idempotency_key", "key_reused", detail))
        }
        found => Ok(found.map(|(_, id)| id)),
    }
}

/// Remembers what a request led to, in its transaction.
///
/// # Errors
/// `Conflict` where the same request was done at the same time.
pub async fn keep(
    tx: &mut Tx,
    caller: &Caller,
    key: &str,
    request_hash: &str,
    result: Id,
) -> Result<()> {
    let old = idempotency::table
        .find((caller.id, key))
        .filter(idempotency::created_at.le(tx.now.plus(-KEPT).0));
    let forget = diesel::delete(old);
    run!(tx.conn, c => forget.execute(c).await)?;
    let row = (
        idempotency::account_id.eq(caller.id),
        idempotency::key.eq(key),
        idempotency::request_hash.eq(request_hash),
        idempotency::result_id.eq(result),
        idempotency::created_at.eq(tx.now.0),
    );
    let insert = diesel::insert_into(idempotency::table)
        .values(row)
        .on_conflict_do_nothing();
    match run!(tx.conn, c => insert.execute(c).await)? {
        1 => Ok(()),
        _ => Err(Error::Conflict(Clash::StillRunning)),
    }
}

/// Forgets keys older than 24 hours.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<usize> {
    let before = tx.now.plus(-KEPT).0;
    let old = idempotency::table
        .filter(idempotency::created_at.le(before))
        .order(idempotency::created_at)
        .limit(limits::SWEPT)
        .select(idempotency::created_at);
    let old: Vec<i64> = run!(tx.conn, c => old.load(c).await)?;
    // Those of the same microsecond go along.
    let Some(last) = old.last() else {
        return Ok(0);
    };
    let delete = diesel::delete(idempotency::table.filter(idempotency::created_at.le(*last)));
    Ok(run!(tx.conn, c => delete.execute(c).await)?)
}
