//! What surrounds every handler: who asks is found before it, problems become pages and headers are set after it.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};
use web::Browser;

use crate::failure;
use crate::pages::Pages;
use crate::visit::Visit;

/// Nothing inline, nothing from elsewhere: a text that got through every escape still could not act.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// Reading without an account may be answered from a cache for a moment.
const SHARED: &str = "public, max-age=30, stale-while-revalidate=300";
/// Never `no-store`: going back must show the page at once, where it was.
const OWN: &str = "private, no-cache";

/// The layer around all pages.
pub(crate) async fn frame(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let browser = Browser::from_request_parts(&mut parts, &pages).await;
    let visit = Visit::new(&pages, &parts, browser.as_ref().ok());
    let method = parts.method.clone();
    let known =
        parts.headers.contains_key(header::COOKIE) || parts.uri.path().starts_with("/login");
    let response = match browser {
        Ok(_) => {
            parts.extensions.insert(visit.clone());
            next.run(Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
    };
    let mut response = failure::dress(response, &visit, &method);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.append(header::VARY, HeaderValue::from_static("Cookie"));
    let shared = !known && method == Method::GET;
    let policy = match response.status() {
        StatusCode::OK if shared => SHARED,
        _ => OWN,
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    response
}
