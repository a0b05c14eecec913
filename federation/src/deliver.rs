//! Sending: every peer for itself, every lane in order, several lanes at once.
//!
//! A peer that hangs or fails stops only its own deliveries. It is tried again after growing pauses; one that
//! took nothing on seven distinct days is asked once a day whether it is back. What a peer took is written
//! down in batches: a crash before that sends some things twice, which receivers must bear and ours do.

mod answer;
mod lanes;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use db::SECOND;
use domain::delivery::{self, Due, End, Outcome};
use domain::peer::{self, Policy, State};
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::hub::Hub;
use crate::nodeinfo;
use crate::trouble::{Cure, Trouble};
use answer::{Failure, Verdict};
use lanes::Lanes;

/// Deliveries of one peer that are in memory at once.
const BATCH: i64 = 256;
/// Peers that are served at once.
const PEERS: i64 = 256;
/// Lanes of one peer that are under way at once: at first, and at most.
const WINDOW: (usize, usize) = (4, 32);
/// How long a process holds a peer without a sign of life; microseconds.
const LEASE: i64 = 30 * SECOND;
/// Outcomes that are written down together.
const FLUSH: usize = 32;

/// The peers this process is serving.
#[derive(Clone, Default)]
pub(crate) struct Serving(Arc<Mutex<HashSet<String>>>);

/// Keeps a peer marked as served for as long as it lives.
struct Mark {
    serving: Serving,
    host: String,
}

impl Drop for Mark {
    fn drop(&mut self) {
        self.serving
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.host);
    }
}

impl Serving {
    fn mark(&self, host: &str) -> Option<Mark> {
        let fresh = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(host.to_owned());
        fresh.then(|| Mark {
            serving: self.clone(),
            host: host.to_owned(),
        })
    }
}

/// Starts serving every peer that has something waiting and is not being served; answers the tasks. Once `stop` is
/// cancelled they begin nothing new, write down what is under way, and give their peers back.
pub(crate) async fn start(
    hub: &Hub,
    serving: &Serving,
    tasks: &mut tokio::task::JoinSet<usize>,
    stop: &CancellationToken,
) -> Result<(), Trouble> {
    let now = hub.cx().now();
    let due = delivery::peers_due(&mut *hub.cx().read().await?, now, PEERS).await?;
    for host in due {
        let Some(mark) = serving.mark(&host) else {
            continue;
        };
        let (hub, stop) = (hub.clone(), stop.clone());
        tasks.spawn(async move {
            let _mark = mark;
            match serve(&hub, &host, &stop).await {
                Ok(done) => done,
                Err(trouble) => {
                    tracing::warn!(%host, %trouble, "delivery stopped");
                    0
                }
            }
        });
    }
    Ok(())
}

/// Sends what waits for one peer until nothing does or it fails; answers how many tries were made.
async fn serve(hub: &Hub, host: &str, stop: &CancellationToken) -> Result<usize, Trouble> {
    let cx = hub.cx();
    if !cx
        .write_soon(async |tx| peer::lease(tx, host, hub.process, LEASE).await)
        .await?
    {
        return Ok(0);
    }
    let served = match alive(hub, host).await? {
        true => send_all(hub, host, stop).await,
        false => Ok(1),
    };
    cx.write_soon(async |tx| peer::release(tx, host, hub.process).await)
        .await?;
    served
}

/// Asks a peer that was dead whether it is back.
async fn alive(hub: &Hub, host: &str) -> Result<bool, Trouble> {
    let state = peer::find(&mut *hub.cx().read().await?, host)
        .await?
        .map(|peer| peer.state);
    if state != Some(State::Dead) {
        return Ok(true);
    }
    let scheme = hub.client.scheme_for(host).await;
    let Ok(site) = Url::parse(&format!("{scheme}://{host}/")) else {
        return Ok(false);
    };
    match nodeinfo::probe(&hub.client, &site).await {
        Ok(software) => {
            let version = software.version.unwrap_or_default();
            let back = hub.cx().write(async |tx| {
                peer::succeeded(tx, host).await?;
                peer::describe(tx, host, &software.name, &version).await
            });
            back.await?;
            Ok(true)
        }
        Err(error) => {
            let why = error.to_string();
            hub.cx()
                .write(async |tx| peer::failed(tx, host, &why, None).await)
                .await?;
            Ok(false)
        }
    }
}

async fn send_all(hub: &Hub, host: &str, stop: &CancellationToken) -> Result<usize, Trouble> {
    let mut tried = 0;
    let mut window = WINDOW.0;
    while !stop.is_cancelled() {
        let waiting = delivery::waiting(&mut *hub.cx().read().await?, host, 0, BATCH).await?;
        if waiting.is_empty() {
            break;
        }
        let (done, failure) = send_batch(hub, waiting, &mut window, stop).await?;
        tried += done;
        let Some((why, wait)) = failure else {
            hub.cx()
                .write_soon(async |tx| peer::lease(tx, host, hub.process, LEASE).await)
                .await?;
            continue;
        };
        hub.cx()
            .write(async |tx| peer::failed(tx, host, &why, wait).await)
            .await?;
        break;
    }
    Ok(tried)
}

/// Sends one batch, lane by lane; stops handing out at the first failure of the peer, once an admin suspended it, and when
/// the node stops.
async fn send_batch(
    hub: &Hub,
    batch: Vec<Due>,
    window: &mut usize,
    stop: &CancellationToken,
) -> Result<(usize, Option<Failure>), Trouble> {
    let host = batch
        .first()
        .map(|due| due.host.clone())
        .unwrap_or_default();
    let mut lanes = Lanes::new(batch);
    let mut under_way = FuturesUnordered::new();
    let mut outcomes = Vec::new();
    let mut failure: Option<Failure> = None;
    let (mut tried, mut open) = (0, true);
    loop {
        while failure.is_none() && open && !stop.is_cancelled() && under_way.len() < *window {
            let Some(due) = lanes.next() else { break };
            under_way.push(send(hub, due));
        }
        let Some((due, verdict)) = under_way.next().await else {
            break;
        };
        tried += 1;
        let (outcome, failed) = verdict.outcome(&due);
        match failed {
            Some(failed) => failure = failure.or(Some(failed)),
            None => {
                *window = (*window + 1).min(WINDOW.1);
                lanes.done(&due);
            }
        }
        outcomes.push(outcome);
        if outcomes.len() >= FLUSH || under_way.is_empty() {
            open &= record(hub, &host, &mut outcomes, failure.is_none()).await?;
        }
    }
    record(hub, &host, &mut outcomes, failure.is_none()).await?;
    if failure.is_some() {
        *window = WINDOW.0;
    }
    Ok((tried, failure))
}

async fn send(hub: &Hub, due: Due) -> (Due, Verdict) {
    let verdict = match post(hub, &due).await {
        Ok(answer) => Verdict::of(&answer),
        // Also where it was our own database that failed: nothing is given up for that.
        Err(trouble) if trouble.cure() == Cure::Retry => Verdict::Failed(trouble.to_string(), None),
        Err(trouble) => Verdict::Hopeless(trouble.to_string()),
    };
    (due, verdict)
}

async fn post(hub: &Hub, due: &Due) -> Result<crate::fetch::Answer, Trouble> {
    let inbox = crate::origin::parse(&due.inbox)
        .ok_or_else(|| Trouble::refused("the inbox is no address"))?;
    let signer = {
        let mut conn = hub.cx().read().await?;
        hub.signer(&mut conn, due.actor).await?
    };
    let body = Bytes::from(due.body.clone());
    Ok(hub.client.post_activity(&inbox, body, &signer).await?)
}

/// Writes outcomes down; a peer that took something is up. What a power cut makes us forget is sent again. Answers whether
/// it is to get more.
async fn record(
    hub: &Hub,
    host: &str,
    outcomes: &mut Vec<Outcome>,
    fine: bool,
) -> Result<bool, Trouble> {
    if outcomes.is_empty() {
        return Ok(true);
    }
    let rows = std::mem::take(outcomes);
    let took = fine && rows.iter().any(|one| one.end == Some(End::Sent));
    let kept = hub.cx().write_soon(async |tx| {
        delivery::record(tx, &rows).await?;
        match took {
            true => Ok(peer::succeeded(tx, host).await? == Policy::Open),
            false => Ok(true),
        }
    });
    Ok(kept.await?)
}
