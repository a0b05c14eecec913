//! How long a text may be.

use std::borrow::Cow;

use crate::Fault;

/// Adds a fault where `text` has more than `limit` characters.
pub(crate) fn at_most(
    faults: &mut Vec<Fault>,
    field: impl Into<Cow<'static, str>>,
    text: &str,
    limit: usize,
) {
    let length = text.chars().count();
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
        assert!(faults.is_empty());
        at_most(&mut faults, "title", "äää", 2);
        assert_eq!(faults[0].code, "too_long");
        assert_eq!(faults[0].detail, "At most 2 characters; these are 3.");
    }
}
