//! How often somebody may do something: counted in the database, so that several processes count together.
//!
//! A fixed window per limit and person: one row, one statement. What a failed transaction took is given back with it.
//! Called by every verb that people can repeat, with their id, name or network address.

use db::{Conn, DAY, SECOND, Timestamp, run};
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use crate::limits::Rate;
use crate::schema::rates;
use crate::{Error, Result, Site, Tx, limits};

/// Characters of a bucket that are kept: names come from people who are not signed in.
const BUCKET_CHARS: usize = 120;
/// How long a bucket is kept after its window began; longer than any window.
const KEPT: i64 = 2 * DAY;

/// Takes one of the times `who` may do this in the present window.
///
/// # Errors
/// [`Error::Busy`] where none is left.
pub async fn take(tx: &mut Tx, rate: &Rate, who: &str) -> Result<()> {
    if !tx.cx.site.rate_limits {
        return Ok(());
    }
    let start = window(rate, tx.now);
    let row = (
        rates::bucket.eq(bucket(rate, who)),
        rates::window_start.eq(start),
        rates::used.eq(1),
    );
    let same_window = rates::window_start.eq(excluded(rates::window_start));
    let add = diesel::insert_into(rates::table)
        .values(row)
        .on_conflict(rates::bucket)
        .do_update()
        .set((
            rates::used.eq(case_when(same_window, rates::used + 1).otherwise(1_i64)),
            rates::window_start.eq(excluded(rates::window_start)),
        ))
        .returning(rates::used);
    let used: i64 = run!(tx.conn, c => add.get_result(c).await)?;
    within(rate, used, tx.now)
}

/// Whether `who` may still do this, without taking anything.
///
/// # Errors
/// [`Error::Busy`] where none is left.
pub(crate) async fn check(
    conn: &mut Conn,
    site: &Site,
    rate: &Rate,
    who: &str,
    now: Timestamp,
) -> Result<()> {
    if !site.rate_limits {
        return Ok(());
    }
    let used = rates::table
        .find(bucket(rate, who))
        .filter(rates::window_start.eq(window(rate, now)))
        .select(rates::used);
    let used: Option<i64> = run!(conn, c => used.first(c).await.optional())?;
    within(rate, used.unwrap_or(0) + 1, now)
}

/// Removes what no window counts any more; a nightly chore.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<usize> {
    let old = rates::table
        .filter(rates::window_start.lt(tx.now.plus(-KEPT).0))
        .order(rates::window_start)
        .limit(limits::SWEPT)
        .select(rates::bucket);
    let old: Vec<String> = run!(tx.conn, c => old.load(c).await)?;
    let delete = diesel::delete(rates::table.filter(rates::bucket.eq_any(old)));
    Ok(run!(tx.conn, c => delete.execute(c).await)?)
}

fn within(rate: &Rate, used: i64, now: Timestamp) -> Result<()> {
    if used <= rate.count {
        return Ok(());
    }
    let end = window(rate, now) + rate.seconds * SECOND;
    let retry_after = Timestamp(end).since(now).div_euclid(SECOND) + 1;
    Err(Error::Busy { retry_after })
}

fn window(rate: &Rate, now: Timestamp) -> i64 {
    let length = rate.seconds * SECOND;
    now.0.div_euclid(length) * length
}

fn bucket(rate: &Rate, who: &str) -> String {
    let who = who.chars().take(BUCKET_CHARS);
    format!("{}:", rate.name).chars().chain(who).collect()
}
