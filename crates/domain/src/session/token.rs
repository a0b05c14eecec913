//! Tokens: 256 random bits that the client keeps, and their hash that we keep.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A new token.
pub(crate) fn make() -> String {
    let bits: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bits)
}

/// What the forms of a session's pages carry: known to its pages, to nobody else.
pub(super) fn csrf() -> String {
    let bits: [u8; 16] = rand::random();
    URL_SAFE_NO_PAD.encode(bits)
}

/// What the database knows of a token. Tokens are random, so a fast hash without salt is enough.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
