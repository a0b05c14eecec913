//! An answer as it is kept: its headers but for those of its one request, and its bytes as they are sent.

use axum::body::{Body, Bytes};
use axum::extract::MatchedPath;
use axum::response::Response;
use domain::revision::{Revision, Subject};
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderValue};
use http::response::Parts;

use super::CACHE_STATUS;
use super::key::Key;
use crate::edge;

/// Bytes a kept answer costs beside its own.
const OVERHEAD: usize = 256;

pub(super) struct Entry {
    pub(super) about: Subject,
    pub(super) revision: Revision,
    headers: HeaderMap,
    /// So that requests are still counted by their routes.
    matched: Option<MatchedPath>,
    body: Bytes,
}

/// Whether an answer is for everybody.
pub(super) fn is_public(response: &Response) -> bool {
    let headers = response.headers();
    let policy = headers.get(header::CACHE_CONTROL);
    let policy = policy.and_then(|value| value.to_str().ok());
    response.status() == StatusCode::OK
        && !headers.contains_key(header::SET_COOKIE)
        && policy.is_some_and(|policy| policy.contains("public"))
}

impl Entry {
    pub(super) fn new(about: Subject, revision: Revision, parts: &Parts, body: Bytes) -> Self {
        let mut headers = parts.headers.clone();
        for name in [edge::REQUEST_ID, header::DATE.as_str()] {
            headers.remove(name);
        }
        Self {
            about,
            revision,
            headers,
            matched: parts.extensions.get::<MatchedPath>().cloned(),
            body,
        }
    }

    /// The answer to one more request.
    pub(super) fn answer(&self, key: &Key) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        response.headers_mut().clone_from(&self.headers);
        let status = HeaderValue::from_static("stoa; hit");
        response.headers_mut().insert(CACHE_STATUS, status);
        if let Some(matched) = &self.matched {
            response.extensions_mut().insert(matched.clone());
        }
        edge::name(&mut response, key.path());
        response
    }

    pub(super) fn weight(&self) -> u32 {
        let headers = self.headers.iter();
        let headers: usize = headers
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        u32::try_from(OVERHEAD + headers + self.body.len()).unwrap_or(u32::MAX)
    }
}
