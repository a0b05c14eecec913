//! Numbers, sizes and moments in words.

use domain::Timestamp;
use domain::page::Slice;

use crate::view::{Pager, When};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const KILOBYTE: i64 = 1024;
const MEGABYTE: i64 = 1024 * KILOBYTE;

/// A moment, in UTC; a script makes it local and relative.
pub(crate) fn when(at: Timestamp) -> When {
    let date = at.date();
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let (hour, minute, second) = date.to_hms();
    let name = MONTHS[usize::from(month) - 1];
    When {
        machine: format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
        words: format!("{day} {name} {year}, {hour:02}:{minute:02}"),
    }
}

/// `1 reply`, `2 replies`.
pub(crate) fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A time between two moments as people say it; microseconds.
pub(crate) fn span(micros: i64) -> String {
    let minutes = micros / 60_000_000;
    match minutes {
        ..1 => "less than a minute".to_owned(),
        1..120 => count(minutes, "minute", "minutes"),
        120..2_880 => count(minutes / 60, "hour", "hours"),
        _ => count(minutes / 1_440, "day", "days"),
    }
}

/// A size as people say it.
pub(crate) fn bytes(size: i64) -> String {
    if size < KILOBYTE {
        return format!("{size} B");
    }
    if size < MEGABYTE {
        return format!("{} KB", size / KILOBYTE);
    }
    let tenths = size * 10 / MEGABYTE;
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        tenth => format!("{}.{tenth} MB", tenths / 10),
    }
}

/// The way to the parts of a list before and after this one. `base` is the page's path with the rest of its query,
/// ending in `?` or `&`.
pub(crate) fn pager<T>(
    slice: &Slice<T>,
    base: &str,
    newer: &'static str,
    older: &'static str,
) -> Pager {
    let link = |name: &str, cursor: &Option<String>| {
        let cursor = cursor.as_ref()?;
        Some(format!("{base}{name}={cursor}"))
    };
    Pager {
        newer: link("before", &slice.prev),
        older: link("after", &slice.next),
        newer_text: newer,
        older_text: older,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_moments_are_readable() {
        for (size, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KB"),
            (422_000, "412 KB"),
            (1 << 20, "1 MB"),
            (3_355_443, "3.1 MB"),
            (16 << 20, "16 MB"),
        ] {
            assert_eq!(bytes(size), text);
        }
        let moment = when(Timestamp::parse("2026-11-20T10:05:09.123Z").unwrap());
        assert_eq!(moment.words, "20 Nov 2026, 10:05");
        assert_eq!(moment.machine, "2026-11-20T10:05:09Z");
        for (minutes, text) in [
            (0, "less than a minute"),
            (1, "1 minute"),
            (119, "119 minutes"),
            (120, "2 hours"),
            (3_000, "2 days"),
        ] {
            assert_eq!(span(minutes * 60_000_000), text);
        }
        assert_eq!(count(1, "reply", "replies"), "1 reply");
        assert_eq!(count(0, "reply", "replies"), "0 replies");
    }
}
