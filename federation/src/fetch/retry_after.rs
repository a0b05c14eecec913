//! Reads `Retry-After`: seconds or a date, never more than a day.

use std::time::{Duration, UNIX_EPOCH};

use db::Timestamp;

/// A peer may not silence us for longer.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long to wait from `now`; `None` where the text says neither.
pub(super) fn read(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let date = httpdate::parse_http_date(text)
        .ok()?
        .duration_since(UNIX_EPOCH)
        .ok()?;
    let now = Duration::from_micros(u64::try_from(now.0).ok()?);
    Some(date.saturating_sub(now).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_within_a_day() {
        let now = Timestamp::parse("2026-11-20T10:00:00Z").unwrap();
        let seconds = |text| read(text, now).map(|wait| wait.as_secs());
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("99999999999"), Some(86_400));
        assert_eq!(seconds("Fri, 20 Nov 2026 10:01:00 GMT"), Some(60));
        assert_eq!(seconds("Fri, 20 Nov 2026 09:00:00 GMT"), Some(0));
        assert_eq!(seconds("Sun, 20 Dec 2026 09:00:00 GMT"), Some(86_400));
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("-1"), None);
    }
}
