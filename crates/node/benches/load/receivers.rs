//! Peers that take everything at once and do nothing with it: one small server under many names.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use federation::Names;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::Instant;

/// How long a run may wait for its deliveries.
const PATIENCE: Duration = Duration::from_secs(120);

type Log = Arc<Mutex<HashMap<String, Vec<Instant>>>>;

pub(crate) struct Receivers {
    pub(crate) hosts: Vec<String>,
    log: Log,
    count: watch::Receiver<usize>,
}

#[derive(Clone)]
struct Shared {
    log: Log,
    count: Arc<watch::Sender<usize>>,
}

impl Receivers {
    pub(crate) async fn start(names: &Names, count: usize) -> Self {
        let log = Log::default();
        let (sender, receiver) = watch::channel(0);
        let shared = Shared {
            log: Arc::clone(&log),
            count: Arc::new(sender),
        };
        let address = serve(Router::new().fallback(take).with_state(shared)).await;
        let hosts: Vec<String> = (0..count)
            .map(|number| format!("peer{number}.test"))
            .collect();
        hosts.iter().for_each(|host| names.set(host, address));
        Self {
            hosts,
            log,
            count: receiver,
        }
    }

    /// Waits until so many requests came since the last [`Receivers::forget`].
    pub(crate) async fn until(&self, total: usize) {
        let mut count = self.count.clone();
        let waited = tokio::time::timeout(PATIENCE, count.wait_for(|count| *count >= total)).await;
        assert!(waited.is_ok(), "{} of {total} came", *self.count.borrow());
    }

    /// When each peer got its requests, in their order.
    pub(crate) fn log(&self) -> HashMap<String, Vec<Instant>> {
        self.log.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        *self.count.borrow()
    }
}

async fn take(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let now = Instant::now();
    let host = headers["host"].to_str().unwrap().to_owned();
    assert!(headers.contains_key("signature") && !body.is_empty());
    shared
        .log
        .lock()
        .unwrap()
        .entry(host)
        .or_default()
        .push(now);
    shared.count.send_modify(|count| *count += 1);
    StatusCode::ACCEPTED
}

/// A peer that takes connections and never answers.
pub(crate) async fn silent(names: &Names, host: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    names.set(host, listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
}

/// A peer that answers 500.
pub(crate) async fn broken(names: &Names, host: &str) {
    let router = Router::new().fallback(async || StatusCode::INTERNAL_SERVER_ERROR);
    names.set(host, serve(router).await);
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}
