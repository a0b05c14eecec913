//! Hashtags in one form, whoever wrote them.
//!
//! Other servers send tags without `#`, with capitals or odd characters (FEP-eb48); the page of a tag must be one page.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::limits;

/// NFKC, lower-case, without `#`; letters and digits of any script, `_` and `-` inside. 1 to [`limits::TAG`]
/// characters; `None` when nothing is left.
#[must_use]
pub fn normalise_tag(tag: &str) -> Option<String> {
    // Enough for any tag and bounds the work: normalisation can lengthen, never shorten to a sixteenth.
    let composed: String = tag.chars().take(limits::TAG * 16).nfkc().collect();
    let lower: String = composed
        .to_lowercase()
        .nfkc()
        .filter(|c| is_tag_char(*c))
        .collect();
    let inner = lower.trim_start_matches(|c| is_joiner(c) || is_combining_mark(c));
    let cut: String = inner.chars().take(limits::TAG).collect();
    let tag = cut.trim_end_matches(is_joiner);
    (!tag.is_empty()).then(|| tag.nfkc().collect())
}

/// Whether `c` may stand in a hashtag. Marks belong to the letters of Indic and other scripts.
pub(crate) fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric() || is_joiner(c) || is_combining_mark(c)
}

/// Allowed inside a tag, not at its ends.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::normalise_tag;

    #[test]
    fn one_form_for_all_spellings() {
        for (tag, expected) in [
            ("#Cats", "cats"),
            ("##Cats##", "cats"),
            ("ＣＡＴＳ", "cats"),
            ("pixel-art", "pixel-art"),
            ("_a_b_", "a_b"),
            ("--a", "a"),
            ("Straße", "straße"),
            ("Κόσμος", "κόσμος"),
            ("写真", "写真"),
            ("हिन्दी", "हिन्दी"),
            ("2026", "2026"),
            ("a b<c>/d", "abcd"),
            ("ﬁn\u{200b}e", "fine"),
        ] {
            assert_eq!(normalise_tag(tag).as_deref(), Some(expected), "{tag}");
        }
        assert_eq!(normalise_tag(&"a".repeat(500)), Some("a".repeat(64)));
    }

    #[test]
    fn nothing_left_is_none() {
        for tag in ["", "#", "___", "-", "<>", "😀", "\u{202e}", "\u{301}"] {
            assert_eq!(normalise_tag(tag), None, "{tag:?}");
        }
    }
}
