//! The work that waits or was given up, for admins to look at and set right.
//!
//! What a job means is its worker's business; here it is a queue's name, a text and an error.

use db::{Conn, Id, Timestamp};

use crate::audit::{self, Act};
use crate::page::{Page, Slice, Span};
use crate::rules::reason::Readers;
use crate::{Caller, Clash, Denial, Error, Noun, Result, Role, Tx, rules};

pub use jobs::{Listed as Job, Queue};

/// How full each queue is that holds anything, by name.
///
/// # Errors
/// The database refuses.
pub async fn queues(conn: &mut Conn) -> Result<Vec<Queue>> {
    Ok(jobs::queues(conn).await?)
}

/// How long the first job of a queue has been due; microseconds.
pub fn lag(queue: &Queue, now: Timestamp) -> i64 {
    queue.next_at.map_or(0, |at| now.since(at).max(0))
}

/// Jobs that nobody will try again, the newest first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn given_up(conn: &mut Conn, page: Page) -> Result<Slice<Job>> {
    let span = page.span::<i64>()?;
    let rows = jobs::given_up(conn, part(&span), page.rows()).await?;
    Ok(Slice::cut(rows, &page, &span, |job| job.id))
}

/// Jobs of a queue that wait, the first to run first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn waiting(conn: &mut Conn, queue: &str, page: Page) -> Result<Slice<Job>> {
    let span = page.span::<(i64, i64)>()?;
    let rows = jobs::waiting_in(conn, queue, part(&span), page.rows()).await?;
    Ok(Slice::cut(rows, &page, &span, |job| (job.run_at.0, job.id)))
}

/// One job.
///
/// # Errors
/// `Missing` where it is done or never was.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Job> {
    jobs::find(conn, id).await?.ok_or(Error::Missing(Noun::Job))
}

/// Has a job run at once, as if it had never been tried; admins may.
///
/// # Errors
/// `Denied`, `Missing`, `Conflict` where a worker has it right now.
pub async fn retry(tx: &mut Tx, caller: &Caller, id: Id) -> Result<Job> {
    let job = held(tx, caller, id).await?;

    let now = tx.now;
    if !jobs::run_again(&mut tx.conn, id, now).await? {
        return Err(Error::Conflict(Clash::Working));
    }
    audit::note(tx, caller, Act::JobRetried, &subject(&job), "").await?;
    find(&mut tx.conn, id).await
}

/// Throws a job away for good; admins may, and say why.
///
/// # Errors
/// `Denied`, `Missing`, `Invalid` on `reason`, `Conflict` where a worker has it right now.
pub async fn discard(tx: &mut Tx, caller: &Caller, id: Id, reason: &str) -> Result<()> {
    let job = held(tx, caller, id).await?;
    let reason = rules::reason::given(reason, Readers::Admins)?;

    let now = tx.now;
    if !jobs::drop_job(&mut tx.conn, id, now).await? {
        return Err(Error::Conflict(Clash::Working));
    }
    audit::note(tx, caller, Act::JobDropped, &subject(&job), &reason).await
}

async fn held(tx: &mut Tx, caller: &Caller, id: Id) -> Result<Job> {
    if caller.role < Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    find(&mut tx.conn, id).await
}

fn subject(job: &Job) -> String {
    format!("{} {}", job.queue, job.id)
}

fn part<K: Copy>(span: &Span<K>) -> jobs::Part<K> {
    match span {
        Span::Start => jobs::Part::Start,
        Span::After(key) => jobs::Part::After(*key),
        Span::Before(key) => jobs::Part::Before(*key),
    }
}
