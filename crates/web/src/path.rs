//! Parameters of a path. One that cannot name anything is 404, as one that names nothing.

use axum::extract::FromRequestParts;
use axum::extract::path::ErrorKind;
use axum::extract::rejection::PathRejection;
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::Problem;

/// Parameters of the path.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.path().contains("%00") {
            return Err(Problem::unknown_route());
        }
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(error)) => {
                Err(refused(error.into_kind()))
            }
            Err(error) => Err(Problem::internal(error)),
        }
    }
}

fn refused(kind: ErrorKind) -> Problem {
    let (field, value) = match kind {
        ErrorKind::ParseErrorAtKey { key, value, .. } => (key, value),
        ErrorKind::DeserializeError { key, value, .. } => (key, value),
        ErrorKind::ParseErrorAtIndex { value, .. } | ErrorKind::ParseError { value, .. } => {
            ("id".to_owned(), value)
        }
        ErrorKind::InvalidUtf8InPathParam { key } => (key, "text that is not UTF-8".to_owned()),
        other => return Problem::internal(other.to_string()),
    };
    let short: String = value.chars().take(40).collect();
    let detail = format!(
        "\u{201c}{short}\u{201d} names nothing here; ids are numbers as this server gave them."
    );
    Problem::new(StatusCode::NOT_FOUND, "not_found", "Not found", detail).about(field, "bad_id")
}
