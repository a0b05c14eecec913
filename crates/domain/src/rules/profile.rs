//! What people and boards say about themselves.

use crate::rules::length;
use crate::{Fault, limits};

/// Adds what is wrong with a display name or title.
pub(crate) fn check_title(faults: &mut Vec<Fault>, field: &'static str, title: &str) {
    length::at_most(faults, field, title, limits::TITLE);
}

/// Adds what is wrong with a biography or description.
pub(crate) fn check_about(faults: &mut Vec<Fault>, field: &'static str, about: &str) {
    length::at_most(faults, field, about, limits::ABOUT);
}

/// Adds what is wrong with the fields of a profile; one with neither name nor value is none.
pub(crate) fn check_fields(faults: &mut Vec<Fault>, fields: &[(String, String)]) {
    if fields.len() > limits::FIELDS {
        let most = limits::FIELDS;
        faults.push(Fault::new(
            "fields",
            "too_many",
            format!("A profile has at most {most} fields."),
        ));
    }
    for (at, (name, value)) in fields.iter().enumerate().take(limits::FIELDS) {
        if is_blank(name) && !is_blank(value) {
            let field = format!("fields[{at}].name");
            faults.push(Fault::new(field, "required", "A field needs a name."));
        }
        length::at_most(faults, format!("fields[{at}].name"), name, limits::FIELD);
        length::at_most(faults, format!("fields[{at}].value"), value, limits::FIELD);
    }
}

fn is_blank(text: &str) -> bool {
    markup::plain_line(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_few_and_short_and_named() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut faults = Vec::new();
        check_fields(&mut faults, &[field("web", "https://anna.example")]);
        assert!(faults.is_empty());
        check_fields(&mut faults, &[field("", " ")]);
        assert!(faults.is_empty());
        check_fields(
            &mut faults,
            &[field("\u{7}", "x"), field("a", &"x".repeat(256))],
        );
        check_fields(&mut faults, &vec![field("a", "b"); 9]);
        let found: Vec<_> = faults.iter().map(|f| (&*f.field, f.code)).collect();
        let expected = [
            ("fields[0].name", "required"),
            ("fields[1].value", "too_long"),
            ("fields", "too_many"),
        ];
        assert_eq!(found, expected);
    }
}
