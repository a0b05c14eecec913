//! `ETag` and 304 for answers to GET that are small enough to be held in memory.
//!
//! The tag is weak (a compression layer may change the bytes) and made of the body, so an answer that says the same
//! never travels twice. Streams and pictures do not pass here: their length is unknown, or they have tags of their own.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use http_body::Body as _;
use sha2::{Digest, Sha256};

use crate::{Problem, limits};

/// A layer for routes that answer documents (`axum::middleware::from_fn(web::etag::tag)`).
pub async fn tag(request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let asked: Vec<HeaderValue> = request
        .headers()
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .cloned()
        .collect();
    let personal = request.headers().contains_key(header::AUTHORIZATION)
        || request.headers().contains_key(header::COOKIE);
    let response = next.run(request).await;
    if !is_taggable(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => return Problem::internal(error).into_response(),
    };
    let tag = format!("W/\"{}\"", &hex::encode(Sha256::digest(&bytes))[..32]);
    describe(&mut parts.headers, &tag, personal);
    if matches(&asked, &tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whether one of the tags in `If-None-Match` is this one (RFC 9110, section 13.1.2: weak comparison).
pub(crate) fn matches(asked: &[HeaderValue], tag: &str) -> bool {
    let bare = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    asked
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|text| text.trim() == "*" || bare(text) == bare(tag))
}

fn is_taggable(response: &Response) -> bool {
    let small = response
        .body()
        .size_hint()
        .exact()
        .is_some_and(|size| size <= limits::TAGGED);
    response.status() == StatusCode::OK && small && !response.headers().contains_key(header::ETAG)
}

fn describe(headers: &mut HeaderMap, tag: &str, personal: bool) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    let policy = if personal {
        "private, no-cache"
    } else {
        "public, no-cache"
    };
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(policy));
    headers.append(header::VARY, HeaderValue::from_static("Authorization"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        let asked = |text: &str| vec![HeaderValue::from_str(text).unwrap()];
        assert!(matches(&asked("\"x\", W/\"abc\""), "W/\"abc\""));
        assert!(matches(&asked("\"abc\""), "W/\"abc\""));
        assert!(matches(&asked("*"), "W/\"abc\""));
        assert!(!matches(&asked("\"abcd\""), "W/\"abc\""));
        assert!(!matches(&[], "W/\"abc\""));
    }
}
