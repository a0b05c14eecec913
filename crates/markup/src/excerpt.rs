//! One line of text out of stored HTML, for previews, titles and alt texts.
//!
//! Spoilers stay hidden: a preview must not tell what the post covers.

use crate::html::{self, Token};

/// What stands for a spoiler.
const COVERED: &str = "█████";

/// Part of a word given up for a cut between words, in characters.
const LONG_WORD: usize = 20;

/// The text of HTML this crate made, on one line, at most `max` characters, cut at a word with `…`. Plain text: escape
/// it before it goes into a page.
#[must_use]
pub fn excerpt(html: &str, max: usize) -> String {
    let mut line = String::new();
    // Open spans since a spoiler began, itself included.
    let mut covered = 0;
    for token in html::tokens(html) {
        match token {
            Token::Open { name: "span", .. } if covered > 0 => covered += 1,
            Token::Close { name: "span" } if covered > 0 => covered -= 1,
            Token::Open {
                name: "span",
                attributes,
            } if html::has_class(attributes, "spoiler") => {
                covered = 1;
                line.push_str(COVERED);
            }
            _ if covered > 0 => {}
            Token::Text(text) => line.push_str(&html::unescape(text)),
            Token::Open { name, .. } | Token::Close { name } if !is_inline(name) => line.push(' '),
            Token::Open { .. } | Token::Close { .. } => {}
        }
        // Every character may yet fall away as white space, but rarely this many.
        if line.len() > max.saturating_mul(16).saturating_add(4096) {
            break;
        }
    }
    shorten(&crate::plain_line(&line), max)
}

fn is_inline(name: &str) -> bool {
    !matches!(
        name,
        "p" | "br" | "hr" | "li" | "ul" | "ol" | "pre" | "blockquote" | "details" | "summary"
    )
}

/// Plain text on one line, at most `max` characters, cut at a word with `…`.
#[must_use]
pub fn shorten(line: &str, max: usize) -> String {
    if line.chars().count() <= max {
        return line.to_owned();
    }
    let Some(room) = max.checked_sub(1) else {
        return String::new();
    };
    let end = line
        .char_indices()
        .nth(room)
        .map_or(line.len(), |(at, _)| at);
    let whole = line[end..].starts_with(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    let space = line[..end].rfind(' ').filter(|_| !whole);
    // Scripts without spaces, and very long words, are cut where the room ends.
    let end = space
        .filter(|at| line[*at..end].chars().count() <= LONG_WORD)
        .unwrap_or(end);
    // Not between the parts of one emoji or a letter and its mark.
    let mut cut = line[..end].trim_end();
    let joined = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    cut = cut.trim_end_matches(joined);
    format!("{}…", cut.trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn one_line_of_text() {
        for (html, expected) in [
            (
                "<p>a <b>b</b><br>c</p><p>d &amp; &lt;e&gt;</p>",
                "a b c d & <e>",
            ),
            ("<ul><li>a</li><li>b</li></ul>", "a b"),
            ("<p>in<em>side</em></p>", "inside"),
            (
                "<p>he <span class=\"spoiler\" tabindex=\"0\">||<span class=\"quote\">dies</span> at||</span> end</p>",
                "he █████ end",
            ),
            ("", ""),
        ] {
            assert_eq!(excerpt(html, 80), expected, "{html}");
        }
    }

    #[test]
    fn cut_at_a_word() {
        for (max, expected) in [
            (0, ""),
            (1, "…"),
            (3, "th…"),
            (5, "the…"),
            (9, "the…"),
            (10, "the quick…"),
            (13, "the quick…"),
            (15, "the quick, fox"),
        ] {
            let found = excerpt("<p>the quick, fox</p>", max);
            assert_eq!(found, expected, "{max}");
            assert!(found.chars().count() <= max);
        }
        assert_eq!(excerpt("写真写真写真写真", 5), "写真写真…");
    }
}
