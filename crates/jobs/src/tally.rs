//! How much waits, for people and monitors.

use std::collections::BTreeMap;

use db::{Conn, Error, Timestamp, run};
use diesel::dsl::{count_star, min, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::queue::{GIVEN_UP, WAITS, jobs};

/// The state of one queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Its name.
    pub queue: String,
    /// Jobs that wait, now or later.
    pub waiting: i64,
    /// Of these, jobs that could run now, claimed ones included.
    pub due: i64,
    /// Since when the oldest of those could run.
    pub due_since: Option<Timestamp>,
    /// Jobs kept for a person to look at.
    pub given_up: i64,
}

/// Every queue that has a job, by name.
///
/// # Errors
/// The database refuses.
pub async fn tally(conn: &mut Conn, now: Timestamp) -> Result<Vec<Tally>, Error> {
    let mut found: BTreeMap<String, Tally> = BTreeMap::new();
    let all = jobs::table.group_by((jobs::queue, jobs::state)).select((
        jobs::queue,
        jobs::state,
        count_star(),
    ));
    let all: Vec<(String, i16, i64)> = run!(conn, c => all.load(c).await)?;
    for (queue, state, count) in all {
        let tally = found.entry(queue).or_default();
        match state {
            GIVEN_UP => tally.given_up = count,
            _ => tally.waiting += count,
        }
    }
    let due = jobs::table
        .filter(sql::<Bool>(WAITS).and(jobs::run_at.le(now.0)))
        .group_by(jobs::queue)
        .select((jobs::queue, count_star(), min(jobs::run_at)));
    let due: Vec<(String, i64, Option<i64>)> = run!(conn, c => due.load(c).await)?;
    for (queue, count, since) in due {
        let tally = found.entry(queue).or_default();
        tally.due = count;
        tally.due_since = since.map(Timestamp);
    }
    let named = found
        .into_iter()
        .map(|(queue, tally)| Tally { queue, ..tally });
    Ok(named.collect())
}
