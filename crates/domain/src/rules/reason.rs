//! Why a moderator or an admin did something: never long, and where the audit log wants it always said.

use crate::{Error, Fault, Result, limits};

/// The reason as it is kept.
///
/// # Errors
/// `Invalid` on `reason` where there is none or it is too long.
pub(crate) fn given(text: &str) -> Result<String> {
    let text = markup::plain_text(text);
    if text.is_empty() {
        let detail = "Say why; other admins read it in the audit log.";
        return Err(Error::invalid("reason", "required", detail));
    }
    let mut faults = Vec::new();
    super::length::at_most(&mut faults, "reason", &text, limits::REASON);
    Error::from_faults(faults)?;
    Ok(text)
}

/// What is wrong with a reason that may be left out.
pub(crate) fn fault(reason: &str) -> Option<Fault> {
    (reason.chars().count() > limits::REASON).then(|| {
        let detail = format!("The reason may have up to {} characters.", limits::REASON);
        Fault::new("reason", "too_long", detail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_words_within_a_limit() {
        assert_eq!(given(" spam \r\n again ").unwrap(), "spam\nagain");
        let long = "x".repeat(1_001);
        for (text, code) in [
            ("", "required"),
            (" \u{200b}\n", "required"),
            (&long, "too_long"),
        ] {
            let Err(Error::Invalid(faults)) = given(text) else {
                panic!("{text:?} is no reason");
            };
            assert_eq!((&*faults[0].field, faults[0].code), ("reason", code));
        }
    }
}
