//! Our own signatures on what we send: draft-cavage, which every peer reads.
//!
//! Fixed order `(request-target) host date digest content-type`, `algorithm="rsa-sha256"`, no `(created)`: Mbin,
//! Pleroma and FChannel fail on it, PieFed wants the algorithm named, PeerTube and Misskey want these four. The
//! signature holds for one host, so a redirect needs a new one. Called by `fetch` for every hop.

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use db::Timestamp;
use http::header::InvalidHeaderValue;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use url::Url;

use crate::key::{KeyError, Signer};
use crate::origin;
use crate::signature::SignatureError;
use crate::signature::digest::{self, BASE64};
use crate::signature::parse::LAST_SECOND;
use crate::signature::text::{self, Covered};

/// A request that is about to be sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outgoing<'a> {
    pub(crate) method: &'a Method,
    pub(crate) url: &'a Url,
    /// Bytes and content type of a POST.
    pub(crate) body: Option<(&'a [u8], &'a str)>,
    pub(crate) now: Timestamp,
    /// What is signed as target.
    pub(crate) target: Target,
}

/// What is signed as target of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Path and query, as the draft says.
    Full,
    /// The path alone: PieFed and FChannel check this for a GET with a query.
    WithoutQuery,
}

/// Why a request could not be signed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignError {
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("the key id or the URL cannot stand in a header")]
    Header(#[from] InvalidHeaderValue),
    #[error(transparent)]
    Text(#[from] SignatureError),
}

/// The headers to add: `Date`, `Signature`, and for a POST `Digest` and `Content-Type`. `Host` is left to the client,
/// which writes the same.
///
/// # Errors
/// [`SignError`].
pub(crate) async fn sign(signer: &Signer, outgoing: Outgoing<'_>) -> Result<HeaderMap, SignError> {
    let mut headers = HeaderMap::new();
    let mut lines = vec![
        ("host", origin::authority(outgoing.url)),
        ("date", date(outgoing.now)),
    ];
    if let Some((body, content_type)) = outgoing.body {
        lines.push(("digest", digest::header(body)));
        lines.push(("content-type", content_type.to_owned()));
    }
    for (name, value) in lines.iter().skip(1) {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value)?);
    }
    let mut names = vec!["(request-target)".to_owned()];
    names.extend(lines.iter().map(|(name, _)| (*name).to_owned()));
    let covered = Covered {
        names: &names,
        created: None,
        expires: None,
    };
    let lines = lines
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let text = text::signed_text(covered, outgoing.method, &target(&outgoing), lines)?;
    let signed = signer.sign(text.into_bytes()).await?;
    let value = format!(
        "keyId=\"{}\",algorithm=\"rsa-sha256\",headers=\"{}\",signature=\"{}\"",
        signer.key_id,
        names.join(" "),
        BASE64.encode(signed)
    );
    headers.insert(
        HeaderName::from_static("signature"),
        HeaderValue::from_str(&value)?,
    );
    Ok(headers)
}

fn target(outgoing: &Outgoing<'_>) -> String {
    match (outgoing.target, outgoing.url.query()) {
        (Target::Full, Some(query)) => format!("{}?{query}", outgoing.url.path()),
        _ => outgoing.url.path().to_owned(),
    }
}

/// IMF-fixdate. The formatter panics outside 1970 to 9999, so a clock that is there is held at the edge.
fn date(now: Timestamp) -> String {
    let seconds = now.seconds().clamp(0, LAST_SECOND);
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs()))
}
