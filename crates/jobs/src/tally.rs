//! How much waits, for monitors: what the queues hold, and how much of it could run now.

use std::collections::HashMap;

use db::{Conn, Error, Timestamp, run};
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::look::{Queue, queues};
use crate::queue::{WAITS, jobs};

/// The state of one queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What it holds.
    pub queue: Queue,
    /// Of those that wait, jobs that could run now, claimed ones included.
    pub due: i64,
    /// Since when the oldest of those could run.
    pub due_since: Option<Timestamp>,
}

/// Every queue that has a job, by name.
///
/// # Errors
/// The database refuses.
pub async fn tally(conn: &mut Conn, now: Timestamp) -> Result<Vec<Tally>, Error> {
    let queues = queues(conn).await?;
    let due = jobs::table
        .filter(sql::<Bool>(WAITS).and(jobs::run_at.le(now.0)))
        .group_by(jobs::queue)
        .select((jobs::queue, count_star()));
    let due: Vec<(String, i64)> = run!(conn, c => due.load(c).await)?;
    let due: HashMap<String, i64> = due.into_iter().collect();
    let tally = |queue: Queue| Tally {
        due: due.get(&queue.name).copied().unwrap_or_default(),
        due_since: queue.next_at.filter(|at| *at <= now),
        queue,
    };
    Ok(queues.into_iter().map(tally).collect())
}
