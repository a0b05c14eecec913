//! Servers we know.

use domain::{Timestamp, peer};
use serde::Serialize;
use utoipa::ToSchema;

/// A server this node knows.
#[derive(Serialize, ToSchema)]
pub(crate) struct Peer {
    /// Its host, with the port where it is not the usual one.
    host: String,
    /// What it runs.
    software: Option<String>,
    version: Option<String>,
    /// `up`, `failing`, or `dead` where nothing got through on seven days.
    state: &'static str,
    /// `open`, or `suspended` where an admin wants nothing of it.
    policy: &'static str,
    /// Deliveries that wait for it.
    queued: i64,
    /// Seconds the oldest of them has been waiting.
    lag: i64,
    /// When it last took or sent something.
    #[schema(format = DateTime)]
    last_ok_at: Option<String>,
    /// Only with scope `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details>,
}

/// What admins see of a server.
#[derive(Serialize, ToSchema)]
#[schema(as = PeerDetails)]
struct Details {
    /// Failures since the last success.
    attempts: i32,
    /// Not tried before this moment.
    #[schema(format = DateTime)]
    next_try_at: Option<String>,
    /// What went wrong last.
    error: Option<String>,
}

impl Peer {
    /// For everybody.
    pub(crate) fn of(peer: &peer::Peer, now: Timestamp) -> Self {
        let waited = peer.queued_since.map_or(0, |since| now.since(since));
        Self {
            host: peer.host.clone(),
            software: peer.software.clone(),
            version: peer.version.clone(),
            state: match peer.state {
                peer::State::Up => "up",
                peer::State::Failing => "failing",
                peer::State::Dead => "dead",
            },
            policy: match peer.policy {
                peer::Policy::Open => "open",
                peer::Policy::Suspended => "suspended",
            },
            queued: peer.queued,
            lag: Timestamp(waited.max(0)).seconds(),
            last_ok_at: peer.last_ok_at.map(Timestamp::rfc3339),
            details: None,
        }
    }

    /// For admins.
    pub(crate) fn in_full(peer: &peer::Peer, now: Timestamp) -> Self {
        let next = Some(peer.next_try_at).filter(|at| at.0 > 0);
        Self {
            details: Some(Details {
                attempts: peer.attempts,
                next_try_at: next.map(Timestamp::rfc3339),
                error: peer.error.clone(),
            }),
            ..Self::of(peer, now)
        }
    }
}
