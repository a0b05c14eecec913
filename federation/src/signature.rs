//! HTTP signatures: reading and checking those of peers, writing our own.
//!
//! Checking has two halves. [`read`] is pure: it takes the request and the time, refuses whatever is missing, stale,
//! ambiguous or not covered, and yields a [`Claim`] that names a key. [`check`] then asks that key. Nothing of the
//! request may be acted on before both have passed. What must be covered is ours, not the sender's choice:
//! POST `(request-target)`, `host`, `digest` and a time; GET the same without `digest`.
//!
//! Forms: draft-cavage-12 as the fediverse speaks it (`signature/cavage.rs`) and RFC 9421 (`signature/rfc9421.rs`).
//! `Authorization` is never looked at: a proxy or a second scheme could fill it. Called by the inbox and by `fetch`.

use db::Timestamp;
use http::{HeaderMap, Method};

use crate::key::PublicKey;

mod cavage;
mod digest;
mod error;
mod parse;
mod rfc9421;
mod sign;
#[cfg(test)]
mod tests;
mod text;
mod time;

pub(crate) use error::SignatureError;
pub(crate) use sign::{Outgoing, SignError, Target, sign};

/// Longest signature header, in bytes.
pub(crate) const MAX_HEADER: usize = 4096;

/// A request as it arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a Method,
    /// Path with query, as it stood in the request line.
    pub(crate) target: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The bytes that arrived, before any reading.
    pub(crate) body: &'a [u8],
    /// `https` or `http`: how peers reach this server, whatever the proxy in between speaks.
    pub(crate) scheme: &'a str,
    /// Our hosts, with the port where it is unusual; `Host` must be one of them.
    pub(crate) hosts: &'a [&'a str],
    pub(crate) now: Timestamp,
}

/// A well-formed, fresh and complete signature whose key has not been asked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Where the public key is found: a URL, or `acct:name@host`.
    pub(crate) key_id: String,
    /// When the sender says it signed.
    pub(crate) signed_at: Timestamp,
    /// What was signed; the second is tried too where the first does not fit.
    signed_text: String,
    /// For a GET whose sender left the query out, as older software does.
    without_query: Option<String>,
    signature: Vec<u8>,
}

/// Reads the signature of a request.
///
/// # Errors
/// [`SignatureError`] says what is wrong, in a sentence for the sender's administrator.
pub(crate) fn read(request: &Request<'_>) -> Result<Claim, SignatureError> {
    check_host(request)?;
    if request.headers.contains_key("signature-input") {
        return rfc9421::read(request);
    }
    cavage::read(request)
}

/// Asks the key whether it made the claimed signature; on the blocking pool.
///
/// # Errors
/// [`SignatureError::Mismatch`], or [`SignatureError::Stopped`] while the server stops.
pub(crate) async fn check(claim: &Claim, key: &PublicKey) -> Result<(), SignatureError> {
    let (claim, key) = (claim.clone(), key.clone());
    tokio::task::spawn_blocking(move || check_now(&claim, &key))
        .await
        .map_err(|_| SignatureError::Stopped)?
}

/// [`check`] for callers that are on the blocking pool already.
///
/// # Errors
/// [`SignatureError::Mismatch`].
pub(crate) fn check_now(claim: &Claim, key: &PublicKey) -> Result<(), SignatureError> {
    let texts = [Some(&claim.signed_text), claim.without_query.as_ref()];
    let made = texts
        .into_iter()
        .flatten()
        .any(|text| key.verify_now(text.as_bytes(), &claim.signature));
    if made {
        Ok(())
    } else {
        Err(SignatureError::Mismatch)
    }
}

/// The request must have been sent to us: else it could be one sent to another server and passed on.
fn check_host(request: &Request<'_>) -> Result<(), SignatureError> {
    let host = single(request.headers, "host")?.ok_or(SignatureError::HeaderMissing("host"))?;
    let bare = host.strip_suffix(":443").unwrap_or(host);
    let ours = request
        .hosts
        .iter()
        .any(|own| own.eq_ignore_ascii_case(host) || own.eq_ignore_ascii_case(bare));
    if ours {
        Ok(())
    } else {
        Err(SignatureError::WrongHost)
    }
}

/// The only value of a header; `None` where it is absent.
fn single<'a>(
    headers: &'a HeaderMap,
    name: &'static str,
) -> Result<Option<&'a str>, SignatureError> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(SignatureError::DuplicateHeader(name));
    }
    value
        .to_str()
        .map(Some)
        .map_err(|_| SignatureError::HeaderUnreadable(name))
}

/// All values of a covered header, joined as both specifications say.
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<&str> = headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().map(str::trim))
        .collect::<Result<_, _>>()
        .ok()?;
    (!values.is_empty()).then(|| values.join(", "))
}
