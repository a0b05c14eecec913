//! Answers to peers: documents with their type, redirects to a thing's home, refusals in few words.

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::fetch::ACTIVITY_JSON;
use crate::trouble::Trouble;

const VARY: (HeaderName, &str) = (header::VARY, "Accept, Signature");
const NOSNIFF: (HeaderName, &str) = (header::X_CONTENT_TYPE_OPTIONS, "nosniff");

/// A document of ours.
pub(super) fn document(value: &Value) -> Response {
    text(value.to_string())
}

/// A document that is text already.
pub(super) fn text(body: String) -> Response {
    let kind = (header::CONTENT_TYPE, ACTIVITY_JSON);
    let fresh = (header::CACHE_CONTROL, "public, max-age=60");
    ([kind, VARY, NOSNIFF, fresh], body).into_response()
}

/// What is left of a thing, with status 410.
pub(super) fn gone(value: &Value) -> Response {
    (StatusCode::GONE, document(value)).into_response()
}

/// JSON of another kind, for anybody.
pub(super) fn json(kind: &str, value: &Value) -> Response {
    let kind = (header::CONTENT_TYPE, kind);
    let anybody = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    ([kind, anybody, NOSNIFF], value.to_string()).into_response()
}

/// The home of a foreign thing.
pub(super) fn home(uri: &str) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, uri), VARY]).into_response()
}

/// Why there is no document.
pub(super) struct Absent(StatusCode);

impl Absent {
    pub(super) const MISSING: Self = Self(StatusCode::NOT_FOUND);
}

impl From<domain::Error> for Absent {
    fn from(error: domain::Error) -> Self {
        match error {
            domain::Error::Missing(_) => Self::MISSING,
            domain::Error::Gone(_) => Self(StatusCode::GONE),
            // Its server is suspended here.
            domain::Error::Denied(_) => Self(StatusCode::FORBIDDEN),
            domain::Error::Busy { .. } | domain::Error::Overloaded { .. } => {
                Self(StatusCode::SERVICE_UNAVAILABLE)
            }
            domain::Error::Internal(cause) => {
                tracing::error!(%cause, "a document could not be made");
                Self(StatusCode::INTERNAL_SERVER_ERROR)
            }
            domain::Error::Invalid(_) | domain::Error::Conflict(_) => Self(StatusCode::BAD_REQUEST),
        }
    }
}

impl From<Trouble> for Absent {
    fn from(trouble: Trouble) -> Self {
        trouble.into_domain(domain::Noun::Page).into()
    }
}

impl IntoResponse for Absent {
    fn into_response(self) -> Response {
        let reason = self.0.canonical_reason().unwrap_or_default();
        (self.0, [VARY, NOSNIFF], format!("{reason}\n")).into_response()
    }
}
