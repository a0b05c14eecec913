//! What a node may say about itself.

use crate::rules::length;
use crate::site::Patch;
use crate::{Fault, limits};

/// A change with every text as it is kept.
pub(crate) fn clean(patch: Patch) -> Patch {
    let line = |text: Option<Option<String>>| text.map(|text| text.map(|t| markup::plain_line(&t)));
    let body = |text: Option<Option<String>>| {
        text.map(|text| text.map(|text| super::post::clean_body(&text)))
    };
    Patch {
        name: line(patch.name),
        description: patch
            .description
            .map(|text| text.map(|text| markup::plain_text(&text))),
        rules: patch
            .rules
            .map(|rules| rules.map(|rules| plain_rules(&rules))),
        about: body(patch.about),
        privacy: body(patch.privacy),
        contact: line(patch.contact),
        ..patch
    }
}

/// Adds what is wrong with a change as it was typed.
pub(crate) fn check(faults: &mut Vec<Fault>, patch: &Patch) {
    if let Some(name) = said(patch.name.as_ref()) {
        if markup::plain_line(name).is_empty() {
            faults.push(Fault::new("name", "required", "A site needs a name."));
        }
        length::at_most(faults, "name", name, limits::TITLE);
    }
    for (field, text, limit) in [
        ("description", &patch.description, limits::SITE_DESCRIPTION),
        ("about", &patch.about, limits::SITE_TEXT),
        ("privacy", &patch.privacy, limits::SITE_TEXT),
        ("contact", &patch.contact, limits::CONTACT),
    ] {
        length::at_most(faults, field, said(text.as_ref()).map_or("", |t| t), limit);
    }
    if let Some(rules) = said(patch.rules.as_ref()) {
        check_rules(faults, rules);
    }
}

fn check_rules(faults: &mut Vec<Fault>, rules: &[String]) {
    let (most, most_characters) = (limits::SITE_RULES, limits::SITE_RULE);
    if rules.len() > most {
        let detail = format!(
            "At most {most} rules, one a line; these are {}.",
            rules.len()
        );
        faults.push(Fault::new("rules", "too_many", detail));
    }
    if let Some(at) = rules
        .iter()
        .position(|rule| length::of(rule) > most_characters)
    {
        let detail = format!(
            "A rule has at most {most_characters} characters; rule {} has more.",
            at + 1
        );
        faults.push(Fault::new("rules", "too_long", detail));
    }
}

fn said<T>(field: Option<&Option<T>>) -> Option<&T> {
    field.and_then(Option::as_ref)
}

fn plain_rules(rules: &[String]) -> Vec<String> {
    let plain = rules.iter().map(|rule| markup::plain_line(rule));
    plain.filter(|rule| !rule.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_site_at_once() {
        let long = || Some(Some("x".repeat(20_001)));
        let patch = Patch {
            name: Some(Some(" \u{202e} ".to_owned())),
            description: long(),
            rules: Some(Some(vec!["x".repeat(501); 51])),
            about: long(),
            privacy: long(),
            contact: long(),
            ..Patch::default()
        };
        let mut faults = Vec::new();
        check(&mut faults, &patch);
        let found: Vec<_> = faults.iter().map(|f| (&*f.field, f.code)).collect();
        let expected = [
            ("name", "required"),
            ("description", "too_long"),
            ("about", "too_long"),
            ("privacy", "too_long"),
            ("contact", "too_long"),
            ("rules", "too_many"),
            ("rules", "too_long"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn going_back_to_the_default_is_never_wrong() {
        let patch = Patch {
            name: Some(None),
            rules: Some(None),
            ..Patch::default()
        };
        let mut faults = Vec::new();
        check(&mut faults, &patch);
        assert!(faults.is_empty());
    }
}
