//! The usual reasons, to be chosen instead of typed: for reports, removals and bans.

use crate::form::Fields;
use crate::view::Offer;

/// What is usually wrong with a post. The last one stands for the person's own words.
const REASONS: [&str; 8] = [
    "Breaks the rules of the board",
    "Breaks the rules of this server",
    "Advertising or spam",
    "Hate or harassment",
    "Somebody\u{2019}s private matters",
    "Needs a content warning and has none",
    "Against the law",
    "Something else",
];

/// Those to choose from, with the one chosen before.
pub(crate) fn choices(fields: &Fields) -> Vec<Offer> {
    let before = fields.text("canned");
    let choice = |reason: &&str| Offer {
        value: (*reason).to_owned(),
        text: (*reason).to_owned(),
        chosen: before == *reason,
    };
    REASONS.iter().map(choice).collect()
}

/// The reason that was chosen, with what was typed; what was typed alone where something else was chosen.
pub(crate) fn read(fields: &Fields) -> String {
    let more = fields.trimmed("reason");
    let [usual @ .., _] = REASONS;
    let canned = fields.text("canned");
    match usual.iter().find(|reason| **reason == canned) {
        None => more,
        Some(reason) if more.is_empty() => (*reason).to_owned(),
        Some(reason) => format!("{reason}: {more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_chosen_or_typed_or_both() {
        let of = |canned: &str, more: &str| {
            let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            read(&Fields(vec![
                field("canned", canned),
                field("reason", more),
            ]))
        };
        assert_eq!(of("Against the law", ""), "Against the law");
        assert_eq!(of("Against the law", " art. 5 "), "Against the law: art. 5");
        assert_eq!(of("Something else", "mean"), "mean");
        assert_eq!(of("Something else", ""), "");
        assert_eq!(of("made up", "mean"), "mean");
    }
}
