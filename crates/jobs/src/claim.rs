//! Claiming jobs: the one statement where the engines differ. PostgreSQL passes over rows that another
//! process is claiming; SQLite has one writer and needs no such thing.

use db::{Conn, Engine, Error, Timestamp, run};
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::Job;

/// Takes up to `limit` jobs of `queue` that are due, at most the first of each lane, and keeps others from
/// taking them for `lease` microseconds. To be called inside a transaction.
///
/// # Errors
/// The database refuses.
#[allow(
    clippy::disallowed_methods,
    reason = "passing over locked rows differs between the engines"
)]
pub async fn claim(
    conn: &mut Conn,
    queue: &str,
    now: Timestamp,
    lease: i64,
    limit: i64,
) -> Result<Vec<Job>, Error> {
    let skip = match conn.engine() {
        Engine::Postgres => "FOR UPDATE SKIP LOCKED",
        Engine::Sqlite => "",
    };
    let sql = format!(
        "UPDATE jobs SET leased_until = $1, attempts = attempts + 1 WHERE id IN (\
           SELECT j.id FROM jobs j WHERE j.state = 0 AND j.queue = $2 AND j.run_at <= $3 \
             AND j.leased_until <= $3 AND (j.lane IS NULL OR NOT EXISTS (\
               SELECT 1 FROM jobs e WHERE e.state = 0 AND e.queue = $2 AND e.lane = j.lane AND e.id < j.id)) \
           ORDER BY j.run_at, j.id LIMIT $4 {skip}) \
         RETURNING id, lane, payload, attempts, created_at"
    );
    let query = sql_query(sql)
        .bind::<BigInt, _>(now.plus(lease))
        .bind::<Text, _>(queue)
        .bind::<BigInt, _>(now)
        .bind::<BigInt, _>(limit);
    let mut claimed: Vec<Job> = run!(conn, c => query.load(c).await)?;
    claimed.sort_by_key(|job| job.id);
    Ok(claimed)
}

/// Takes the job that is first in `lane` now, if it is due and nobody has it: what a worker that just finished one of
/// the lane goes on with, without looking at what else waits. To be called inside a transaction.
///
/// # Errors
/// The database refuses.
#[allow(
    clippy::disallowed_methods,
    reason = "stands beside the claim it continues"
)]
pub async fn claim_next(
    conn: &mut Conn,
    queue: &str,
    lane: &str,
    now: Timestamp,
    lease: i64,
) -> Result<Option<Job>, Error> {
    let query = sql_query(
        "UPDATE jobs SET leased_until = $1, attempts = attempts + 1 \
         WHERE run_at <= $2 AND leased_until <= $2 AND id = (\
           SELECT id FROM jobs WHERE state = 0 AND queue = $3 AND lane = $4 ORDER BY id LIMIT 1) \
         RETURNING id, lane, payload, attempts, created_at",
    )
    .bind::<BigInt, _>(now.plus(lease))
    .bind::<BigInt, _>(now)
    .bind::<Text, _>(queue)
    .bind::<Text, _>(lane);
    let claimed: Vec<Job> = run!(conn, c => query.load(c).await)?;
    Ok(claimed.into_iter().next())
}
