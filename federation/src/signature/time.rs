//! How old a signature may be.
//!
//! Peers repeat a delivery with its first date, and clocks are wrong by time zones; Mastodon and Mitra take twelve
//! hours. What is that old can be a replay, which the table of received activities stops.

use std::time::UNIX_EPOCH;

use db::{HOUR, SECOND, Timestamp};

use crate::signature::SignatureError;

/// Oldest accepted signature, in microseconds.
pub(crate) const MAX_AGE: i64 = 12 * HOUR;
/// How far ahead a sender's clock may be, in microseconds.
pub(crate) const MAX_AHEAD: i64 = HOUR;

/// Reads a `Date` header: IMF-fixdate and the two older forms, also with `UTC` for `GMT` as FChannel writes it.
pub(super) fn date(text: &str) -> Result<Timestamp, SignatureError> {
    let text = text.trim();
    let written = text
        .strip_suffix("UTC")
        .map_or_else(|| text.to_owned(), |start| format!("{start}GMT"));
    let date = httpdate::parse_http_date(&written).map_err(|_| SignatureError::DateUnreadable)?;
    let since = date
        .duration_since(UNIX_EPOCH)
        .map_err(|_| SignatureError::DateUnreadable)?;
    i64::try_from(since.as_micros())
        .map(Timestamp)
        .map_err(|_| SignatureError::DateUnreadable)
}

/// Refuses what is too old or from the future.
pub(super) fn fresh(signed_at: Timestamp, now: Timestamp) -> Result<(), SignatureError> {
    let age = now.since(signed_at);
    if age > MAX_AGE {
        return Err(SignatureError::TooOld);
    }
    if age < -MAX_AHEAD {
        return Err(SignatureError::FromFuture);
    }
    Ok(())
}

/// Refuses what has expired. `created` and `expires` are bounded seconds.
pub(super) fn unexpired(expires: Option<i64>, now: Timestamp) -> Result<(), SignatureError> {
    match expires {
        Some(expires) if expires <= now.seconds() => Err(SignatureError::Expired),
        _ => Ok(()),
    }
}

/// Bounded seconds as a moment.
pub(super) fn moment(seconds: i64) -> Timestamp {
    Timestamp(seconds.saturating_mul(SECOND))
}
