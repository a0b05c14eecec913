//! Everything that is read when it is asked for: rows, connections, the process.

use std::sync::Arc;
use std::time::Duration;

use db::{Conn, SECOND, Timestamp};
use domain::Result;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Requests;
use super::text::{Kind, Page};
use crate::doctor;

/// How long the size of the pictures is taken to be what it was: finding it walks over all files.
const PICTURES_KEPT: Duration = Duration::from_secs(600);

/// Where the numbers come from; clones share it.
#[derive(Clone)]
pub(super) struct Gather(Arc<Parts>);

struct Parts {
    app: web::App,
    requests: Requests,
    cache: web::Cache,
    started: Timestamp,
    pictures: Mutex<Option<(Instant, u64)>>,
}

impl Gather {
    pub(super) fn new(app: web::App, requests: Requests, cache: web::Cache) -> Self {
        let started = app.cx.now();
        Self(Arc::new(Parts {
            app,
            requests,
            cache,
            started,
            pictures: Mutex::default(),
        }))
    }

    /// The page as of now.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn page(&self) -> Result<String> {
        let mut page = Page::default();
        let now = self.0.app.cx.now();
        let labels = [("version", self.0.app.version)];
        page.family("stoa_build_info", Kind::Gauge, "The program that runs.");
        page.sample("stoa_build_info", &labels, 1);
        self.0.requests.write(&mut page);
        self.kept(&mut page);
        {
            let mut conn = self.0.app.cx.read().await?;
            queues(&mut page, &mut conn, now).await?;
            deliveries(&mut page, &mut conn, now).await?;
            peers(&mut page, &mut conn).await?;
        }
        self.connections(&mut page);
        self.pictures(&mut page).await;
        process(&mut page, self.0.started);
        Ok(page.text())
    }

    fn kept(&self, page: &mut Page) {
        let counts = self.0.cache.counts();
        let name = "stoa_kept_answers_total";
        let help = "Answers to visitors that are kept: sent as they were, or made anew.";
        page.family(name, Kind::Counter, help);
        page.sample(name, &[("outcome", "hit")], counts.hits);
        page.sample(name, &[("outcome", "miss")], counts.misses);
    }

    fn connections(&self, page: &mut Page) {
        let pool = self.0.app.cx.db.connections();
        let name = "stoa_database_connections";
        page.family(name, Kind::Gauge, "Open connections to the database.");
        page.sample(name, &[("state", "idle")], pool.idle);
        page.sample(
            name,
            &[("state", "used")],
            pool.open.saturating_sub(pool.idle),
        );
        let waited = "stoa_database_waits_total";
        let help = "Times somebody had to wait for a connection.";
        page.single(waited, Kind::Counter, help, pool.waited);
        let refused = "stoa_database_timeouts_total";
        let help = "Times nobody gave a connection back in time.";
        page.single(refused, Kind::Counter, help, pool.refused);
    }

    async fn pictures(&self, page: &mut Page) {
        let store = self.0.app.ingest.store();
        if let Some(free) = doctor::free_bytes(store.root()) {
            let help = "Bytes free where the pictures are.";
            page.single("stoa_media_free_bytes", Kind::Gauge, help, free);
        }
        let mut kept = self.0.pictures.lock().await;
        if kept.is_none_or(|(at, _)| at.elapsed() > PICTURES_KEPT) {
            match store.bytes_used().await {
                Ok(bytes) => *kept = Some((Instant::now(), bytes)),
                Err(error) => tracing::warn!(%error, "the pictures cannot be measured"),
            }
        }
        if let Some((_, bytes)) = *kept {
            let help = "Bytes of all pictures with their renditions; up to ten minutes old.";
            page.single("stoa_media_bytes", Kind::Gauge, help, bytes);
        }
    }
}

async fn queues(page: &mut Page, conn: &mut Conn, now: Timestamp) -> Result<()> {
    let tallies = jobs::tally(conn, now).await?;
    let name = "stoa_jobs";
    page.family(
        name,
        Kind::Gauge,
        "Jobs by queue: waiting, of these due, and given up.",
    );
    for tally in &tallies {
        let states = [
            ("waiting", tally.queue.waiting),
            ("due", tally.due),
            ("given_up", tally.queue.given_up),
        ];
        for (state, count) in states {
            page.sample(
                name,
                &[("queue", &tally.queue.name), ("state", state)],
                count,
            );
        }
    }
    let name = "stoa_jobs_lag_seconds";
    page.family(
        name,
        Kind::Gauge,
        "How long the oldest job that could run has waited.",
    );
    for tally in &tallies {
        let lag = tally.due_since.map_or(0.0, |since| seconds(now, since));
        page.sample(name, &[("queue", &tally.queue.name)], lag);
    }
    Ok(())
}

async fn deliveries(page: &mut Page, conn: &mut Conn, now: Timestamp) -> Result<()> {
    let tally = domain::delivery::tally(conn).await?;
    let name = "stoa_deliveries";
    page.family(
        name,
        Kind::Gauge,
        "Deliveries by outcome; those that ended, for as long as they are kept.",
    );
    for state in ["pending", "sent", "refused", "expired"] {
        let row = tally.iter().find(|(name, ..)| name == state);
        page.sample(name, &[("state", state)], row.map_or(0, |row| row.1));
    }
    let pending = tally.iter().find(|(name, ..)| name == "pending");
    let oldest = pending.and_then(|row| row.2);
    let lag = oldest.map_or(0.0, |since| seconds(now, since));
    let help = "How long the oldest delivery that is not done has waited.";
    page.single("stoa_deliveries_lag_seconds", Kind::Gauge, help, lag);
    Ok(())
}

async fn peers(page: &mut Page, conn: &mut Conn) -> Result<()> {
    let tally = domain::peer::tally(conn).await?;
    let name = "stoa_peers";
    page.family(name, Kind::Gauge, "Known servers by whether they answer.");
    for state in ["up", "failing", "dead"] {
        let row = tally.iter().find(|(name, _)| name == state);
        page.sample(name, &[("state", state)], row.map_or(0, |row| row.1));
    }
    Ok(())
}

/// What the system says about this process; nothing where it says nothing.
fn process(page: &mut Page, started: Timestamp) {
    let help = "When the process started, in seconds since 1970.";
    page.single(
        "process_start_time_seconds",
        Kind::Gauge,
        help,
        started.seconds(),
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = resident.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    if let Some(kilobytes) = kilobytes {
        let help = "Resident memory.";
        page.single(
            "process_resident_memory_bytes",
            Kind::Gauge,
            help,
            kilobytes * 1024,
        );
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        page.single("process_open_fds", Kind::Gauge, "Open files.", open.count());
    }
}

fn seconds(now: Timestamp, since: Timestamp) -> f64 {
    now.since(since).max(0) as f64 / SECOND as f64
}
