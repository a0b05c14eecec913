//! Reading and writing the one spelling of HTML this crate stores.
//!
//! The sanitiser's serialiser escapes `<`, `>` and `&` in text and in attribute values, so its output can be cut at
//! angle brackets without a parser, in one linear pass. Never use [`tokens`] on HTML that was not sanitised.

use std::borrow::Cow;

/// A piece of sanitised HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text, still escaped.
    Text(&'a str),
    /// `<name attributes>`; the attributes as written.
    Open { name: &'a str, attributes: &'a str },
    /// `</name>`.
    Close { name: &'a str },
}

/// Cuts sanitised HTML into its pieces.
pub(crate) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(inner) = rest.strip_prefix('<') else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            rest = after;
            return Some(Token::Text(text));
        };
        let (tag, after) = inner.split_once('>').unwrap_or((inner, ""));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            return Some(Token::Close { name });
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        Some(Token::Open { name, attributes })
    })
}

/// The value of an attribute, still escaped.
pub(crate) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"')?;
        if key.trim() == name {
            return Some(value);
        }
        rest = after;
    }
    None
}

/// Whether the escaped attribute list has `class` among its classes.
pub(crate) fn has_class(attributes: &str, class: &str) -> bool {
    attribute(attributes, "class")
        .is_some_and(|value| value.split_ascii_whitespace().any(|one| one == class))
}

/// Appends `text` escaped, in the serialiser's spelling; good for text and for quoted attribute values.
pub(crate) fn escape_into(out: &mut String, text: &str, place: Place) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            '"' if place == Place::Attribute => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Where escaped text will stand: quotes are only escaped in attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags.
    Text,
    /// Inside `"…"`.
    Attribute,
}

/// Undoes [`escape_into`] (and the two numeric spellings other writers use for quotes).
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = entity(rest).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 8] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&nbsp;", '\u{a0}'),
        ("&#39;", '\''),
        ("&#x27;", '\''),
        ("&#34;", '"'),
    ];
    let (name, c) = NAMED.iter().find(|(name, _)| text.starts_with(name))?;
    Some((*c, name.len()))
}

#[cfg(test)]
mod tests {
    use super::{Place, Token, attribute, escape_into, has_class, tokens, unescape};

    #[test]
    fn cuts_at_tags() {
        let cut: Vec<_> = tokens("a<p class=\"x y\">b</p><br>").collect();
        let open = Token::Open {
            name: "p",
            attributes: "class=\"x y\"",
        };
        let br = Token::Open {
            name: "br",
            attributes: "",
        };
        assert_eq!(
            cut,
            [
                Token::Text("a"),
                open,
                Token::Text("b"),
                Token::Close { name: "p" },
                br
            ]
        );
    }

    #[test]
    fn reads_attributes() {
        let list = "href=\"a?x=&quot;1&quot;\" class=\"u mention\"";
        assert_eq!(attribute(list, "href"), Some("a?x=&quot;1&quot;"));
        assert_eq!(attribute(list, "rel"), None);
        assert!(has_class(list, "mention"));
        assert!(!has_class(list, "ment"));
    }

    #[test]
    fn escapes_and_back() {
        let text = "<a b=\"c\">&amp;\u{a0}é&";
        for place in [Place::Text, Place::Attribute] {
            let mut escaped = String::new();
            escape_into(&mut escaped, text, place);
            assert!(!escaped.contains(['<', '>', '\u{a0}']));
            assert_eq!(unescape(&escaped), text);
        }
    }
}
