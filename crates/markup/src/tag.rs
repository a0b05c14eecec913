//! Hashtags in one form, whoever wrote them.
//!
//! Other servers send tags without `#`, with capitals or odd characters (FEP-eb48); the page of a tag must be one page.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use url::Url;

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

/// What the address of a tag's page at `origin` names as a tag, not normalised; `None` for all other addresses.
#[must_use]
pub fn tag_at(address: &str, origin: &str) -> Option<String> {
    let address = Url::parse(address.trim()).ok()?;
    if address.origin() != Url::parse(origin).ok()?.origin() {
        return None;
    }
    let name = address.path().strip_prefix("/t/")?;
    if name.is_empty() || name.contains('/') {
        return None;
    }
    let name = percent_decode_str(name).decode_utf8().ok()?;
    Some(name.into_owned())
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
    use super::{normalise_tag, tag_at};

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
    fn the_address_of_a_page_names_its_tag() {
        for (address, expected) in [
            ("https://pics.example/t/film", Some("film")),
            (" https://PICS.example/t/Film?page=2#top", Some("Film")),
            ("https://pics.example/t/%E5%86%99%E7%9C%9F", Some("写真")),
            ("https://pics.example/t/写真", Some("写真")),
            ("https://pics.example/t/%FF", None),
            ("https://pics.example/t/", None),
            ("https://pics.example/t/film/feed", None),
            ("https://pics.example/b/film", None),
            ("http://pics.example/t/film", None),
            ("https://far.example/t/film", None),
            ("film", None),
        ] {
            let found = tag_at(address, "https://pics.example");
            assert_eq!(found.as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn nothing_left_is_none() {
        for tag in ["", "#", "___", "-", "<>", "😀", "\u{202e}", "\u{301}"] {
            assert_eq!(normalise_tag(tag), None, "{tag:?}");
        }
    }
}
