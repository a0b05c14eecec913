//! `Idempotency-Key`: the same request sent twice has its effect once.
//!
//! The key belongs to one request: its address and body are hashed, and the same key with another hash is an error.
//! `domain::idempotency` keeps key, hash and result in the verb's own transaction.

use axum::extract::{FromRequest, OriginalUri, Request};
use domain::limits;
use http::HeaderMap;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{Problem, json};

const NAME: &str = "idempotency-key";

/// A key and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// As the client chose it.
    pub key: String,
    /// SHA-256 of method, address and body, hexadecimal.
    pub request_hash: String,
}

/// A JSON body that may come with a key.
#[derive(Clone, Debug)]
pub struct Keyed<T> {
    /// The body.
    pub value: T,
    /// The key, where the client sent one.
    pub key: Option<Key>,
}

impl<S, T> FromRequest<S> for Keyed<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let method = request.method().clone();
        let path = address(&request);
        let headers = request.headers().clone();
        let bytes = json::read(request).await?;
        let key = key(
            &headers,
            &[method.as_str().as_bytes(), path.as_bytes(), &bytes],
        )?;
        let value = json::parse(&bytes)?;
        Ok(Self { value, key })
    }
}

/// The key of a request whose body was read otherwise; `parts` are what makes it this request and no other.
///
/// # Errors
/// The header is no key.
pub fn key(headers: &HeaderMap, parts: &[&[u8]]) -> Result<Option<Key>, Problem> {
    let Some(value) = headers.get(NAME) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    if text.is_empty() || text.chars().count() > limits::IDEMPOTENCY_KEY {
        let most = limits::IDEMPOTENCY_KEY;
        let detail = format!("Idempotency-Key must be 1 to {most} visible ASCII characters.");
        return Err(domain::Error::invalid("idempotency_key", "bad_key", detail).into());
    }
    Ok(Some(Key {
        key: text.to_owned(),
        request_hash: hash(parts),
    }))
}

/// A hash in which no part can flow into the next.
fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

fn address(request: &Request) -> String {
    match request.extensions().get::<OriginalUri>() {
        Some(OriginalUri(uri)) => uri.path().to_owned(),
        None => request.uri().path().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_checked_and_parts_kept_apart() {
        let with = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(NAME, text.parse().unwrap());
            headers
        };
        assert_eq!(key(&HeaderMap::new(), &[]).unwrap(), None);
        for bad in ["", "   ", &"k".repeat(201)] {
            assert!(key(&with(bad), &[]).is_err(), "{bad:?}");
        }
        let hash = |parts: &[&[u8]]| key(&with("k"), parts).unwrap().unwrap().request_hash;
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_eq!(hash(&[b"a"]), hash(&[b"a"]));
    }
}
