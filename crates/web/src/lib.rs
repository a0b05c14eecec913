//! What the HTTP faces share: state, who asks, the error table, uploads, pictures, caching. No routes of its own.
//!
//! `federation`, `api` and `ui` build their routers from these parts; `node` wraps the whole in `edge::wrap`, which gives
//! each request its id, span, limits and security headers.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

mod app;
pub mod cache;
mod client;
pub mod cookie;
pub mod cors;
pub mod edge;
pub mod etag;
pub mod idempotency;
mod json;
pub mod limits;
mod paging;
mod path;
pub mod picture;
pub mod problem;
mod query;
pub mod session;
pub mod upload;

pub use app::{App, Parts};
pub use cache::Cache;
pub use client::Client;
pub use idempotency::Keyed;
/// A range of addresses, as in the setting of trusted proxies.
pub use ipnet::IpNet;
pub use json::Json;
pub use paging::Paging;
pub use path::Path;
pub use problem::Problem;
pub use query::{Form, Query};
pub use session::{Browser, SignedIn, Viewer};
pub use upload::Upload;

/// What handlers answer.
pub type Result<T, E = Problem> = std::result::Result<T, E>;
