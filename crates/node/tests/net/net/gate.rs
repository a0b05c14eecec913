//! What stands before a node in tests: it can cut the node off and keep what comes to its inboxes.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

/// A request that was kept.
#[derive(Clone, Debug)]
pub struct Held {
    uri: Uri,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Held {
    /// The document that was sent.
    pub fn document(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// The gate of one node.
#[derive(Clone)]
pub(super) struct Gate(Arc<Mutex<Inner>>);

struct Inner {
    name: String,
    severed: HashSet<String>,
    held: Option<Vec<Held>>,
}

impl Gate {
    pub(super) fn new(name: &str) -> Self {
        let inner = Inner {
            name: name.to_owned(),
            severed: HashSet::new(),
            held: None,
        };
        Self(Arc::new(Mutex::new(inner)))
    }

    pub(super) fn wrap(&self, router: Router) -> Router {
        router.layer(middleware::from_fn_with_state(self.clone(), pass))
    }

    pub(super) fn sever(&self, name: &str) {
        self.0.lock().unwrap().severed.insert(name.to_owned());
    }

    pub(super) fn mend(&self, name: &str) {
        self.0.lock().unwrap().severed.remove(name);
    }

    pub(super) fn hold(&self) {
        self.0.lock().unwrap().held = Some(Vec::new());
    }

    pub(super) fn take(&self) -> Vec<Held> {
        let mut inner = self.0.lock().unwrap();
        inner.held.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(super) fn let_through(&self) {
        self.0.lock().unwrap().held = None;
    }

    /// Posts it again with its signature; the mark lets it pass.
    pub(super) async fn deliver(&self, held: &Held, address: SocketAddr) -> u16 {
        let client = reqwest::Client::new();
        let url = format!("http://{address}{}", held.uri);
        let request = client
            .post(url)
            .headers(held.headers.clone())
            .header(MARK, "1");
        request
            .body(held.body.clone())
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    }

    /// Whether a request from a node passes.
    fn is_cut(&self, agent: &str) -> bool {
        let inner = self.0.lock().unwrap();
        let from_node = agent.starts_with("Stoa/");
        let sender_cut = inner
            .severed
            .iter()
            .any(|name| agent.contains(&format!("//{name}.test")));
        from_node && (inner.severed.contains(&inner.name) || sender_cut)
    }
}

const MARK: &str = "x-test-delivered";

async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    if gate.is_cut(agent.unwrap_or_default()) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let to_inbox = request.method() == "POST" && request.uri().path().ends_with("/inbox");
    let holding = gate.0.lock().unwrap().held.is_some();
    if !to_inbox || !holding || request.headers().contains_key(MARK) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body: Body = body;
    let body = to_bytes(body, 2 << 20).await.unwrap().to_vec();
    let held = Held {
        uri: parts.uri,
        headers: parts.headers,
        body,
    };
    if let Some(all) = &mut gate.0.lock().unwrap().held {
        all.push(held);
    }
    StatusCode::ACCEPTED.into_response()
}
