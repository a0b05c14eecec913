//! The text that is signed: one line per covered component, in the order of the list.
//!
//! `http-signature-normalization` builds it, for checking and for signing alike. It never sees what a peer wrote as
//! signature: it splits at commas, reads `Authorization` first, asks the wall clock and panics on a `created` near the
//! end of 64 bits. So it gets a header made here from values that passed our own reader, and a window that never
//! closes. Its own way of signing would put the components in alphabetical order.

use std::collections::BTreeMap;
use std::time::Duration;

use http::Method;
use http_signature_normalization::{Config, PrepareVerifyError};

use crate::signature::SignatureError;

/// A century: the time has been judged by our own clock before.
const NEVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// What a signature covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Covered<'a> {
    /// Lower-case names of headers and pseudo-headers, in order, without duplicates.
    pub(super) names: &'a [String],
    pub(super) created: Option<i64>,
    pub(super) expires: Option<i64>,
}

/// The signed text of a request with these (covered) headers.
pub(super) fn signed_text(
    covered: Covered<'_>,
    method: &Method,
    target: &str,
    mut headers: BTreeMap<String, String>,
) -> Result<String, SignatureError> {
    // The crate would take a covered `Authorization` for the signature itself, list of components and all.
    headers.remove("authorization");
    headers.insert("signature".to_owned(), plain_header(covered));
    let read = Config::new()
        .set_expiration(NEVER)
        .begin_verify(method.as_str(), target, headers);
    match read {
        Ok(text) => Ok(text.signing_string().to_owned()),
        Err(PrepareVerifyError::Required(missing)) => {
            let mut names: Vec<&String> = missing.headers().iter().collect();
            names.sort();
            Err(SignatureError::CoveredMissing(
                names
                    .first()
                    .map(|name| (*name).clone())
                    .unwrap_or_default(),
            ))
        }
        Err(PrepareVerifyError::Validate(_)) => Err(SignatureError::Expired),
        Err(PrepareVerifyError::Parse(_)) => Err(SignatureError::Malformed(
            "the covered components cannot be read",
        )),
    }
}

fn plain_header(covered: Covered<'_>) -> String {
    let mut header = format!(
        "keyId=\"-\",headers=\"{}\",signature=\"-\"",
        covered.names.join(" ")
    );
    for (name, value) in [("created", covered.created), ("expires", covered.expires)] {
        let listed = covered
            .names
            .iter()
            .any(|covered| covered.trim_matches(['(', ')']) == name);
        if let Some(value) = value.filter(|_| listed) {
            header.push_str(&format!(",{name}={value}"));
        }
    }
    header
}
