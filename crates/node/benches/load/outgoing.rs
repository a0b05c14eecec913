//! One thread heard by fifty peers: how fast a stack of answers reaches all of them, against bare signatures, of which
//! every delivery needs one.
//!
//! A thread is a lane: each peer gets its answers one after the other. The time includes making the activities from
//! the events, and one delivery row for each peer.

use std::time::Duration;

use db::testing::TestDb;
use domain::delivery;
use tokio::time::Instant;

use crate::peer::Peer;
use crate::place::Place;
use crate::receivers::Receivers;
use crate::spread::Spread;
use crate::{bare, content};

const PEERS: usize = 50;
/// Answers of one round.
const ANSWERS: usize = 20;
const ROUNDS: usize = 5;
const LOOK: Duration = Duration::from_millis(5);

pub(crate) async fn run() {
    for database in TestDb::each().await {
        let engine = database.engine();
        let place = Place::new(database).await;
        let receivers = Receivers::start(&place.names, PEERS).await;
        let peer = Peer::new();
        for host in &receivers.hosts {
            peer.follow(place.cx(), host, place.board.id, &place.board.uri)
                .await;
        }
        let thread = content::thread(&place, 1, 0).await;
        place.settle().await;
        let mut rounds = Vec::new();
        for round in 0..ROUNDS {
            rounds.push(self::round(&place, &receivers, thread, round).await);
        }
        let rates = |pick: fn(&(f64, f64, f64)) -> f64| Spread::of(rounds.iter().map(pick));
        println!(
            "{engine:?}: {ANSWERS} answers to {PEERS} peers; bare signatures {}/s",
            rates(|round| round.0)
        );
        println!(
            "  arrived: ratio {}; {}/s",
            rates(|round| round.1 / round.0),
            rates(|round| round.1)
        );
        println!(
            "  written down: ratio {}; {}/s",
            rates(|round| round.2 / round.0),
            rates(|round| round.2)
        );
    }
}

/// Bare signatures, deliveries that arrived and deliveries that were written down as done, each a second.
async fn round(
    place: &Place,
    receivers: &Receivers,
    thread: domain::Id,
    round: usize,
) -> (f64, f64, f64) {
    let base = bare::signatures();
    let before = receivers.count();
    for number in 0..ANSWERS {
        content::answer(place, thread, round * ANSWERS + number + 2, Vec::new()).await;
    }
    let deliveries = ANSWERS * PEERS;
    let start = Instant::now();
    let working = place.work();
    receivers.until(before + deliveries).await;
    let arrived = deliveries as f64 / start.elapsed().as_secs_f64();
    let mut again = tokio::time::interval(LOOK);
    while delivery::pending(&mut place.cx().read().await.unwrap())
        .await
        .unwrap()
        > 0
    {
        again.tick().await;
    }
    let written = deliveries as f64 / start.elapsed().as_secs_f64();
    working.stop().await;
    assert_eq!(
        receivers.count(),
        before + deliveries,
        "something was sent twice"
    );
    (base, arrived, written)
}
