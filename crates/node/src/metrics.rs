//! What a monitor reads: the Prometheus text format at `/metrics`, on an address of its own.
//!
//! The text is written here, without a library: two of its three kinds of numbers are rows or facts of the system that
//! are read when they are asked for, and a library's registry would only hold copies of them. Names follow the
//! conventions of Prometheus: seconds and bytes, `_total` for what only grows.

mod gather;
pub(crate) mod requests;
mod text;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use gather::Gather;
pub use requests::Requests;

/// The router of the monitor's address: only `/metrics`, and open to whoever reaches the address.
pub fn router(app: web::App, requests: Requests, cache: web::Cache) -> Router {
    let gather = Gather::new(app, requests, cache);
    Router::new()
        .route("/metrics", get(show))
        .with_state(gather)
}

async fn show(State(gather): State<Gather>) -> Response {
    match gather.page().await {
        Ok(text) => {
            let kind = "text/plain; version=0.0.4; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => {
            tracing::error!(error = ?error, "the metrics cannot be gathered");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
