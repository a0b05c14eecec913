//! What runs beside the server: events outward, activities inward, fetching, delivering, sweeping.
//!
//! `run` does it for as long as the node lives; `tick` does everything that is due once, for tests that move the
//! clock themselves.

use std::sync::atomic::Ordering;
use std::time::Duration;

use db::{Engine, MINUTE};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::deliver::{self, Serving};
use crate::hub::Hub;
use crate::inbox::INBOX;
use crate::outbox::{EVENTS, FETCH};
use crate::queue;

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
            queue::work(&self.hub, EVENTS, &stop),
            queue::work(&self.hub, INBOX, &stop),
            queue::work(&self.hub, FETCH, &stop),
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
            done += queue::tick(&self.hub, queue).await?;
        }
        let mut tasks = JoinSet::new();
        let started = deliver::start(
            &self.hub,
            &self.serving,
            &mut tasks,
            &CancellationToken::new(),
        )
        .await;
        started.map_err(|trouble| trouble.into_domain(domain::Noun::Peer))?;
        while let Some(tried) = tasks.join_next().await {
            done += tried.unwrap_or(0);
        }
        sweep(&self.hub).await?;
        Ok(done)
    }

    async fn deliveries(&self, stop: &CancellationToken) {
        let mut tasks = JoinSet::new();
        while !stop.is_cancelled() {
            if let Err(trouble) = deliver::start(&self.hub, &self.serving, &mut tasks, stop).await {
                tracing::error!(%trouble, "deliveries cannot be read");
                pause(stop).await;
            }
            tokio::select! {
                () = self.hub.cx().wake.heard(LOOK) => {}
                Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
                () = stop.cancelled() => {}
            }
        }
        while tasks.join_next().await.is_some() {}
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
    domain::retention::forget_records(cx).await?;
    let erased = domain::retention::forget_idle(cx).await?;
    if erased > 0 {
        tracing::info!(erased, "foreign threads that nobody here touched are gone");
    }
    let unused = cx
        .write(async |tx| domain::attachment::sweep(tx).await)
        .await?;
    for sha in unused {
        if let Err(error) = hub.app.ingest.store().remove_idle(&sha, IDLE).await {
            tracing::warn!(%sha, %error, "an unused picture could not be removed");
        }
    }
    Ok(())
}
