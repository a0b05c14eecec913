//! RFC 9421 signatures in the profile of the fediverse: one signature over `@method`, `@target-uri`, digest, time.
//!
//! Spec: <https://www.rfc-editor.org/rfc/rfc9421>. `@target-uri` is what peers call us, so it is built from our own
//! scheme and host, never from the socket behind a proxy. The parameters enter the signed text exactly as sent,
//! therefore the raw text of the member is kept. Called by `signature::read` when `Signature-Input` is there.

use base64::Engine as _;
use http::Method;

use crate::signature::digest::{self, BASE64};
use crate::signature::parse::seconds;
use crate::signature::{Claim, MAX_HEADER, Request, SignatureError, joined, single, time};

/// The kind of the key decides what is computed; a name can only say that something else is meant.
const ALGORITHMS: [&str; 2] = ["rsa-v1_5-sha256", "ed25519"];
/// Most covered components.
const MAX_COVERED: usize = 32;

struct Input<'a> {
    label: &'a str,
    covered: Vec<&'a str>,
    /// The inner list with its parameters, as sent.
    raw: &'a str,
    key_id: String,
    created: i64,
    expires: Option<i64>,
}

/// Reads the signature of a request.
pub(super) fn read(request: &Request<'_>) -> Result<Claim, SignatureError> {
    let header = single(request.headers, "signature-input")?.ok_or(SignatureError::Missing)?;
    let value = single(request.headers, "signature")?.ok_or(SignatureError::Missing)?;
    if header.len() > MAX_HEADER || value.len() > MAX_HEADER {
        return Err(SignatureError::TooLong);
    }
    let input = input(header)?;
    check_covered(&input, request.method)?;
    let signed_at = time::moment(input.created);
    time::fresh(signed_at, request.now)?;
    time::unexpired(input.expires, request.now)?;
    if input.covered.contains(&"content-digest") {
        let digest = single(request.headers, "content-digest")?
            .ok_or(SignatureError::HeaderMissing("content-digest"))?;
        digest::check_content(digest, request.body)?;
    }
    Ok(Claim {
        signed_text: signed_text(&input, request)?,
        without_query: None,
        signed_at,
        signature: signature(value, input.label)?,
        key_id: input.key_id,
    })
}

fn check_covered(input: &Input<'_>, method: &Method) -> Result<(), SignatureError> {
    let covers = |name: &str| input.covered.contains(&name);
    let parts = covers("@authority") && covers("@path") && covers("@query");
    let body = !matches!(*method, Method::GET | Method::HEAD);
    let rules = [
        ("@method", covers("@method")),
        ("@target-uri", covers("@target-uri") || parts),
        ("content-digest", covers("content-digest") || !body),
    ];
    match rules.iter().find(|(_, kept)| !kept) {
        Some((name, _)) => Err(SignatureError::NotCovered(name)),
        None => Ok(()),
    }
}

/// One member `label=("a" "b");created=1;keyid="…"`.
fn input(header: &str) -> Result<Input<'_>, SignatureError> {
    let (label, raw) = header
        .trim()
        .split_once('=')
        .ok_or(SignatureError::Malformed("Signature-Input has no value"))?;
    let list = raw
        .strip_prefix('(')
        .ok_or(SignatureError::Malformed("Signature-Input has no list"))?;
    let (list, parameters) = list
        .split_once(')')
        .ok_or(SignatureError::Malformed("the list is not closed"))?;
    let mut covered = Vec::new();
    for item in list.split_ascii_whitespace() {
        let name = item
            .strip_prefix('"')
            .and_then(|item| item.strip_suffix('"'));
        let name = name.ok_or(SignatureError::Malformed(
            "component parameters are not accepted",
        ))?;
        if covered.contains(&name) {
            return Err(SignatureError::DuplicateParameter(name.to_owned()));
        }
        covered.push(name);
    }
    if covered.len() > MAX_COVERED {
        return Err(SignatureError::Malformed("too many components are covered"));
    }
    let mut input = Input {
        label,
        covered,
        raw,
        key_id: String::new(),
        created: -1,
        expires: None,
    };
    read_parameters(parameters, &mut input)?;
    if input.key_id.is_empty() || input.created < 0 {
        return Err(SignatureError::Malformed("created and keyid are needed"));
    }
    Ok(input)
}

fn read_parameters(text: &str, input: &mut Input<'_>) -> Result<(), SignatureError> {
    let mut seen: Vec<&str> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let after = rest.strip_prefix(';').ok_or(SignatureError::Malformed(
            "exactly one signature is accepted",
        ))?;
        let (name, after) = after
            .split_once('=')
            .ok_or(SignatureError::Malformed("a parameter has no value"))?;
        let name = name.trim_start();
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted
                .split_once('"')
                .ok_or(SignatureError::Malformed("a quote is not closed"))?,
            None => after.split_at(after.find([';', ',']).unwrap_or(after.len())),
        };
        if seen.contains(&name) {
            return Err(SignatureError::DuplicateParameter(name.to_owned()));
        }
        seen.push(name);
        match name {
            "keyid" => value.clone_into(&mut input.key_id),
            "created" => input.created = seconds(value, "created")?,
            "expires" => input.expires = Some(seconds(value, "expires")?),
            "alg" if !ALGORITHMS.contains(&value) => {
                return Err(SignatureError::Algorithm(value.chars().take(40).collect()));
            }
            _ => {}
        }
        rest = after;
    }
    Ok(())
}

fn signature(header: &str, label: &str) -> Result<Vec<u8>, SignatureError> {
    let value = header
        .trim()
        .strip_prefix(label)
        .and_then(|rest| rest.strip_prefix("=:"))
        .and_then(|rest| rest.strip_suffix(':'));
    let value = value.ok_or(SignatureError::Malformed(
        "Signature has no value for the label",
    ))?;
    BASE64
        .decode(value)
        .map_err(|_| SignatureError::Malformed("signature is not base64"))
}

fn signed_text(input: &Input<'_>, request: &Request<'_>) -> Result<String, SignatureError> {
    let host = single(request.headers, "host")?
        .ok_or(SignatureError::HeaderMissing("host"))?
        .to_ascii_lowercase();
    let host = if request.scheme == "https" {
        host.strip_suffix(":443").unwrap_or(&host)
    } else {
        &host
    };
    let (path, query) = request
        .target
        .split_once('?')
        .map_or((request.target, ""), |(path, query)| (path, query));
    let mut text = String::new();
    for name in &input.covered {
        let value = match *name {
            "@method" => request.method.as_str().to_owned(),
            "@target-uri" => format!("{}://{host}{}", request.scheme, request.target),
            "@authority" => host.to_owned(),
            "@scheme" => request.scheme.to_owned(),
            "@request-target" => request.target.to_owned(),
            "@path" => path.to_owned(),
            "@query" => format!("?{query}"),
            header => joined(request.headers, header)
                .ok_or_else(|| SignatureError::CoveredMissing(header.to_owned()))?,
        };
        text.push_str(&format!("\"{name}\": {value}\n"));
    }
    text.push_str(&format!("\"@signature-params\": {}", input.raw));
    Ok(text)
}
