//! Putting jobs into the queue and taking them out.

use db::{Conn, Error, Id, Timestamp, run};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
use diesel_async::RunQueryDsl;

diesel::table! {
    jobs (id) {
        id -> BigInt,
        queue -> Text,
        lane -> Nullable<Text>,
        payload -> Text,
        run_at -> BigInt,
        attempts -> Integer,
        leased_until -> BigInt,
        state -> SmallInt,
        error -> Nullable<Text>,
        created_at -> BigInt,
    }
}

pub(crate) const WAITING: i16 = 0;
pub(crate) const GIVEN_UP: i16 = 1;
/// Written out, because SQLite uses a partial index only where the statement repeats its condition literally.
pub(crate) const WAITS: &str = "jobs.state = 0";
/// A job's error is kept for people to read, not for machines.
const ERROR_CHARS: usize = 500;

/// A job to be done.
#[derive(Clone, Copy, Debug)]
pub struct NewJob<'a> {
    /// Its id, from `db::ids`.
    pub id: Id,
    /// Which worker it is for.
    pub queue: &'a str,
    /// Jobs of one lane run one after the other, in the order of their ids.
    pub lane: Option<&'a str>,
    /// What the worker needs to know.
    pub payload: &'a str,
    /// Not before this moment.
    pub run_at: Timestamp,
}

/// A job that was claimed.
#[derive(Clone, Debug, QueryableByName)]
pub struct Job {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: Id,
    /// Its lane.
    #[diesel(sql_type = Nullable<Text>)]
    pub lane: Option<String>,
    /// What the worker needs to know.
    #[diesel(sql_type = Text)]
    pub payload: String,
    /// How often it was claimed, this time included.
    #[diesel(sql_type = Integer)]
    pub attempts: i32,
    /// When it was enqueued.
    #[diesel(sql_type = BigInt)]
    pub created_at: Timestamp,
}

/// Adds a job on the caller's transaction.
///
/// # Errors
/// The database refuses.
pub async fn enqueue(conn: &mut Conn, job: NewJob<'_>, now: Timestamp) -> Result<(), Error> {
    let row = (
        jobs::id.eq(job.id),
        jobs::queue.eq(job.queue),
        jobs::lane.eq(job.lane),
        jobs::payload.eq(job.payload),
        jobs::run_at.eq(job.run_at.0),
        jobs::created_at.eq(now.0),
    );
    let insert = diesel::insert_into(jobs::table).values(row);
    run!(conn, c => insert.execute(c).await)?;
    Ok(())
}

/// Removes a job that had its effect, in the transaction of that effect.
///
/// # Errors
/// The database refuses.
pub async fn finish(conn: &mut Conn, id: Id) -> Result<(), Error> {
    let delete = diesel::delete(jobs::table.find(id));
    run!(conn, c => delete.execute(c).await)?;
    Ok(())
}

/// Gives a job back to be run again at `run_at`; its lane waits for it.
///
/// # Errors
/// The database refuses.
pub async fn retry(conn: &mut Conn, id: Id, run_at: Timestamp, why: &str) -> Result<(), Error> {
    let set = diesel::update(jobs::table.find(id)).set((
        jobs::run_at.eq(run_at.0),
        jobs::leased_until.eq(0),
        jobs::error.eq(short(why)),
    ));
    run!(conn, c => set.execute(c).await)?;
    Ok(())
}

/// As [`retry`], but the job leaves its lane, so that those behind it go on.
///
/// # Errors
/// The database refuses.
pub async fn park(conn: &mut Conn, id: Id, run_at: Timestamp, why: &str) -> Result<(), Error> {
    retry(conn, id, run_at, why).await?;
    let leave = diesel::update(jobs::table.find(id)).set(jobs::lane.eq(None::<String>));
    run!(conn, c => leave.execute(c).await)?;
    Ok(())
}

/// Frees all claimed jobs: whoever claimed them is known to be gone.
///
/// # Errors
/// The database refuses.
pub async fn free(conn: &mut Conn) -> Result<(), Error> {
    let claimed = jobs::table.filter(jobs::leased_until.gt(0).and(jobs::state.eq(WAITING)));
    let set = diesel::update(claimed).set(jobs::leased_until.eq(0));
    run!(conn, c => set.execute(c).await)?;
    Ok(())
}

/// Keeps a job that cannot succeed for a person to look at; its lane goes on.
///
/// # Errors
/// The database refuses.
pub async fn give_up(conn: &mut Conn, id: Id, why: &str) -> Result<(), Error> {
    let set = diesel::update(jobs::table.find(id))
        .set((jobs::state.eq(GIVEN_UP), jobs::error.eq(short(why))));
    run!(conn, c => set.execute(c).await)?;
    Ok(())
}

/// How many jobs of `queue` wait, now or later.
///
/// # Errors
/// The database refuses.
pub async fn waiting(conn: &mut Conn, queue: &str) -> Result<i64, Error> {
    let count = jobs::table
        .filter(jobs::queue.eq(queue).and(sql::<Bool>(WAITS)))
        .count();
    Ok(run!(conn, c => count.get_result(c).await)?)
}

/// When the next job of `queue` may run; `None` where none waits.
///
/// # Errors
/// The database refuses.
pub async fn next_due(conn: &mut Conn, queue: &str) -> Result<Option<Timestamp>, Error> {
    let first = jobs::table
        .filter(jobs::queue.eq(queue).and(sql::<Bool>(WAITS)))
        .order((jobs::run_at, jobs::id))
        .select(jobs::run_at);
    let at: Option<i64> = run!(conn, c => first.first(c).await.optional())?;
    Ok(at.map(Timestamp))
}

fn short(text: &str) -> String {
    text.chars().take(ERROR_CHARS).collect()
}
