//! The limits of requests, in one place. Those of what they say are in `domain::limits` and `media::Limits`.

use std::time::Duration;

/// Bytes of a JSON document or of a form without files: the longest post, every character escaped, and some room.
pub const BODY: usize = 512 << 10;
/// Bytes of all text fields of a form with files.
pub const FORM_TEXT: usize = 512 << 10;
/// Fields of a form with files, the files among them.
pub const FORM_FIELDS: usize = 128;
/// Bytes of an answer that is kept in memory to give it an `ETag`.
pub const TAGGED: u64 = 1 << 20;
/// How long the rest of a refused upload is read and thrown away, so that its sender hears why before the
/// connection ends.
pub const DRAIN_TIME: Duration = Duration::from_secs(20);
/// Bytes of a refused upload that are read and thrown away.
pub const DRAIN_BYTES: u64 = 256 << 20;
/// Addresses in `X-Forwarded-For` that are looked at.
pub const FORWARDS: usize = 32;
