//! Text without traps: no controls, no direction overrides, nothing invisible.
//!
//! Names, subjects and alt texts stand next to other people's words, where a direction override or an invisible
//! letter lies about who wrote what. A zero-width joiner stays where it joins emoji, and joiners stay between letters
//! of the scripts that need them (Arabic, Indic). Used by `domain` for fields, and here for all text of a post.

use unicode_normalization::char::is_combining_mark;

use crate::limits;

/// One line: traps removed, runs of space collapsed to one, trimmed.
#[must_use]
pub fn plain_line(text: &str) -> String {
    collapse(&clean(text))
}

/// Like [`plain_line`], but line breaks stay (at most one blank line in a row).
#[must_use]
pub fn plain_text(text: &str) -> String {
    let mut lines: Vec<String> = clean(text).split('\n').map(collapse).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n").trim().to_owned()
}

/// Removes traps and nothing else: spaces and line breaks stay as they are (CR, CRLF and their kin become LF).
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let (mut before, mut marks) = (None, 0);
    while let Some(c) = chars.next() {
        let c = match c {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            c => c,
        };
        marks = if is_combining_mark(c) && !is_selector(c) {
            marks + 1
        } else {
            0
        };
        if marks <= limits::COMBINING && stays(before, c, chars.peek().copied()) {
            out.push(c);
            before = Some(c);
        }
    }
    out
}

/// The longest start of `text` of at most `max` bytes.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}

fn collapse(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stays(before: Option<char>, c: char, after: Option<char>) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{200c}' => before.is_some_and(needs_joiners) && after.is_some_and(needs_joiners),
        '\u{200d}' => {
            let emoji = before.is_some_and(|c| is_emoji(c) || is_selector(c))
                && after.is_some_and(is_emoji);
            emoji || before.is_some_and(needs_joiners) && after.is_some_and(needs_joiners)
        }
        // Flags of England, Scotland and Wales are a black flag and letters from the tag block.
        '\u{e0020}'..='\u{e007f}' => {
            before.is_some_and(|c| matches!(c, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'))
        }
        c if is_selector(c) => before.is_some_and(|c| !c.is_whitespace() && !is_selector(c)),
        c => !c.is_control() && !is_hidden(c),
    }
}

/// Direction controls, invisible and blank characters, and code points that are no characters.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e00ff}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Variation selectors choose a form of the character before them.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{2bff}' | '©' | '®' | '\u{3030}' | '\u{303d}')
}

/// Letters of Arabic, Syriac and Indic scripts, in which joiners change the word.
fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109f}' | '\u{fb50}'..='\u{fdcf}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    use super::{clean, plain_line, plain_text};

    #[test]
    fn lines_hold_no_traps() {
        for (text, expected) in [
            ("  two\t words \n here ", "two words here"),
            ("user\u{202e}gnp.exe", "usergnp.exe"),
            ("a\u{2066}b\u{2069}c\u{200e}d\u{200f}", "abcd"),
            ("ad\u{200b}m\u{feff}i\u{2060}n\u{ad}", "admin"),
            ("\u{3164}", ""),
            ("a\u{0}b\u{7}c\u{9b}", "abc"),
            ("a\u{200d}b", "ab"),
            ("👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"),
            ("🏳\u{fe0f}\u{200d}🌈", "🏳\u{fe0f}\u{200d}🌈"),
            ("👩\u{200d}\u{200d}👧", "👩\u{200d}👧"),
            (
                "🏴\u{e0067}\u{e0062}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e007f}",
            ),
            ("x\u{e0067}\u{e0062}", "x"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            ("葛\u{e0100}\u{e0101}", "葛\u{e0100}"),
            ("\u{fdd0}\u{ffff}\u{1fffe}x", "x"),
        ] {
            assert_eq!(plain_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn text_keeps_lines() {
        assert_eq!(
            plain_text(" a \r\n b\rc\u{2028}d\n\n\n\ne  f \n"),
            "a\nb\nc\nd\n\ne f"
        );
    }

    #[test]
    fn stacked_marks_are_cut() {
        let stacked = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(clean(&stacked), format!("a{}b", "\u{301}".repeat(8)));
    }
}
