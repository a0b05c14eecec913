//! The digest of a body: `Digest` (RFC 3230, with cavage) and `Content-Digest` (RFC 9530, with RFC 9421).
//!
//! It is made of the bytes that arrived, and compared in constant time.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest as _, Sha256};

use crate::signature::SignatureError;

/// Standard base64; some senders leave the padding out.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The value of our own `Digest` header; the prefix in capitals because PieFed and NodeBB compare its text.
pub(super) fn header(body: &[u8]) -> String {
    format!("SHA-256={}", BASE64.encode(Sha256::digest(body)))
}

/// Checks a `Digest` header: a list of which exactly one value must be SHA-256.
pub(super) fn check(header: &str, body: &[u8]) -> Result<(), SignatureError> {
    let values = header
        .split(',')
        .filter_map(|part| part.trim().split_once('='));
    let mut ours = values
        .filter(|(name, _)| name.eq_ignore_ascii_case("sha-256"))
        .map(|(_, value)| value);
    compare(ours.next(), ours.next(), body)
}

/// Checks a `Content-Digest` header: a dictionary with one member `sha-256=:…:`.
pub(super) fn check_content(header: &str, body: &[u8]) -> Result<(), SignatureError> {
    let members = header
        .split(',')
        .filter_map(|part| part.trim().split_once('='));
    let mut ours = members
        .filter(|(name, _)| *name == "sha-256")
        .filter_map(|(_, value)| value.strip_prefix(':')?.strip_suffix(':'));
    compare(ours.next(), ours.next(), body)
}

fn compare(value: Option<&str>, second: Option<&str>, body: &[u8]) -> Result<(), SignatureError> {
    let (Some(value), None) = (value, second) else {
        return Err(SignatureError::DigestUnreadable);
    };
    let claimed = BASE64
        .decode(value.trim().trim_matches('"'))
        .map_err(|_| SignatureError::DigestUnreadable)?;
    let actual = Sha256::digest(body);
    verify_slices_are_equal(&claimed, &actual).map_err(|_| SignatureError::DigestMismatch)
}
