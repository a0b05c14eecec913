//! PEM text (RFC 7468) of one key: read leniently, written in lines of 64.
//!
//! Peers send it with `\r\n`, with spaces, without a last line break, or as one long line; all are read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Longest text that is looked at.
const MAX_TEXT: usize = 16 * 1024;

/// The first block of a PEM text.
pub(super) struct Block {
    pub(super) label: String,
    pub(super) der: Vec<u8>,
}

/// The first block of `text`, if there is one.
pub(super) fn read(text: &str) -> Option<Block> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let der = STANDARD.decode(body).ok()?;
    Some(Block {
        label: label.to_owned(),
        der,
    })
}

/// PEM text of `der`.
pub(super) fn write(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}
