//! How long to wait before trying again.

use db::{HOUR, SECOND};

/// Microseconds to wait after the `attempts`-th failure: 10 s doubled each time, at most six hours, and up
/// to a quarter more by chance so that peers do not come back all at once.
pub fn backoff(attempts: i32) -> i64 {
    let doubled = (10 * SECOND) << attempts.saturating_sub(1).clamp(0, 12);
    let capped = doubled.min(6 * HOUR);
    capped + rand::random_range(0..=capped / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_from_ten_seconds_to_six_hours() {
        assert!((10 * SECOND..=13 * SECOND).contains(&backoff(1)));
        assert!((40 * SECOND..=50 * SECOND).contains(&backoff(3)));
        assert!((6 * HOUR..=8 * HOUR).contains(&backoff(i32::MAX)));
        assert!(backoff(i32::MIN) >= 10 * SECOND);
    }
}
