//! How long a text may be.
//!
//! What was typed is counted, before anything is tidied away: clients count so too, and a JSON schema can say it.

use std::borrow::Cow;

use crate::Fault;

/// Characters of a text as it was typed. A line end is one, although forms send two.
pub(crate) fn of(typed: &str) -> usize {
    typed.chars().count() - typed.matches("\r\n").count()
}

/// Adds a fault where what was typed has more than `limit` characters.
pub(crate) fn at_most(
    faults: &mut Vec<Fault>,
    field: impl Into<Cow<'static, str>>,
    typed: &str,
    limit: usize,
) {
    let length = of(typed);
    if length > limit {
        faults.push(Fault::new(
            field,
            "too_long",
            format!("At most {limit} characters; these are {length}."),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        let mut faults = Vec::new();
        at_most(&mut faults, "title", "ää", 2);
        at_most(&mut faults, "title", "ä\r\n", 2);
        assert!(faults.is_empty());
        at_most(&mut faults, "title", "äää", 2);
        assert_eq!(faults[0].code, "too_long");
        assert_eq!(faults[0].detail, "At most 2 characters; these are 3.");
        at_most(&mut faults, "title", "\u{7}\r\n\r", 2);
        assert_eq!(faults[1].detail, "At most 2 characters; these are 3.");
    }
}
