//! draft-cavage-12 signatures, the form nearly all peers send.
//!
//! Spec: <https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12>; what peers make of it is in
//! `docs/federation`. The parameters are read by `parse`, the signed text is built by `text`, everything between is
//! decided here. Called by `signature::read`.

use std::collections::BTreeMap;

use base64::Engine as _;
use db::Timestamp;
use http::Method;

use crate::signature::digest::{self, BASE64};
use crate::signature::parse::{self, Parameters};
use crate::signature::text::{self, Covered};
use crate::signature::{Claim, Request, SignatureError, joined, single, time};

/// The kind of the key decides what is computed: RSASSA-PKCS1-v1_5 with SHA-256 for RSA, whichever of the first two is
/// written, and where nothing is (FChannel).
const ALGORITHMS: [&str; 3] = ["rsa-sha256", "hs2019", "ed25519"];

/// Reads the signature of a request.
pub(super) fn read(request: &Request<'_>) -> Result<Claim, SignatureError> {
    let header = single(request.headers, "signature")?.ok_or(SignatureError::Missing)?;
    let parameters = parse::parameters(header)?;
    check_algorithm(&parameters)?;
    check_covered(&parameters, request.method)?;
    let signed_at = check_time(&parameters, request)?;
    check_digest(&parameters, request)?;
    let signature = BASE64
        .decode(&parameters.signature)
        .map_err(|_| SignatureError::Malformed("signature is not base64"))?;
    let path = request.target.split_once('?').map(|(path, _)| path);
    let without_query = match path {
        Some(path) if request.method == Method::GET => {
            Some(signed_text(&parameters, request, path)?)
        }
        _ => None,
    };
    Ok(Claim {
        signed_text: signed_text(&parameters, request, request.target)?,
        without_query,
        signed_at,
        signature,
        key_id: parameters.key_id,
    })
}

fn check_algorithm(parameters: &Parameters) -> Result<(), SignatureError> {
    match &parameters.algorithm {
        Some(name) if !ALGORITHMS.contains(&name.to_ascii_lowercase().as_str()) => {
            Err(SignatureError::Algorithm(name.chars().take(40).collect()))
        }
        _ => Ok(()),
    }
}

fn check_covered(parameters: &Parameters, method: &Method) -> Result<(), SignatureError> {
    let covers = |name: &str| parameters.covered.iter().any(|covered| covered == name);
    let body = !matches!(*method, Method::GET | Method::HEAD);
    for (name, needed) in [("(request-target)", true), ("host", true), ("digest", body)] {
        if needed && !covers(name) {
            return Err(SignatureError::NotCovered(name));
        }
    }
    if !covers("date") && !covers("(created)") {
        return Err(SignatureError::NotCovered("date"));
    }
    Ok(())
}

/// Every covered time must be fresh; the later check of the two wins nothing for a replayer.
fn check_time(parameters: &Parameters, request: &Request<'_>) -> Result<Timestamp, SignatureError> {
    let covers = |name: &str| parameters.covered.iter().any(|covered| covered == name);
    let mut signed_at = None;
    if covers("(created)") {
        let created = parameters
            .created
            .ok_or(SignatureError::Malformed("created is covered but missing"))?;
        let created = time::moment(created);
        time::fresh(created, request.now)?;
        signed_at = Some(created);
    }
    if covers("date") {
        let date = single(request.headers, "date")?.ok_or(SignatureError::HeaderMissing("date"))?;
        let date = time::date(date)?;
        time::fresh(date, request.now)?;
        signed_at = Some(date);
    }
    time::unexpired(parameters.expires, request.now)?;
    signed_at.ok_or(SignatureError::NotCovered("date"))
}

/// A covered digest is always checked, an uncovered one never counts.
fn check_digest(parameters: &Parameters, request: &Request<'_>) -> Result<(), SignatureError> {
    if !parameters.covered.iter().any(|name| name == "digest") {
        return Ok(());
    }
    let header =
        single(request.headers, "digest")?.ok_or(SignatureError::HeaderMissing("digest"))?;
    digest::check(header, request.body)
}

fn signed_text(
    parameters: &Parameters,
    request: &Request<'_>,
    target: &str,
) -> Result<String, SignatureError> {
    let mut headers = BTreeMap::new();
    for name in parameters
        .covered
        .iter()
        .filter(|name| !name.starts_with('('))
    {
        let value = joined(request.headers, name)
            .ok_or_else(|| SignatureError::CoveredMissing(name.clone()))?;
        headers.insert(name.clone(), value);
    }
    let covered = Covered {
        names: &parameters.covered,
        created: parameters.created,
        expires: parameters.expires,
    };
    text::signed_text(covered, request.method, target, headers)
}
