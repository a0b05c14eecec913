//! JSON bodies: read under the limit, with errors that name the faulty field.
//!
//! What is no JSON is 400; JSON of the wrong shape is 422, like any other wrong field.

mod once;
mod strict;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Problem, limits};
use once::Once;
use strict::Strict;

/// A JSON body, in or out.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<S, T> FromRequest<S> for Json<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = read(request).await?;
        parse(&bytes).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// The bytes of a request that says it is JSON.
pub(crate) async fn read(request: Request) -> Result<Bytes, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::unsupported_type("application/json"));
    }
    body(request).await
}

/// The bytes of a request without files.
pub(crate) async fn body(request: Request) -> Result<Bytes, Problem> {
    let announced = announced(request.headers());
    let limit = limits::BODY;
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Problem::too_large(limit as u64, announced));
    }
    match axum::body::to_bytes(request.into_body(), limit).await {
        Ok(bytes) => Ok(bytes),
        Err(error) if is_length_limit(&error) => Err(Problem::too_large(limit as u64, announced)),
        Err(_) => Err(Problem::bad_request(
            "cut_short",
            "The body ended early; please send it again.",
        )),
    }
}

/// Reads a document.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if escapes_nul(bytes) {
        return Err(nul());
    }
    let Once(document) = serde_json::from_slice(bytes).map_err(|error| {
        Problem::bad_request("bad_json", format!("The body is no valid JSON: {error}."))
    })?;
    serde_path_to_error::deserialize(Strict(document)).map_err(|error| {
        let path = error.path().to_string();
        faulty(&path, &error.inner().to_string())
    })
}

/// NUL is no text: PostgreSQL does not keep it, and nobody can type it. No body, form, query or path may hold it.
pub(crate) fn nul() -> Problem {
    Problem::bad_request(
        "nul",
        "The text holds the NUL character (U+0000); remove it.",
    )
}

/// Whether a JSON document holds `\u0000`. Backslashes stand only in its strings.
fn escapes_nul(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let escape = &rest[at + 1..];
        if escape.starts_with(b"u0000") {
            return true;
        }
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}

/// What serde said about the field at `path`.
pub(crate) fn faulty(path: &str, why: &str) -> Problem {
    let why = why.split(" at line ").next().unwrap_or_default();
    if let Some(name) = why.strip_prefix("missing field `") {
        let field = within(path, name.trim_end_matches('`'));
        let detail = format!("{field} is missing.");
        return invalid(&field, "missing", detail);
    }
    wrong_field(if path == "." { "body" } else { path }, why)
}

/// A field that cannot be read.
pub(crate) fn wrong_field(field: &str, why: &str) -> Problem {
    invalid(field, "wrong_type", format!("{field}: {why}."))
}

fn invalid(field: &str, code: &'static str, detail: String) -> Problem {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::new(status, "invalid", "Invalid fields", detail).about(field.to_owned(), code)
}

/// Serde reports a missing field at its parent; people look for the field.
fn within(parent: &str, name: &str) -> String {
    match parent {
        "." => name.to_owned(),
        parent => format!("{parent}.{name}"),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = declared
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The length the client announced.
pub(crate) fn announced(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

fn is_length_limit(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = cause.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Post {
        #[allow(dead_code, reason = "only its presence is asked")]
        body: String,
        #[allow(dead_code, reason = "only its type is asked")]
        media: Option<Vec<u32>>,
    }

    #[test]
    fn nul_is_found_where_it_is_meant() {
        assert!(escapes_nul(br#"{"body": "a\u0000b"}"#));
        assert!(escapes_nul(br#"{"body": "\\\u0000"}"#));
        assert!(!escapes_nul(br#"{"body": "\\u0000"}"#));
        assert!(!escapes_nul(br#"{"body": "\u0001 \n \\"}"#));
        assert!(!escapes_nul(b"\\"));
    }

    #[test]
    fn errors_name_the_field() {
        let deep = format!("{}{}", r#"{"body":"#, "[".repeat(100_000));
        let table: [(&[u8], u16, &str, &str); 10] = [
            (b"", 400, "bad_json", ""),
            (b"{\"body\": \"a\"} trailing", 400, "bad_json", ""),
            (b"\xFF", 400, "bad_json", ""),
            (deep.as_bytes(), 400, "bad_json", ""),
            (b"{\"body\": \"a\", \"body\": \"a\"}", 400, "bad_json", ""),
            (b"[]", 422, "wrong_type", "body"),
            (b"[\"a\", []]", 422, "wrong_type", "body"),
            (b"{}", 422, "missing", "body"),
            (b"{\"body\": 7}", 422, "wrong_type", "body"),
            (
                b"{\"body\": \"a\", \"media\": [1, \"x\"]}",
                422,
                "wrong_type",
                "media[1]",
            ),
        ];
        for (text, status, code, field) in table {
            let problem = parse::<Post>(text).unwrap_err();
            let fault = problem.fields.first();
            let found = fault.map_or((problem.code, ""), |fault| (fault.code, &fault.field));
            assert_eq!(problem.status.as_u16(), status, "{problem:?}");
            assert_eq!(found, (code, field), "{problem:?}");
        }
    }
}
