//! Query strings and forms without files: errors name the faulty field.

use axum::extract::{FromRequest, FromRequestParts, Request};
use http::header;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{Problem, json};

/// The query string.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

/// A form without files (`application/x-www-form-urlencoded`).
#[derive(Clone, Copy, Debug)]
pub struct Form<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parse(parts.uri.query().unwrap_or_default().as_bytes()).map(Self)
    }
}

impl<S, T> FromRequest<S> for Form<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        const ACCEPTED: &str = "application/x-www-form-urlencoded";
        let declared = request.headers().get(header::CONTENT_TYPE);
        let declared = declared
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !declared.to_ascii_lowercase().starts_with(ACCEPTED) {
            return Err(Problem::unsupported_type(ACCEPTED));
        }
        parse(&json::body(request).await?).map(Self)
    }
}

fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    if form_urlencoded::parse(text).any(|(name, value)| name.contains('\0') || value.contains('\0'))
    {
        return Err(json::nul());
    }
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        json::faulty(&path, &error.inner().to_string())
    })
}
