//! A thread of 100 posts with 20 pictures, as a page and as JSON, against a bare handler that answers the same bytes.
//!
//! Once with nothing kept, so that every answer is made from the database, and once with answers kept ready. Every
//! answer is compared with what the database held before the run, and after a post was edited the next answer must show
//! it.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use db::testing::TestDb;
use domain::post::{self, Patch};
use domain::{Id, Viewer, thread};
use serde_json::Value;

use crate::content;
use crate::http::{self, Connection};
use crate::place::{HOST, Keeps, Place};
use crate::spread::Spread;

const POSTS: usize = 100;
const PICTURES: usize = 20;
/// Rounds of both sides, in turn.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(1500);

pub(crate) async fn run() {
    for keeps in [Keeps::Nothing, Keeps::Answers] {
        for database in TestDb::each().await {
            run_on(database, keeps).await;
        }
    }
}

async fn run_on(database: TestDb, keeps: Keeps) {
    let engine = format!("{:?}, keeps {keeps:?}", database.engine());
    let place = Place::keeping(database, keeps).await;
    let thread = content::thread(&place, POSTS, PICTURES).await;
    place.settle().await;
    faces(&place, thread, &engine).await;
    changed(&place, thread).await;
}

fn requests(thread: Id) -> [(&'static str, Vec<u8>); 2] {
    let page = http::get(HOST, "/b/art/1", "text/html");
    let json = http::get(
        HOST,
        &format!("/api/stoa/v1/threads/{thread}"),
        "application/json",
    );
    [("page", page), ("JSON", json)]
}

async fn faces(place: &Place, thread: Id, engine: &str) {
    for (face, request) in requests(thread) {
        let mut connection = Connection::open(place.address).await;
        let reply = connection.send(&request).await;
        assert_eq!(reply.status, 200, "{}", reply.head);
        let (headers, body) = (headers(reply.head), reply.body.to_vec());
        agrees(place, thread, face, &body).await;
        let bare = bare(headers, Bytes::from(body.clone())).await;
        for connections in [1, 16] {
            let mut pairs = Vec::new();
            for _ in 0..ROUNDS {
                let base = http::rate(bare, connections, &request, &body, ROUND).await;
                let real = http::rate(place.address, connections, &request, &body, ROUND).await;
                pairs.push((base, real));
            }
            let ratio = Spread::of(pairs.iter().map(|(base, real)| real / base));
            let base = Spread::of(pairs.iter().map(|(base, _)| *base));
            let real = Spread::of(pairs.iter().map(|(_, real)| *real));
            println!(
                "{engine} {face} ({} bytes), {connections} connections: ratio {ratio}; node {real}/s, bare {base}/s",
                body.len()
            );
        }
    }
}

/// The posts of the thread as the database holds them: their ids and texts.
async fn held(place: &Place, thread: Id) -> Vec<(String, String)> {
    let mut conn = place.cx().read().await.unwrap();
    let view = thread::view(&mut conn, thread, &Viewer::Visitor)
        .await
        .unwrap();
    view.posts
        .into_iter()
        .map(|post| (post.id.to_string(), post.body))
        .collect()
}

/// The answer shows every post that the database holds, in its order, and no other.
async fn agrees(place: &Place, thread: Id, face: &str, body: &[u8]) {
    let held = held(place, thread).await;
    assert_eq!(held.len(), POSTS);
    if face == "JSON" {
        let shown: Value = serde_json::from_slice(body).unwrap();
        let shown = shown["posts"].as_array().unwrap().iter();
        let text = |post: &Value, key: &str| post[key].as_str().unwrap().to_owned();
        let shown: Vec<_> = shown
            .map(|post| (text(post, "id"), text(post, "body")))
            .collect();
        assert_eq!(shown, held);
        return;
    }
    let page = std::str::from_utf8(body).unwrap();
    let mut rest = page;
    for number in 1..POSTS {
        let sentence = format!("This is answer number {number} of the thread.");
        let (_, after) = rest
            .split_once(&sentence)
            .unwrap_or_else(|| panic!("answer {number} is missing"));
        rest = after;
    }
    assert_eq!(page.matches("of the thread. I tried").count(), POSTS - 1);
}

/// After an edit the next answer shows it.
async fn changed(place: &Place, thread: Id) {
    let last = held(place, thread).await.pop().unwrap().0.parse().unwrap();
    let patch = Patch {
        body: Some("Rubbed out again.".into()),
        ..Patch::default()
    };
    let edited = place
        .cx()
        .write(async |tx| post::edit(tx, &place.caller, last, patch).await);
    edited.await.unwrap();
    for (face, request) in requests(thread) {
        let mut connection = Connection::open(place.address).await;
        let reply = connection.send(&request).await;
        let text = std::str::from_utf8(reply.body).unwrap();
        assert!(
            text.contains("Rubbed out again."),
            "{face}: the edit does not show"
        );
        assert!(
            !text.contains("answer number 99 of"),
            "{face}: the old text still shows"
        );
    }
}

/// A server that answers everything with these headers and this body.
async fn bare(headers: HeaderMap, body: Bytes) -> SocketAddr {
    let router = Router::new().fallback(async move || (headers.clone(), body.clone()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

/// The headers of an answer without those that the server below adds.
pub(crate) fn headers(head: &str) -> HeaderMap {
    let lines = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "));
    let own = lines.filter(|(name, _)| !["content-length", "date"].contains(name));
    own.map(|(name, value)| {
        (
            HeaderName::from_bytes(name.as_bytes()).unwrap(),
            HeaderValue::from_str(value).unwrap(),
        )
    })
    .collect()
}
