//! Passwords and addresses that people sign up with.

use crate::{Fault, limits};

/// Adds what is wrong with a password; `name` is whose it is.
pub(crate) fn check(faults: &mut Vec<Fault>, password: &str, name: &str) {
    let (least, most) = (limits::PASSWORD.start(), limits::PASSWORD.end());
    let length = password.chars().count();
    if length < *least {
        faults.push(Fault::new(
            "password",
            "too_short",
            format!("A password needs at least {least} characters."),
        ));
    } else if length > *most {
        faults.push(Fault::new(
            "password",
            "too_long",
            format!("A password has at most {most} characters."),
        ));
    } else if password.eq_ignore_ascii_case(name) {
        faults.push(Fault::new(
            "password",
            "guessable",
            "The password must not be the name.",
        ));
    }
}

/// Adds what is wrong with an e-mail address. Only what can be no address is refused: whether it is one, a message
/// to it would show.
pub(crate) fn check_email(faults: &mut Vec<Fault>, email: &str) {
    let parts = email.rsplit_once('@');
    let good = parts.is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !host.starts_with('.') && !host.ends_with('.')
    });
    let clean = !email
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
    if !good || !clean || email.chars().count() > limits::EMAIL {
        faults.push(Fault::new(
            "email",
            "bad_email",
            "This is no e-mail address; write name@host, or leave it empty.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_have_ten_to_two_hundred_characters() {
        let long = "x".repeat(201);
        for (password, code) in [
            ("correct horse", None),
            ("ääääääääää", None),
            ("short", Some("too_short")),
            (&long, Some("too_long")),
            ("Anna_Miller", Some("guessable")),
        ] {
            let mut faults = Vec::new();
            check(&mut faults, password, "anna_miller");
            assert_eq!(faults.first().map(|fault| fault.code), code, "{password:?}");
        }
    }

    #[test]
    fn addresses_have_two_sides() {
        for (email, good) in [
            ("anna@pics.example", true),
            ("a+b@localhost", true),
            ("anna", false),
            ("@pics.example", false),
            ("anna@", false),
            ("an na@pics.example", false),
            ("anna@pics.example\r\nBcc: all", false),
        ] {
            let mut faults = Vec::new();
            check_email(&mut faults, email);
            assert_eq!(faults.is_empty(), good, "{email:?}");
        }
    }
}
