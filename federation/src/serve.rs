//! What peers can ask for: discovery, actors, posts, collections, and where they may post to.
//!
//! Public documents are readable unsigned. None of these answers sets a cookie or runs a script; a foreign
//! thing is redirected to its home, which alone can vouch for it.

mod actor;
mod closed;
mod discovery;
mod post;
mod reply;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post as posting};
use axum::{Router, middleware};

use crate::hub::Hub;
use crate::{inbox, json};

/// All routes of the federation; `node` leads ActivityPub requests here.
pub(crate) fn router(hub: Hub) -> Router {
    Router::new()
        .route("/.well-known/webfinger", get(discovery::webfinger))
        .route("/.well-known/nodeinfo", get(discovery::nodeinfo_links))
        .route("/.well-known/host-meta", get(discovery::host_meta))
        .route("/nodeinfo/{version}", get(discovery::nodeinfo))
        .route("/", get(actor::instance))
        .route("/inbox", posting(inbox::post))
        .route("/outbox", get(actor::instance_outbox))
        .route("/followers", get(actor::instance_followers))
        .route("/u/{name}", get(actor::account))
        .route("/b/{name}", get(actor::board))
        .route("/u/{name}/inbox", posting(inbox::post))
        .route("/b/{name}/inbox", posting(inbox::post))
        .route("/u/{name}/outbox", get(actor::account_outbox))
        .route("/b/{name}/outbox", get(actor::board_outbox))
        .route("/u/{name}/followers", get(actor::account_followers))
        .route("/b/{name}/followers", get(actor::board_followers))
        .route("/u/{name}/following", get(actor::account_following))
        .route("/b/{name}/following", get(actor::board_following))
        .route("/b/{name}/moderators", get(actor::moderators))
        .route("/b/{name}/featured", get(actor::featured))
        .route("/b/{name}/{no}", get(post::thread))
        .route("/p/{id}", get(post::note))
        .route("/p/{id}/context", get(post::context))
        .route("/p/{id}/replies", get(post::replies))
        .route("/activities/{id}", get(post::activity))
        .layer(DefaultBodyLimit::max(json::MAX_BYTES))
        .layer(middleware::from_fn_with_state(hub.clone(), closed::refuse))
        .with_state(hub)
}
