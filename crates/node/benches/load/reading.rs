//! Reading on a small community and on a large one: each page and document against a bare handler that answers the same
//! bytes, all in one run and in turn.
//!
//! Both communities are made by the code of the example `fill`; each is served by a process of the built `stoa`, and the
//! bare handler is a process of its own too. What a page must show is read from the database beforehand, and every
//! answer of the run is compared with the first. Three variables choose: `STOA_LOAD_SIZES` (`10000,1000000`),
//! `STOA_LOAD_ENGINES` (`sqlite`, or `postgres`, or both with a comma), and `STOA_LOAD_KEEP`, a folder in which filled
//! SQLite databases stay for the next run.

mod ground;
mod process;
mod subject;
mod table;

use std::time::Duration;

use crate::http::{self, Connection, Timed};
use crate::sick;
use ground::Ground;
use process::Process;
use subject::Subject;
use table::{Line, Pair};

pub(crate) use process::{BARE, bare};

const SIZES: &str = "10000,1000000";
const CONNECTIONS: [usize; 2] = [1, 16];
/// Rounds of all sides, in turn.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(1000);
/// How long a process is left alone before its memory is looked at.
const IDLE: Duration = Duration::from_secs(3);

/// A way to serve: its name and what the environment says.
const WAYS: [(&str, &[(&str, &str)]); 2] = [
    (
        "every answer made from the database",
        &[("STOA_CACHE", "0")],
    ),
    ("answers kept ready", &[]),
];

pub(crate) async fn run() {
    let sizes = asked("STOA_LOAD_SIZES", SIZES);
    let sizes: Vec<u32> = sizes.split(',').map(|size| size.parse().unwrap()).collect();
    let engines = asked("STOA_LOAD_ENGINES", "sqlite");
    for engine in engines.split(',') {
        let mut grounds = Vec::new();
        for posts in &sizes {
            grounds.push(Ground::fill(engine, *posts).await);
        }
        let mut all = Vec::new();
        for ground in &grounds {
            all.push(subject::all(ground).await);
        }
        for (way, settings) in WAYS {
            println!("\n{engine}: {way}");
            serve(&grounds, &all, settings).await;
        }
    }
}

fn asked(name: &str, usual: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| usual.to_owned())
}

/// Serves all grounds one way, and measures them.
async fn serve(grounds: &[Ground], all: &[Vec<Subject>], settings: &[(&str, &str)]) {
    let mut nodes = Vec::new();
    for ground in grounds {
        nodes.push(Process::node(ground, settings).await);
    }
    tokio::time::sleep(IDLE).await;
    let idle: Vec<String> = nodes.iter().map(|node| sick::memory(&node.id())).collect();
    let mut lines = Vec::new();
    for at in 0..all[0].len() {
        let subjects: Vec<&Subject> = all.iter().map(|subjects| &subjects[at]).collect();
        lines.extend(measure(&nodes, &subjects).await);
    }
    table::print(grounds, &lines);
    for ((ground, node), idle) in grounds.iter().zip(&nodes).zip(idle) {
        let loaded = sick::memory(&node.id());
        println!(
            "memory of the node with {} posts: idle {idle}; after the run {loaded}",
            ground.posts
        );
    }
}

/// One subject on all nodes, over few and over many connections.
async fn measure(nodes: &[Process], subjects: &[&Subject]) -> Vec<Line> {
    let mut answers = Vec::new();
    for (node, subject) in nodes.iter().zip(subjects) {
        let mut connection = Connection::open(node.address).await;
        let reply = connection.send(&subject.request).await;
        assert_eq!(reply.status, 200, "{}: {}", subject.name, reply.head);
        subject.check(reply.body);
        answers.push((reply.head.to_owned(), reply.body.to_vec()));
    }
    let bare = Process::bare(&answers).await;
    let mut lines = Vec::new();
    for connections in CONNECTIONS {
        let mut pairs: Vec<Pair> = subjects.iter().map(|_| Pair::default()).collect();
        for _ in 0..ROUNDS {
            for (at, pair) in pairs.iter_mut().enumerate() {
                let (request, body) = (&subjects[at].request, &answers[at].1);
                let plain = http::get("bare", &format!("/{at}"), "*/*");
                let base = http::timed(bare.address, connections, &plain, body, ROUND).await;
                let address = nodes[at].address;
                let Timed { rate, waits } =
                    http::timed(address, connections, request, body, ROUND).await;
                pair.rates.push((base.rate, rate));
                pair.waits.extend(waits);
            }
        }
        lines.push(Line {
            name: subjects[0].name,
            connections,
            bytes: answers.iter().map(|(_, body)| body.len()).collect(),
            pairs,
        });
    }
    lines
}
