//! What every request passes first and every answer last: its id, its span in the log, a body limit, security headers,
//! and problems in their final form.
//!
//! Methods that write run in a task of their own: a client that hangs up does not cut a write in the middle. A panic is
//! our fault like any other: 500 with a request id. `node` wraps the router of all faces in it.

mod headers;

use std::any::Any;
use std::panic::AssertUnwindSafe;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::{HeaderValue, header};
use tracing::Instrument;

use crate::problem::MEDIA_TYPE;
use crate::{App, Problem, limits};

/// The header that names the request, in answers.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// The id of a request, in its extensions, its span, its answer and its problem.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

impl RequestId {
    fn new() -> Self {
        Self(format!("{:032x}", rand::random::<u128>()))
    }
}

/// Gives an answer that no handler made its id, and notes it as `pass` does.
pub(crate) fn name(response: &mut Response, path: &str) {
    let id = RequestId::new();
    let status = response.status().as_u16();
    tracing::debug!(id = %id.0, path, status, "answered as before");
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
}

/// Wraps the router of a node.
pub fn wrap(router: Router, app: &App) -> Router {
    router
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(middleware::from_fn_with_state(app.clone(), pass))
}

async fn pass(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    let safe = request.method().is_safe();
    let span = tracing::info_span!(
        "request",
        id = %id.0,
        method = %request.method(),
        path = request.uri().path(),
    );
    request.extensions_mut().insert(id.clone());
    let before = tokio::time::Instant::now();
    let run = run(next, request).instrument(span.clone());
    let response = if safe {
        run.await
    } else {
        detached(&app, run).await
    };
    let took = before.elapsed();
    span.in_scope(|| {
        let status = response.status().as_u16();
        let ms = took.as_secs_f64() * 1000.0;
        tracing::debug!(status, ms, "answered");
        finish(response, &id, &app)
    })
}

async fn run(next: Next, request: Request) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(panic.as_ref()).into_response(),
    }
}

/// Runs in a task that goes on when this future is dropped.
async fn detached(app: &App, run: impl Future<Output = Response> + Send + 'static) -> Response {
    match app.tasks.spawn(run).await {
        Ok(response) => response,
        Err(stopped) => Problem::internal(stopped).into_response(),
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Problem {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    Problem::internal(format!("panic: {}", text.unwrap_or_default()))
}

/// Logs the cause, gives a problem its final form, adds the headers.
fn finish(mut response: Response, id: &RequestId, app: &App) -> Response {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        if let Some(cause) = problem.cause() {
            tracing::error!(cause = %chain(cause), "a request failed");
        }
        if is_problem(&response) {
            let kept = response.headers().clone();
            response = problem.render(Some(&id.0));
            for (name, value) in &kept {
                if *name != header::CONTENT_LENGTH && !response.headers().contains_key(name) {
                    response.headers_mut().append(name, value.clone());
                }
            }
        }
    }
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    headers::secure(response.headers_mut(), &app.cx.site);
    response
}

fn is_problem(response: &Response) -> bool {
    let declared = response.headers().get(header::CONTENT_TYPE);
    declared.is_some_and(|value| value == MEDIA_TYPE)
}

/// An error and what led to it, on one line.
fn chain(error: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// The answer to what no router knows.
pub async fn unknown_route() -> Problem {
    Problem::unknown_route()
}

/// The answer to a method that an address does not take; axum adds the `Allow` header.
pub async fn method_not_allowed() -> Problem {
    Problem::method_not_allowed()
}
