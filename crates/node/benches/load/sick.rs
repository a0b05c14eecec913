//! What two sick peers cost twenty healthy ones: the time from a post to its arrival at each, without and with a peer
//! that never answers and one that answers 500.
//!
//! Posts come at a steady pace for longer than a delivery may hang and than the first pause of a peer that failed, so
//! that both happen within each run. Runs without and with them take turns.

use std::time::Duration;

use db::testing::TestDb;
use tokio::time::Instant;

use crate::content;
use crate::peer::Peer;
use crate::place::Place;
use crate::receivers::{self, Receivers};
use crate::spread::Spread;

const HEALTHY: usize = 20;
const RUNS: usize = 5;
const POSTS: usize = 150;
const PACE: Duration = Duration::from_millis(100);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Company {
    Healthy,
    Sick,
}

pub(crate) async fn run() {
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        without.push(deliver(Company::Healthy).await);
        with.push(deliver(Company::Sick).await);
    }
    for (what, share) in [("median", 0.5), ("p95", 0.95)] {
        let before = Spread::of(without.iter().map(|run| run.at(share)));
        let after = Spread::of(with.iter().map(|run| run.at(share)));
        let change = (after.median() / before.median() - 1.0) * 100.0;
        println!(
            "{what} of {RUNS} runs: change {change:+.1} %; without {before} ms, with {after} ms"
        );
    }
    println!(
        "memory of the whole run, its receivers included: {}",
        memory("self")
    );
}

/// Milliseconds from each post to its arrival at each healthy peer.
async fn deliver(company: Company) -> Spread {
    let place = Place::new(TestDb::sqlite()).await;
    let receivers = Receivers::start(&place.names, HEALTHY).await;
    let peer = Peer::new();
    for host in &receivers.hosts {
        peer.follow(place.cx(), host, place.board.id, &place.board.uri)
            .await;
    }
    let thread = content::thread(&place, 1, 0).await;
    place.settle().await;
    if company == Company::Sick {
        receivers::silent(&place.names, "silent.test").await;
        receivers::broken(&place.names, "broken.test").await;
        for host in ["silent.test", "broken.test"] {
            peer.follow(place.cx(), host, place.board.id, &place.board.uri)
                .await;
        }
    }
    let before = receivers.log();
    let working = place.work();
    let mut pace = tokio::time::interval(PACE);
    let mut posted = Vec::new();
    for number in 0..POSTS {
        pace.tick().await;
        posted.push(Instant::now());
        content::answer(&place, thread, number + 2, Vec::new()).await;
    }
    let earlier: usize = before.values().map(Vec::len).sum();
    receivers.until(earlier + POSTS * HEALTHY).await;
    let after = receivers.log();
    let took = receivers.hosts.iter().flat_map(|host| {
        let arrived = &after[host][before.get(host).map_or(0, Vec::len)..];
        assert_eq!(arrived.len(), POSTS, "{host}");
        let pairs = posted.iter().zip(arrived);
        pairs
            .map(|(posted, arrived)| arrived.duration_since(*posted).as_secs_f64() * 1000.0)
            .collect::<Vec<_>>()
    });
    let took = Spread::of(took);
    working.stop().await;
    took
}

/// Resident memory of a process, now and at most.
pub(crate) fn memory(process: &str) -> String {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let megabytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap_or_default() / 1024.0
    };
    format!(
        "{:.1} MB now ({:.1} MB of it not from files), {:.1} MB at most",
        megabytes("VmRSS:"),
        megabytes("RssAnon:"),
        megabytes("VmHWM:")
    )
}
