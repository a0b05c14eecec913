//! What every handler of every face is given: the node's parts, shared.
//!
//! `node` makes it once at start; the faces have it as axum state (their own states hold it and implement `FromRef`).

use std::ops::Deref;
use std::sync::Arc;

use ipnet::IpNet;
use tokio_util::task::TaskTracker;

/// The node's parts; a clone costs one count. Fields are reached through it: `app.cx`, `app.ingest`.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] shares.
pub struct Parts {
    /// Database, clock, ids, and who this node is.
    pub cx: domain::Context,
    /// Takes pictures in; also knows where they are kept.
    pub ingest: media::Ingest,
    /// The version of the program.
    pub version: &'static str,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// Writes that go on although their client hung up. The node waits for them when it stops.
    pub tasks: TaskTracker,
}

impl App {
    /// Puts the parts together.
    pub fn new(
        cx: domain::Context,
        ingest: media::Ingest,
        version: &'static str,
        trusted_proxies: Vec<IpNet>,
    ) -> Self {
        Self(Arc::new(Parts {
            cx,
            ingest,
            version,
            trusted_proxies,
            tasks: TaskTracker::new(),
        }))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
