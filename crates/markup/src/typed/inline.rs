//! Mentions and hashtags at one place of a text.
//!
//! Both need a boundary before them, so that `me@example.org` is no mention and `C#` no tag.

use crate::handle::{self, Handle};
use crate::{limits, tag};

/// The mention at the start of `text` (which begins with `@`), and its length in bytes. `before` is the character
/// before it.
pub(super) fn mention(text: &str, before: Option<char>) -> Option<(Handle, usize)> {
    let glued =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '@' | '/' | '&' | '=' | '#');
    if before.is_some_and(glued) {
        return None;
    }
    let written = run(&text[1..], limits::NAME, handle::is_name_char);
    let name = written.trim_end_matches(['.', '-']);
    let after = &text[1 + name.len()..];
    if let Some(host) = after.strip_prefix('@').map(host) {
        let length = 1 + name.len() + 1 + host.len();
        if let Some(handle) = Handle::parse(&text[1..length]).filter(|handle| handle.host.is_some())
        {
            return Some((handle, length));
        }
    }
    // A name runs to its end (`@types/node` and over-long names are no mentions).
    if after.starts_with(|c: char| c == '/' || c == '_' || c.is_ascii_alphanumeric()) {
        return None;
    }
    Some((Handle::parse(name)?, 1 + name.len()))
}

/// The hashtag at the start of `text` (which begins with `#`): normalised, and its length in bytes.
pub(super) fn hashtag(text: &str, before: Option<char>) -> Option<(String, usize)> {
    let glued = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '&' | '#' | '=' | '@');
    if before.is_some_and(glued) {
        return None;
    }
    let written = run(&text[1..], limits::TAG + 1, tag::is_tag_char);
    // `#12` is a number, `#_` a decoration, and what is too long is no tag.
    if written.chars().count() > limits::TAG
        || !written.contains(char::is_alphabetic)
        || written.starts_with(tag::is_joiner)
    {
        return None;
    }
    let written = written.trim_end_matches(tag::is_joiner);
    Some((tag::normalise_tag(written)?, 1 + written.len()))
}

/// The host and port at the start of `text`, without the punctuation of the sentence around it.
fn host(text: &str) -> &str {
    // A host in another script is read to its end; an ASCII host ends where the next word's letters begin.
    let ascii = text.starts_with(|c: char| c.is_ascii());
    let is_host = |c: char| {
        matches!(c, '.' | '-')
            || if ascii {
                c.is_ascii_alphanumeric()
            } else {
                c.is_alphanumeric()
            }
    };
    let name = run(text, limits::HOST, is_host).trim_end_matches(['.', '-']);
    let Some(after) = text[name.len()..].strip_prefix(':') else {
        return name;
    };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        1..=5 => &text[..name.len() + 1 + digits],
        _ => name,
    }
}

/// The characters at the start of `text` that fulfil `belongs`, at most `max`.
fn run(text: &str, max: usize, belongs: impl Fn(char) -> bool) -> &str {
    let end = text
        .char_indices()
        .take(max)
        .find(|(_, c)| !belongs(*c))
        .map(|(at, _)| at)
        .or_else(|| text.char_indices().nth(max).map(|(at, _)| at));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::{hashtag, mention};

    #[test]
    fn mentions_end_with_the_name() {
        for (text, expected) in [
            ("@anna", Some(("anna", 5))),
            ("@Anna, hi", Some(("anna", 5))),
            ("@anna.", Some(("anna", 5))),
            ("@anna@b.example.", Some(("anna@b.example", 15))),
            (
                "@anna@b.example:8081: hi",
                Some(("anna@b.example:8081", 20)),
            ),
            ("@anna@b.example: hi", Some(("anna@b.example", 15))),
            ("@anna@b.exampleです", Some(("anna@b.example", 15))),
            ("@anna@例え.jp", Some(("anna@xn--r8jz45g.jp", 15))),
            ("@anna@", Some(("anna", 5))),
            ("@types/node", None),
            ("@", None),
            ("@@a", None),
            ("@ a", None),
        ] {
            let found = mention(text, None).map(|(handle, length)| (handle.to_string(), length));
            let expected = expected.map(|(name, length)| (name.to_owned(), length));
            assert_eq!(found, expected, "{text}");
        }
        for before in ['e', '.', '+', '@', '/', 'é', '_'] {
            assert_eq!(mention("@anna@b.example", Some(before)), None, "{before}");
        }
        assert_eq!(mention(&format!("@{}", "a".repeat(80)), None), None);
    }

    #[test]
    fn hashtags_have_a_letter() {
        for (text, expected) in [
            ("#Cats!", Some(("cats", 5))),
            ("#pixel-art-", Some(("pixel-art", 10))),
            ("#2026art", Some(("2026art", 8))),
            ("#写真。", Some(("写真", 7))),
            ("#12", None),
            ("#", None),
            ("# a", None),
            ("##a", None),
            ("#_a", None),
        ] {
            let found = hashtag(text, None);
            assert_eq!(
                found,
                expected.map(|(tag, length)| (tag.to_owned(), length)),
                "{text}"
            );
        }
        assert_eq!(hashtag("#sharp", Some('C')), None);
        assert_eq!(hashtag(&format!("#{}", "a".repeat(65)), None), None);
        assert!(hashtag(&format!("#{}", "a".repeat(64)), None).is_some());
    }
}
