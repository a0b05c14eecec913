//! What went wrong, as HTTP says it: RFC 9457 `application/problem+json`.
//!
//! A [`Problem`] travels in the answer's extensions too. `edge` finds it there, adds the request id and logs the cause
//! once; faces with another shape of error (pages, the Mastodon API) take it from there and render their own.

mod table;

use std::error::Error;
use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::Fault;
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error on its way to the client; made from [`domain::Error`] with `?`.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// Stable, for programs.
    pub code: &'static str,
    /// A few words for people, the same for all problems of this code.
    pub title: &'static str,
    /// One sentence for people about this very case.
    pub detail: String,
    /// What is wrong with which field, all at once.
    pub fields: Vec<Fault>,
    /// Seconds until it may be tried again.
    pub retry_after: Option<i64>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem of the request itself; those of the product's rules come from [`domain::Error`].
    pub fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            title,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
            cause: None,
        }
    }

    /// The same, about one field.
    #[must_use]
    pub fn about(
        mut self,
        field: impl Into<std::borrow::Cow<'static, str>>,
        code: &'static str,
    ) -> Self {
        let detail = self.detail.clone();
        self.fields.push(Fault::new(field, code, detail));
        self
    }

    /// Our own fault: logged with the request id, never shown.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        domain::Error::internal(cause).into()
    }

    /// There is nothing at this address.
    pub fn unknown_route() -> Self {
        domain::Error::Missing(domain::Noun::Page).into()
    }

    /// There is something at this address, but not for this method.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "Method not allowed",
            "This address does not take this method; the Allow header names those it takes.",
        )
    }

    /// The body is of a kind this address does not take.
    pub fn unsupported_type(accepted: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_type",
            "Unsupported type",
            format!("The body must be {accepted}; say so in Content-Type."),
        )
    }

    /// The body has too many bytes; `actual` where the client announced how many.
    pub fn too_large(limit: u64, actual: Option<u64>) -> Self {
        let has = actual.map_or_else(|| "more".to_owned(), |actual| format!("{actual} bytes"));
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "Too large",
            format!("The body has {has}, but at most {limit} bytes are accepted."),
        )
    }

    /// The body ended early or is not what it says it is.
    pub fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, "Bad request", detail)
    }

    /// What went wrong on our side, for the log.
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// The document, with the request id where it is known.
    pub fn document(&self, request_id: Option<&str>) -> serde_json::Value {
        let field = |fault: &Fault| json!({"field": fault.field, "code": fault.code, "detail": fault.detail});
        json!({
            "type": format!("urn:stoa:problem:{}", self.code),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "code": self.code,
            "fields": self.fields.iter().map(field).collect::<Vec<_>>(),
            "request_id": request_id,
        })
    }

    /// The answer, with the request id where it is known.
    pub(crate) fn render(self, request_id: Option<&str>) -> Response {
        let mut response = (self.status, Json(self.document(request_id))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.render(None)
    }
}
