//! Why a moderator or an admin did something: never long, and always said where everybody bears the consequence.
//!
//! Suspensions of accounts and servers, purges, roles and dropped jobs say why; removals and bans may.

use crate::rules::length;
use crate::{Error, Fault, Result, limits};

/// Who reads a reason, beside the one it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readers {
    /// The public log.
    Everybody,
    /// The audit log.
    Admins,
}

/// The reason as it is kept.
///
/// # Errors
/// `Invalid` on `reason` where there is none or it is too long.
pub(crate) fn given(typed: &str, readers: Readers) -> Result<String> {
    let reason = optional(typed)?;
    if !reason.is_empty() {
        return Ok(reason);
    }
    let detail = match readers {
        Readers::Everybody => "Say why; everybody can read it in the public log.",
        Readers::Admins => "Say why; other admins read it in the audit log.",
    };
    Err(Error::invalid("reason", "required", detail))
}

/// The same where none need be given; it is empty then.
///
/// # Errors
/// `Invalid` on `reason` where it is too long.
pub(crate) fn optional(typed: &str) -> Result<String> {
    Error::from_faults(fault(typed).into_iter().collect())?;
    Ok(markup::plain_text(typed))
}

/// What is wrong with a reason that may be left out.
pub(crate) fn fault(typed: &str) -> Option<Fault> {
    (length::of(typed) > limits::REASON).then(|| {
        let detail = format!("The reason may have up to {} characters.", limits::REASON);
        Fault::new("reason", "too_long", detail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_words_within_a_limit() {
        let long = "x".repeat(1_001);
        for readers in [Readers::Everybody, Readers::Admins] {
            assert_eq!(given(" spam \r\n again ", readers).unwrap(), "spam\nagain");
            for (text, code) in [
                ("", "required"),
                (" \u{200b}\n", "required"),
                (&long, "too_long"),
            ] {
                let Err(Error::Invalid(faults)) = given(text, readers) else {
                    panic!("{text:?} is no reason");
                };
                assert_eq!((&*faults[0].field, faults[0].code), ("reason", code));
            }
        }
        assert_eq!(optional(" \u{200b}\n").unwrap(), "");
        assert!(optional(&long).is_err());
    }
}
