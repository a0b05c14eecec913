//! Parts of pages, for scripts that ask with `X-Fragment`: the component as it stands in a page, drawn by the same template.
//!
//! `post` on a thread's addresses and `vote` on a vote; with `compose` a form answers 201 and a place instead of a
//! redirect that a script could not see.

use axum::response::Response;
use http::{HeaderMap, StatusCode};

/// The header that asks.
pub(crate) const HEADER: &str = "x-fragment";

/// Whether a script asks for that part.
pub(crate) fn asks(headers: &HeaderMap, part: &str) -> bool {
    headers.get(HEADER).is_some_and(|value| value == part)
}

/// 201 with the place in place of 303, where the form that writes asked.
pub(crate) fn place(asked: bool, response: &mut Response) {
    if asked && response.status() == StatusCode::SEE_OTHER {
        *response.status_mut() = StatusCode::CREATED;
    }
}
