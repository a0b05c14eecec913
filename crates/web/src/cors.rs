//! Lets scripts of any site use the APIs. Safe because these know tokens only, which a page must have been given, and
//! no cookies.

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, StatusCode};

const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";
const TAKEN: &str = "Authorization, Content-Type, Idempotency-Key, If-None-Match";
const SHOWN: &str = "Link, Location, Retry-After, ETag, X-Request-Id";
/// Seconds a browser remembers the answer.
const MAX_AGE: &str = "86400";

/// A layer for the APIs (`axum::middleware::from_fn(web::cors::open)`).
pub async fn open(request: Request, next: Next) -> Response {
    let preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if preflight {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        let headers = response.headers_mut();
        put(headers, header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        put(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, TAKEN);
        put(headers, header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        put(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        return response;
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    put(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
    response
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
