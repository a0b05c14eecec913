//! Working through one queue of jobs: several lanes at once, each in its order.
//!
//! A task takes a job and goes on with the next of the same lane, so a long lane costs one look at the queue and not
//! one for each of its jobs. What it claims may be claimed again after a power cut, so nobody waits for the disk here.

use std::time::Duration;

use db::{MINUTE, SECOND};
use jobs::Job;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::hub::Hub;
use crate::inbox::{self, INBOX};
use crate::outbox::{self, EVENTS, FETCH};
use crate::picture;
use crate::trouble::{Cure, Trouble};

/// Jobs of one queue that run at once.
const AT_ONCE: usize = 32;
/// So many must be free before more are claimed: claiming one by one would cost as much as running.
const CLAIM: usize = 8;
/// Jobs of a lane that one task runs before others get their turn.
const RUN: usize = 64;
/// How long a claimed job is left to whoever claimed it; microseconds.
const LEASE: i64 = MINUTE;
/// The same for fetching, which may take long; microseconds.
const FETCH_LEASE: i64 = 10 * MINUTE;
/// Failures after which a job is kept for a person to look at.
const TRIES: i32 = 20;
/// Pauses of a job that waits for something to arrive, in microseconds; then it is dropped.
const PARKED: [i64; 4] = [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE];
/// How often a worker looks for work that nobody told it of.
const LOOK: Duration = Duration::from_secs(2);
/// How long a worker that is busy waits before it looks again for work it may add.
const BUSY_LOOK: Duration = Duration::from_millis(50);

/// Works on a queue until `stop` is cancelled, then finishes what is under way.
pub(crate) async fn work(hub: &Hub, queue: &'static str, stop: &CancellationToken) {
    let mut tasks = JoinSet::new();
    while !stop.is_cancelled() {
        let started = match start(hub, queue, &mut tasks).await {
            Ok(started) => started,
            Err(error) => {
                tracing::error!(queue, error = ?error, "a queue cannot be worked on");
                tokio::time::sleep(LOOK).await;
                continue;
            }
        };
        if started > 0 && tasks.len() + CLAIM <= AT_ONCE {
            continue;
        }
        tokio::select! {
            Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
            () = tokio::time::sleep(BUSY_LOOK), if !tasks.is_empty() => {}
            () = hub.cx().wake.heard(LOOK), if tasks.is_empty() => {}
            () = stop.cancelled() => {}
        }
    }
    while tasks.join_next().await.is_some() {}
}

/// Does what is due now, once; answers how many jobs that were.
///
/// # Errors
/// The database refuses.
pub(crate) async fn tick(hub: &Hub, queue: &'static str) -> domain::Result<usize> {
    let mut tasks = JoinSet::new();
    start(hub, queue, &mut tasks).await?;
    let mut done = 0;
    while let Some(ran) = tasks.join_next().await {
        done += ran.map_err(domain::Error::internal)??;
    }
    Ok(done)
}

/// Claims as many of the due jobs as there is room for, and starts a task for each; answers how many.
async fn start(
    hub: &Hub,
    queue: &'static str,
    tasks: &mut JoinSet<domain::Result<usize>>,
) -> domain::Result<usize> {
    while tasks.try_join_next().is_some() {}
    let room = AT_ONCE.saturating_sub(tasks.len());
    if room < CLAIM {
        return Ok(0);
    }
    let cx = hub.cx();
    let now = cx.now();
    let waiting = jobs::next_due(&mut *cx.read().await?, queue).await?;
    if waiting.is_none_or(|due| due > now) {
        return Ok(0);
    }
    let limit = i64::try_from(room).unwrap_or(0);
    let claim = async |tx: &mut domain::Tx| {
        Ok(jobs::claim(&mut tx.conn, queue, now, lease(queue), limit).await?)
    };
    let claimed = cx.write_soon(claim).await?;
    let count = claimed.len();
    for job in claimed {
        let hub = hub.clone();
        tasks.spawn(async move {
            let ran = lane(&hub, queue, job).await;
            if let Err(error) = &ran {
                tracing::error!(queue, error = ?error, "a job waits until its lease ends");
            }
            ran
        });
    }
    Ok(count)
}

/// Runs a job and those that follow it in its lane; answers how many.
async fn lane(hub: &Hub, queue: &'static str, mut job: Job) -> domain::Result<usize> {
    let mut ran = 0;
    loop {
        run(hub, queue, &job).await?;
        ran += 1;
        let Some(lane) = job.lane.as_deref().filter(|_| ran < RUN) else {
            return Ok(ran);
        };
        let cx = hub.cx();
        let now = cx.now();
        let next = cx
            .write_soon(async |tx| {
                Ok(jobs::claim_next(&mut tx.conn, queue, lane, now, lease(queue)).await?)
            })
            .await?;
        match next {
            Some(next) => job = next,
            None => return Ok(ran),
        }
    }
}

fn lease(queue: &str) -> i64 {
    if queue == FETCH { FETCH_LEASE } else { LEASE }
}

async fn run(hub: &Hub, queue: &str, job: &Job) -> domain::Result<()> {
    let worked = match queue {
        EVENTS => outbox::work(hub, job).await,
        INBOX => inbox::work(hub, job).await,
        _ => picture::dispatch(hub, job).await,
    };
    match worked {
        Ok(()) => Ok(()),
        Err(trouble) => put_off(hub, queue, job, &trouble).await,
    }
}

/// What becomes of a job that did not succeed.
async fn put_off(hub: &Hub, queue: &str, job: &Job, trouble: &Trouble) -> domain::Result<()> {
    let cx = hub.cx();
    let why = trouble.cause();
    let tries = usize::try_from(job.attempts).unwrap_or(0);
    tracing::debug!(queue, job = job.id, %why, "a job did not succeed");
    cx.write(async |tx| {
        let now = tx.now;
        let conn = &mut tx.conn;
        match trouble.cure() {
            Cure::Drop => jobs::finish(conn, job.id).await?,
            Cure::Park => match PARKED.get(tries.saturating_sub(1)) {
                Some(wait) => jobs::park(conn, job.id, now.plus(*wait), &why).await?,
                None => jobs::finish(conn, job.id).await?,
            },
            Cure::Retry if job.attempts >= TRIES => {
                tracing::warn!(queue, job = job.id, %why, "a job is given up");
                jobs::give_up(conn, job.id, &why).await?;
            }
            // What we say ourselves keeps its order; what others say need not wait for a peer that is away.
            Cure::Retry if queue == EVENTS => {
                jobs::retry(conn, job.id, now.plus(jobs::backoff(job.attempts)), &why).await?;
            }
            Cure::Retry => {
                jobs::park(conn, job.id, now.plus(jobs::backoff(job.attempts)), &why).await?;
            }
        }
        Ok(())
    })
    .await
}
