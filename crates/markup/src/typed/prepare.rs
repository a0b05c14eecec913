//! Before the Markdown parser: hides from it what it must not interpret.
//!
//! `<` and `>` become placeholders, so there is no raw HTML and no block quote, and a `>` line can be greentext; a bare
//! address becomes a numbered placeholder, so `_` and `*` in it are not emphasis. Placeholders are noncharacters, which
//! `plain::clean` has removed from the text before. Wherever the parser finds code, [`restore`] gives the original.

use crate::{limits, link};

/// Stands for `<`.
pub(super) const LESS: char = '\u{fdd0}';
/// Stands for `>`.
pub(super) const GREATER: char = '\u{fdd1}';
/// Stands for `\<`.
pub(super) const ESCAPED_LESS: char = '\u{fdd2}';
/// Stands for `\>`.
pub(super) const ESCAPED_GREATER: char = '\u{fdd3}';
/// Stands before the number of an address.
pub(super) const ADDRESS: char = '\u{fdd4}';
/// Stands after the number of an address.
pub(super) const ADDRESS_END: char = '\u{fdd5}';

/// Text for the parser, and the addresses taken out of it, as typed.
pub(super) struct Prepared {
    pub(super) text: String,
    pub(super) addresses: Vec<String>,
}

/// Replaces what the parser must not see.
pub(super) fn prepare(text: &str) -> Prepared {
    let mut prepared = Prepared {
        text: String::with_capacity(text.len() * 2),
        addresses: Vec::new(),
    };
    for line in text.split('\n') {
        prepared.line(line);
        prepared.text.push('\n');
    }
    prepared
}

/// The text as typed, for code and for link targets.
pub(super) fn restore(text: &str, addresses: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((address, length)) = address_at(rest, addresses) {
            out.push_str(address);
            rest = &rest[length..];
            continue;
        }
        match c {
            LESS => out.push('<'),
            GREATER => out.push('>'),
            ESCAPED_LESS => out.push_str("\\<"),
            ESCAPED_GREATER => out.push_str("\\>"),
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The address whose placeholder stands at the start of `text`, and the length of the placeholder.
pub(super) fn address_at<'a>(text: &str, addresses: &'a [String]) -> Option<(&'a str, usize)> {
    let inner = text.strip_prefix(ADDRESS)?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    inner[digits..].strip_prefix(ADDRESS_END)?;
    let address = addresses.get(inner[..digits].parse::<usize>().ok()?)?;
    Some((
        address,
        ADDRESS.len_utf8() + digits + ADDRESS_END.len_utf8(),
    ))
}

impl Prepared {
    fn line(&mut self, line: &str) {
        let mut rest = line;
        let (mut before, mut backslashes) = (' ', 0);
        while let Some(c) = rest.chars().next() {
            let length = match bare_address(rest, before) {
                Some(length) if self.addresses.len() < limits::LINKS => {
                    self.text
                        .push_str(&format!("{ADDRESS}{}{ADDRESS_END}", self.addresses.len()));
                    self.addresses.push(rest[..length].to_owned());
                    length
                }
                _ => {
                    self.character(c, backslashes % 2 == 1);
                    c.len_utf8()
                }
            };
            backslashes = if c == '\\' { backslashes + 1 } else { 0 };
            before = c;
            rest = &rest[length..];
        }
    }

    fn character(&mut self, c: char, escaped: bool) {
        let placeholder = match (c, escaped) {
            ('<', false) => LESS,
            ('>', false) => GREATER,
            ('<', true) => ESCAPED_LESS,
            ('>', true) => ESCAPED_GREATER,
            (c, _) => return self.text.push(c),
        };
        if escaped {
            self.text.pop();
        }
        self.text.push(placeholder);
    }
}

/// The length of the bare address at the start of `text`.
fn bare_address(text: &str, before: char) -> Option<usize> {
    if before.is_alphanumeric() || !text.starts_with(['h', 'H']) {
        return None;
    }
    let scheme = ["https://", "http://"].iter().find(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let end = text
        .char_indices()
        .take_while(|(at, c)| *at < limits::ADDRESS && is_address_char(*c))
        .last()
        .map(|(at, c)| at + c.len_utf8())?;
    let address = trim_end(&text[..end]);
    (address.len() > scheme.len() && link::address(address).is_some()).then_some(address.len())
}

fn is_address_char(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(
            c,
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^' | '[' | ']'
        )
}

/// Without the punctuation of the sentence around it. A closing bracket stays where it closes one of the address.
fn trim_end(address: &str) -> &str {
    let mut open = address.matches('(').count();
    let mut closed = address.matches(')').count();
    let mut address = address;
    while let Some(last) = address.chars().next_back() {
        let sentence = matches!(
            last,
            '?' | '!'
                | '.'
                | ','
                | ':'
                | ';'
                | '*'
                | '_'
                | '~'
                | '\''
                | '。'
                | '、'
                | '，'
                | '」'
                | '』'
                | '）'
                | '”'
                | '’'
                | '»'
        );
        match last {
            ')' if closed > open => closed -= 1,
            '(' => open -= 1,
            _ if sentence => {}
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
mod tests {
    use super::{prepare, restore};

    #[test]
    fn finds_bare_addresses() {
        for (text, expected) in [
            ("see https://a.b/c.", vec!["https://a.b/c"]),
            (
                "(https://a.b/c_(d)), HTTP://E.F!",
                vec!["https://a.b/c_(d)", "HTTP://E.F"],
            ),
            ("**https://a.b/_c_/*d***", vec!["https://a.b/_c_/*d"]),
            (
                "[x](https://a.b/c) `https://d.e`",
                vec!["https://a.b/c", "https://d.e"],
            ),
            (
                "||https://a.b|| <https://c.d>",
                vec!["https://a.b", "https://c.d"],
            ),
            ("https:// http://( xhttps://a.b ftp://a.b", vec![]),
        ] {
            assert_eq!(prepare(text).addresses, expected, "{text}");
        }
    }

    #[test]
    fn gives_everything_back() {
        for text in [
            ">a <b> \\> \\\\> \\<",
            "https://a.b/c>d https://e.f",
            "\\\\\\>",
        ] {
            let prepared = prepare(text);
            assert!(!prepared.text.contains(['<', '>']), "{text}");
            assert_eq!(
                restore(&prepared.text, &prepared.addresses).trim_end(),
                text
            );
        }
    }
}
