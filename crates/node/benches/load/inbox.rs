//! Signed deliveries of a peer: how fast they are answered 202, and how fast they have had their effect, against bare
//! verifications of their signatures.
//!
//! First all are taken in while nothing works on them, then all are worked on, then others are taken in and worked on
//! at the same time. In the end the database must hold the effect of each.

use std::time::Duration;

use db::testing::TestDb;
use domain::{Id, Viewer, thread};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::peer::Peer;
use crate::place::Place;
use crate::receivers::Receivers;
use crate::{bare, content, http};

/// Deliveries of one phase.
const COUNT: usize = 1000;
const CONNECTIONS: usize = 16;
/// Posts that can be liked.
const POSTS: usize = 100;
/// How often the queue is looked at.
const LOOK: Duration = Duration::from_millis(5);
/// How long a queue may take to become empty.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Like,
    Create,
}

pub(crate) async fn run() {
    for (kind, actors) in [(Kind::Like, 20), (Kind::Create, 20), (Kind::Create, 1)] {
        for database in TestDb::each().await {
            case(database, kind, actors).await;
        }
    }
}

async fn case(database: TestDb, kind: Kind, actors: usize) {
    let engine = database.engine();
    let place = Place::new(database).await;
    let receivers = Receivers::start(&place.names, 1).await;
    let host = receivers.hosts[0].clone();
    let peer = Peer::new();
    for actor in 0..actors {
        peer.introduce(place.cx(), &host, &format!("a{actor}"))
            .await;
    }
    let thread = content::thread(&place, POSTS, 0).await;
    place.settle().await;
    let posts = posts(&place, thread).await;
    let now = place.cx().now();
    let letter = |number: usize| {
        let activity = activity(kind, number, &host, actors, &place.board.uri, &posts);
        peer.letter(&activity, now)
    };

    let base = bare::verifications();
    let letters: Vec<_> = (0..COUNT).map(letter).collect();
    let taken = http::post_all(place.address, CONNECTIONS, letters, 202).await;
    let start = Instant::now();
    let working = place.work();
    drained(&place).await;
    let worked = start.elapsed();
    working.stop().await;
    place.settle().await;

    let letters: Vec<_> = (COUNT..2 * COUNT).map(letter).collect();
    let working = place.work();
    let start = Instant::now();
    http::post_all(place.address, CONNECTIONS, letters, 202).await;
    drained(&place).await;
    let both = start.elapsed();
    working.stop().await;
    had_effect(&place, thread, kind).await;

    println!("{engine:?} {kind:?} by {actors}: bare verifications {base:.0}/s");
    for (what, took) in [
        ("taken in", taken),
        ("worked on", worked),
        ("both at once", both),
    ] {
        let rate = COUNT as f64 / took.as_secs_f64();
        println!("  {what}: ratio {:.4} ({rate:.0}/s)", rate / base);
    }
}

/// The number-th activity: a like of another post by another actor each time, or an answer to some post.
fn activity(
    kind: Kind,
    number: usize,
    host: &str,
    actors: usize,
    board: &str,
    posts: &[String],
) -> Value {
    let actor = format!("http://{host}/u/a{}", number % actors);
    let post = &posts[number / actors % posts.len()];
    let id = format!("http://{host}/activities/{number}");
    let published = "2026-01-01T00:00:00Z";
    let public = "https://www.w3.org/ns/activitystreams#Public";
    match kind {
        Kind::Like => json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": id, "type": "Like", "actor": actor, "object": post, "to": [board], "published": published,
        }),
        Kind::Create => json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": id, "type": "Create", "actor": actor, "to": [public], "cc": [board],
            "object": {
                "id": format!("http://{host}/p/{number}"), "type": "Note", "attributedTo": actor,
                "inReplyTo": post, "to": [public, board], "audience": board, "published": published,
                "content": format!("<p>Answer {number} from elsewhere, of a few sentences. It has some words.</p>"),
            },
        }),
    }
}

async fn posts(place: &Place, thread: Id) -> Vec<String> {
    let mut conn = place.cx().read().await.unwrap();
    let view = thread::view(&mut conn, thread, &Viewer::Visitor)
        .await
        .unwrap();
    view.posts.into_iter().map(|post| post.uri).collect()
}

/// Waits until nothing that came is still to be worked on.
async fn drained(place: &Place) {
    let waiting = async {
        let mut again = tokio::time::interval(LOOK);
        loop {
            again.tick().await;
            let mut conn = place.cx().read().await.unwrap();
            if jobs::waiting(&mut conn, "inbox").await.unwrap() == 0 {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap();
}

/// Every delivery of both phases had its effect, once.
async fn had_effect(place: &Place, thread: Id, kind: Kind) {
    let mut conn = place.cx().read().await.unwrap();
    let view = thread::view(&mut conn, thread, &Viewer::Visitor)
        .await
        .unwrap();
    let all = i64::try_from(2 * COUNT).unwrap();
    match kind {
        Kind::Like => assert_eq!(view.posts.iter().map(|post| post.likes).sum::<i64>(), all),
        Kind::Create => assert_eq!(view.reply_count, all + i64::try_from(POSTS).unwrap() - 1),
    }
}
