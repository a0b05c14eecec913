//! What runs beside the server: events outward, activities inward, fetching, delivering, sweeping.
//!
//! `run` does it for as long as the node lives; `tick` does everything that is due once, for tests that move the
//! clock themselves.

use std::sync::atomic::Ordering;
use std::time::Duration;

use db::{Engine, MINUTE, SECOND};
use futures_util::stream::{FuturesUnordered, StreamExt};
use jobs::Job;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::deliver::{self, Serving};
use crate::hub::Hub;
use crate::inbox::{self, INBOX};
use crate::outbox::{self, EVENTS, FETCH};
use crate::picture;
use crate::trouble::{Cure, Trouble};

/// Jobs of one queue that are claimed at once.
const BATCH: i64 = 32;
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
/// A file that was touched lately may belong to an upload whose row is not written yet.
const IDLE: Duration = Duration::from_secs(3600);
/// How often old rows are swept and the process's number is renewed; microseconds.
const SWEEP: i64 = 3 * MINUTE;

/// The workers of one node.
pub struct Workers {
    hub: Hub,
    serving: Serving,
}

impl Workers {
    pub(crate) fn new(hub: Hub) -> Self {
        Self {
            hub,
            serving: Serving::default(),
        }
    }

    /// Works until `stop` is cancelled, then finishes what is under way.
    pub async fn run(&self, stop: CancellationToken) {
        if let Err(error) = self.take_over().await {
            tracing::error!(error = ?error, "what a crash left claimed waits until its lease ends");
        }
        tokio::join!(
            self.queue(EVENTS, &stop),
            self.queue(INBOX, &stop),
            self.queue(FETCH, &stop),
            self.deliveries(&stop),
            self.sweeping(&stop),
        );
    }

    /// A process that was killed leaves its jobs and peers claimed. On SQLite this process is the only one, so
    /// they are free now; on PostgreSQL another may be at work on them, and their leases are short.
    async fn take_over(&self) -> domain::Result<()> {
        let cx = self.hub.cx();
        if cx.db.engine() == Engine::Postgres {
            return Ok(());
        }
        cx.write(async |tx| {
            jobs::free(&mut tx.conn).await?;
            domain::peer::free(tx).await
        })
        .await
    }

    /// Does everything that is due now, once; answers how much that was.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tick(&self) -> domain::Result<usize> {
        let mut done = 0;
        for queue in [EVENTS, INBOX, FETCH] {
            done += batch(&self.hub, queue).await?;
        }
        let mut tasks = JoinSet::new();
        let started = deliver::start(&self.hub, &self.serving, &mut tasks).await;
        started.map_err(|trouble| trouble.into_domain(domain::Noun::Peer))?;
        while let Some(tried) = tasks.join_next().await {
            done += tried.unwrap_or(0);
        }
        sweep(&self.hub).await?;
        Ok(done)
    }

    async fn queue(&self, queue: &str, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match batch(&self.hub, queue).await {
                Ok(0) => {
                    let heard = self.hub.cx().wake.heard(LOOK);
                    tokio::select! { () = heard => {}, () = stop.cancelled() => {} }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(queue, error = ?error, "a queue cannot be worked on");
                    pause(stop).await;
                }
            }
        }
    }

    async fn deliveries(&self, stop: &CancellationToken) {
        let mut tasks = JoinSet::new();
        while !stop.is_cancelled() {
            if let Err(trouble) = deliver::start(&self.hub, &self.serving, &mut tasks).await {
                tracing::error!(%trouble, "deliveries cannot be read");
                pause(stop).await;
            }
            tokio::select! {
                () = self.hub.cx().wake.heard(LOOK) => {}
                Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
                () = stop.cancelled() => {}
            }
        }
    }

    async fn sweeping(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = sweep(&self.hub).await {
                tracing::error!(error = ?error, "sweeping failed");
            }
            let pause = tokio::time::sleep(Duration::from_secs(60));
            tokio::select! { () = pause => {}, () = stop.cancelled() => {} }
        }
    }
}

async fn pause(stop: &CancellationToken) {
    let pause = tokio::time::sleep(LOOK);
    tokio::select! { () = pause => {}, () = stop.cancelled() => {} }
}

/// Runs the jobs of a queue that are due; answers how many.
async fn batch(hub: &Hub, queue: &str) -> domain::Result<usize> {
    let cx = hub.cx();
    let now = cx.now();
    let waiting = jobs::next_due(&mut *cx.read().await?, queue).await?;
    if waiting.is_none_or(|due| due > now) {
        return Ok(0);
    }
    let lease = if queue == FETCH { FETCH_LEASE } else { LEASE };
    let claimed = cx
        .write(async |tx| Ok(jobs::claim(&mut tx.conn, queue, now, lease, BATCH).await?))
        .await?;
    let count = claimed.len();
    let mut running: FuturesUnordered<_> = claimed
        .into_iter()
        .map(|job| run(hub, queue, job))
        .collect();
    while let Some(ran) = running.next().await {
        ran?;
    }
    Ok(count)
}

async fn run(hub: &Hub, queue: &str, job: Job) -> domain::Result<()> {
    let worked = match queue {
        EVENTS => outbox::work(hub, &job).await,
        INBOX => inbox::work(hub, &job).await,
        _ => picture::dispatch(hub, &job).await,
    };
    match worked {
        Ok(()) => Ok(()),
        Err(trouble) => put_off(hub, queue, &job, &trouble).await,
    }
}

/// What becomes of a job that did not succeed.
async fn put_off(hub: &Hub, queue: &str, job: &Job, trouble: &Trouble) -> domain::Result<()> {
    let cx = hub.cx();
    let why = trouble.to_string();
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
            Cure::Retry if job.attempts >= TRIES => jobs::give_up(conn, job.id, &why).await?,
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

/// Ends what is too old, a few times an hour.
async fn sweep(hub: &Hub) -> domain::Result<()> {
    let cx = hub.cx();
    let now = cx.now();
    let last = hub.swept_at.load(Ordering::SeqCst);
    if now.0.saturating_sub(last) < SWEEP {
        return Ok(());
    }
    hub.swept_at.store(now.0, Ordering::SeqCst);
    cx.ids.renew(&cx.db, &cx.clock).await?;
    let unused = cx
        .write(async |tx| {
            domain::delivery::expire(tx).await?;
            domain::delivery::sweep(tx).await?;
            domain::received::sweep(tx).await?;
            domain::tombstone::sweep(tx).await?;
            domain::idempotency::sweep(tx).await?;
            domain::session::sweep(tx).await?;
            domain::rate::sweep(tx).await?;
            domain::attachment::sweep(tx).await
        })
        .await?;
    for sha in unused {
        if let Err(error) = hub.app.ingest.store().remove_idle(&sha, IDLE).await {
            tracing::warn!(%sha, %error, "an unused picture could not be removed");
        }
    }
    Ok(())
}
