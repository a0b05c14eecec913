//! Names of accounts and boards of this node; both live in one namespace, because `acct:name@host` means one actor.

use crate::{Fault, Site, limits};

/// Names that begin so belong to tags, which can be followed as actors.
const RESERVED_PREFIX: &str = "tag_";

/// A name as it is kept: without space around it, lower-case.
pub(crate) fn normal(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}

/// Adds what is wrong with a name that went through [`normal`].
pub(crate) fn check(faults: &mut Vec<Fault>, name: &str, site: &Site) {
    let fault = |code, detail: String| Fault::new("name", code, detail);
    let most = limits::NAME;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() {
        faults.push(fault("required", "A name is needed.".to_owned()));
    } else if !name.chars().all(plain) {
        faults.push(fault(
            "bad_characters",
            "A name is made of the letters a to z, digits and _ only.".to_owned(),
        ));
    } else if name.len() > most {
        faults.push(fault(
            "too_long",
            format!("A name has at most {most} characters."),
        ));
    } else if name.starts_with(RESERVED_PREFIX) || name == site.host {
        faults.push(fault(
            "reserved",
            format!(
                "This name is reserved; choose one that does not begin with {RESERVED_PREFIX}."
            ),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_underscores_up_to_thirty() {
        let site = Site::new("https://localhost");
        let long = "a".repeat(31);
        for (name, code) in [
            ("anna_2", None),
            ("7", None),
            (&long[1..], None),
            ("", Some("required")),
            ("anna b", Some("bad_characters")),
            ("ännä", Some("bad_characters")),
            ("anna-b", Some("bad_characters")),
            ("an\u{202e}na", Some("bad_characters")),
            (&long, Some("too_long")),
            ("tag_art", Some("reserved")),
            ("localhost", Some("reserved")),
        ] {
            let mut faults = Vec::new();
            check(&mut faults, name, &site);
            assert_eq!(faults.first().map(|fault| fault.code), code, "{name:?}");
        }
        assert_eq!(normal(" Anna "), "anna");
    }
}
