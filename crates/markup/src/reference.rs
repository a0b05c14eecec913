//! References between posts: `>>123`, `>>>/art/123`, `>>>/art@host/123`.
//!
//! One scanner serves typed and foreign text, so a reference means the same wherever it was written. The number may be
//! followed by letters of scripts without spaces (`>>123です`), but not by ASCII letters or digits.

use std::fmt;
use std::ops::Range;

use crate::handle::Handle;
use crate::limits;

/// Bytes looked at for the board of a cross-board reference.
const BOARD: usize = limits::NAME + limits::HOST + 8;

/// Names a post by its number on a board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// `None`: the board of the post that holds the reference.
    pub board: Option<Handle>,
    /// At least 1.
    pub no: i64,
}

impl Reference {
    /// The form stored in a marker: `123`, `art/123`, `art@host/123`.
    pub(crate) fn key(&self) -> String {
        match &self.board {
            Some(board) => format!("{board}/{}", self.no),
            None => self.no.to_string(),
        }
    }

    /// Reads [`Reference::key`] back.
    pub(crate) fn from_key(key: &str) -> Option<Reference> {
        let (board, no) = match key.rsplit_once('/') {
            Some((board, no)) => (Some(Handle::parse(board)?), no),
            None => (None, key),
        };
        let (no, rest) = number(no)?;
        rest.is_empty().then_some(Reference { board, no })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.board {
            Some(board) => write!(f, ">>>/{board}/{}", self.no),
            None => write!(f, ">>{}", self.no),
        }
    }
}

/// The reference at the very start of `text`, and its length in bytes.
pub(crate) fn at_start(text: &str) -> Option<(Reference, usize)> {
    let rest = text.strip_prefix(">>")?;
    let (board, digits) = match rest.strip_prefix(">/") {
        Some(rest) => {
            let slash = rest.bytes().take(BOARD).position(|b| b == b'/')?;
            (Some(Handle::parse(&rest[..slash])?), &rest[slash + 1..])
        }
        None => (None, rest),
    };
    let (no, rest) = number(digits)?;
    Some((Reference { board, no }, text.len() - rest.len()))
}

/// All references in `text`, left to right.
pub(crate) fn find(text: &str) -> impl Iterator<Item = (Range<usize>, Reference)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(offset) = text[from..].find(">>") {
            let start = from + offset;
            if let Some((reference, length)) = at_start(&text[start..]) {
                from = start + length;
                return Some((start..from, reference));
            }
            from = start + 1;
        }
        None
    })
}

fn number(text: &str) -> Option<(i64, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > limits::DIGITS {
        return None;
    }
    let (digits, rest) = text.split_at(digits);
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let no = digits.parse().ok().filter(|no| *no > 0)?;
    Some((no, rest))
}

#[cfg(test)]
mod tests {
    use super::{Reference, find};

    #[test]
    fn finds_references_and_nothing_else() {
        for (text, expected) in [
            (">>123", vec![">>123"]),
            ("see >>1, >>2.", vec![">>1", ">>2"]),
            (">>1>>2", vec![">>1", ">>2"]),
            (">>>123", vec![">>123"]),
            (">>007", vec![">>7"]),
            (">>5です", vec![">>5"]),
            (">>>/art/9 x", vec![">>>/art/9"]),
            (
                ">>>/Art@Img.Example:8443/9",
                vec![">>>/Art@img.example:8443/9"],
            ),
            (">>>/a@b.c/1>>>/art/2", vec![">>>/a@b.c/1", ">>>/art/2"]),
            (">>", vec![]),
            (">>0", vec![]),
            (">>12a", vec![]),
            (">>1_", vec![]),
            (">> 12", vec![]),
            (">>1234567890123456789", vec![]),
            (">>>/art/", vec![]),
            (">>>/a b/1", vec![]),
            (">>>/art@ho\u{202e}st/1", vec![]),
            (">>>//1", vec![]),
        ] {
            let found: Vec<_> = find(text)
                .map(|(_, reference)| reference.to_string())
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn keys_are_read_back() {
        for text in [
            ">>1",
            ">>>/art/2",
            ">>>/art@host:81/3",
            ">>>/art@[::1]:81/3",
        ] {
            let (_, reference) = find(text).next().unwrap();
            assert_eq!(
                Reference::from_key(&reference.key()),
                Some(reference),
                "{text}"
            );
        }
        for key in ["", "x", "1x", "/1", "a b/1", "-1", "art@/1"] {
            assert_eq!(Reference::from_key(key), None, "{key}");
        }
    }
}
