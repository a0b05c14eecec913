//! A node that is told to stop, or to have nothing to do with a server any more, while it sends.

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::net::{Net, Node};
use crate::peer::{ACTIVITY, Peer};

/// A server that shows one actor. While it is held, it says that something came and answers when it is told to.
#[derive(Clone)]
struct Inbox {
    actor: Value,
    held: Arc<AtomicBool>,
    came: Arc<Notify>,
    answer: Arc<Notify>,
    bodies: Arc<Mutex<Vec<Value>>>,
}

impl Inbox {
    /// Takes the place of a peer.
    async fn of(net: &Net, peer: &Peer) -> Self {
        let inbox = Self {
            actor: peer.actor("mallory"),
            held: Arc::default(),
            came: Arc::default(),
            answer: Arc::default(),
            bodies: Arc::default(),
        };
        let router = Router::new()
            .fallback(get(show).post(take))
            .with_state(inbox.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        net.names().set(&peer.host, listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        inbox
    }

    fn ids(&self) -> Vec<String> {
        let bodies = self.bodies.lock().unwrap();
        let id = |body: &Value| body["id"].as_str().unwrap().to_owned();
        bodies.iter().map(id).collect()
    }
}

async fn show(State(inbox): State<Inbox>) -> impl IntoResponse {
    ([(CONTENT_TYPE, ACTIVITY)], inbox.actor.to_string())
}

async fn take(State(inbox): State<Inbox>, body: String) -> StatusCode {
    inbox
        .bodies
        .lock()
        .unwrap()
        .push(serde_json::from_str(&body).unwrap());
    if inbox.held.load(SeqCst) {
        inbox.came.notify_one();
        inbox.answer.notified().await;
        inbox.answer.notify_one();
    }
    StatusCode::ACCEPTED
}

/// A server under this name of which somebody follows the board `art`.
async fn follower(net: &Net, node: &Node, host: &str) -> Inbox {
    let far = Peer::start(net, host).await;
    let inbox = Inbox::of(net, &far).await;
    let follow = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": far.uri("/follows/1"), "type": "Follow", "actor": far.uri("/u/mallory"),
        "object": format!("{}/b/art", node.origin()),
    });
    let (status, answer) = far.post(node, &far.letter(net, &follow)).await;
    assert_eq!(status, 202, "{answer}");
    net.settle().await;
    inbox
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_is_finished_and_written_down() {
    let net = Net::start(["alpha", "beta"]).await;
    for name in ["alpha", "beta"] {
        let node = net.node(name);
        let anna = node.admin("anna").await;
        anna.board("art").await;
        let inbox = follower(&net, node, &format!("far-of-{name}.test")).await;

        inbox.held.store(true, SeqCst);
        anna.thread("art", "First", "on its way").await;
        let stop = CancellationToken::new();
        let told = async {
            inbox.came.notified().await;
            stop.cancel();
            inbox.answer.notify_one();
        };
        tokio::join!(node.work(stop.clone()), told);
        inbox.held.store(false, SeqCst);

        // No time went by: nobody else may hold the peer, and nothing that was taken is sent again.
        anna.thread("art", "Second", "afterwards").await;
        net.settle().await;
        let ids = inbox.ids();
        let once: HashSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{name}: sent twice: {ids:?}");
        let texts = format!("{:?}", inbox.bodies.lock().unwrap());
        for text in ["on its way", "afterwards"] {
            assert!(texts.contains(text), "{name}: {text} did not arrive");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_suspended_meanwhile_is_sent_nothing_more() {
    let net = Net::start(["alpha", "beta"]).await;
    for name in ["alpha", "beta"] {
        let node = net.node(name);
        let anna = node.admin("anna").await;
        anna.board("art").await;
        let host = format!("far-of-{name}.test");
        let inbox = follower(&net, node, &host).await;
        let known = inbox.ids().len();
        // All of one thread, so one comes after the other.
        let thread = anna.thread("art", "First", "on its way").await.text("id");
        for body in ["second", "third", "fourth"] {
            anna.reply(&thread, body).await;
        }

        inbox.held.store(true, SeqCst);
        let suspended = async {
            inbox.came.notified().await;
            let decision = json!({"policy": "suspended", "reason": "Spam"});
            let path = format!("/admin/peers/{host}");
            let decided = anna.put(&path, &decision).await;
            assert_eq!(decided.status, 200, "{}", decided.body);
            inbox.answer.notify_one();
        };
        tokio::join!(net.settle(), suspended);
        inbox.held.store(false, SeqCst);
        assert_eq!(inbox.ids().len(), known + 1, "{name}: {:?}", inbox.ids());
    }
}
