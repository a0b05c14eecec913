//! Dates of documents, kept between the year 2000 and an hour from now.
//!
//! A date far ahead would hold a thread at the top for ever. FChannel writes Go's zero time where there is no date.

use db::{HOUR, Timestamp};
use serde_json::Value;

/// 2000-01-01T00:00:00Z.
const EARLIEST: Timestamp = Timestamp(946_684_800_000_000);

/// Reads RFC 3339, also with an offset without colon or without any offset (then UTC).
pub(crate) fn moment(value: Option<&Value>, now: Timestamp) -> Option<Timestamp> {
    let text = value?.as_str()?.trim();
    Some(parse(text)?.clamp(EARLIEST, now.plus(HOUR).max(EARLIEST)))
}

/// The same for what lies ahead, such as the end of a ban: any moment since the year 2000.
pub(crate) fn future(value: Option<&Value>) -> Option<Timestamp> {
    let text = value?.as_str()?.trim();
    Some(parse(text)?.max(EARLIEST))
}

fn parse(text: &str) -> Option<Timestamp> {
    if text.len() > 40 || text.starts_with("0001-") {
        return None;
    }
    Timestamp::parse(text)
        .or_else(|| Timestamp::parse(&with_colon(text)?))
        .or_else(|| Timestamp::parse(&format!("{text}Z")))
}

/// `…+0200` as `…+02:00`.
fn with_colon(text: &str) -> Option<String> {
    let (start, minutes) = text.split_at_checked(text.len().checked_sub(2)?)?;
    Some(format!("{start}:{minutes}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_are_read_in_their_spellings_and_clamped() {
        let now = Timestamp::parse("2026-11-20T10:00:00Z").unwrap();
        let read = |text: &str| moment(Some(&json!(text)), now).map(Timestamp::rfc3339);
        assert_eq!(
            read("2023-10-30T12:44:35+0000").as_deref(),
            Some("2023-10-30T12:44:35.000Z")
        );
        assert_eq!(
            read("2021-09-11T11:45:37+02:00").as_deref(),
            Some("2021-09-11T09:45:37.000Z")
        );
        assert_eq!(
            read("2020-12-30T07:29:19.460932+00:00").as_deref(),
            Some("2020-12-30T07:29:19.460Z")
        );
        assert_eq!(
            read("2024-11-09T00:36:19").as_deref(),
            Some("2024-11-09T00:36:19.000Z")
        );
        assert_eq!(
            read("9999-12-31T23:59:59Z").as_deref(),
            Some("2026-11-20T11:00:00.000Z")
        );
        assert_eq!(
            read("1970-01-01T00:00:00Z").as_deref(),
            Some("2000-01-01T00:00:00.000Z")
        );
        assert_eq!(read("0001-01-01T00:00:00Z"), None);
        assert_eq!(read("yesterday"), None);
        assert_eq!(read("é"), None);
        assert_eq!(moment(Some(&json!(5)), now), None);
    }
}
