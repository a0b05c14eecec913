//! What a board of this node may say and how it may be set.

use crate::board::Settings;
use crate::rules::{length, profile};
use crate::{Fault, limits};

/// Fewest and most replies that may raise a thread.
const BUMP_LIMIT: std::ops::RangeInclusive<i64> = 1..=100_000;

/// What people read about a board, as it was typed.
pub(crate) struct Texts<'a> {
    pub(crate) title: &'a str,
    pub(crate) about: &'a str,
    pub(crate) rules: &'a str,
}

/// Adds what is wrong with a board, new or changed.
pub(crate) fn check(faults: &mut Vec<Fault>, texts: &Texts<'_>, settings: &Settings) {
    profile::check_title(faults, "title", texts.title);
    profile::check_about(faults, "description", texts.about);
    length::at_most(faults, "rules", texts.rules, limits::RULES);
    if !BUMP_LIMIT.contains(&settings.bump_limit) {
        let (least, most) = (BUMP_LIMIT.start(), BUMP_LIMIT.end());
        faults.push(Fault::new(
            "bump_limit",
            "out_of_range",
            format!("The bump limit is a number from {least} to {most}."),
        ));
    }
}

/// One board more before the others than there may be, `already` being there.
pub(crate) fn featured_fault(already: i64) -> Option<Fault> {
    (already >= limits::FEATURED).then(|| {
        let most = limits::FEATURED;
        let detail = format!("Up to {most} boards may be featured; end that of another first.");
        Fault::new("featured", "too_many", detail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_board_at_once() {
        let long = "x".repeat(10_001);
        let texts = Texts {
            title: &long,
            about: &long,
            rules: &long,
        };
        let settings = Settings {
            bump_limit: 0,
            ..Settings::default()
        };
        let mut faults = Vec::new();
        check(&mut faults, &texts, &settings);
        let fields: Vec<&str> = faults.iter().map(|fault| &*fault.field).collect();
        assert_eq!(fields, ["title", "description", "rules", "bump_limit"]);
    }
}
