//! The one sanitiser: an allow-list of elements, attributes, classes and schemes, for typed and foreign text alike.
//!
//! Everything else that writes HTML in this crate is written so that this step changes nothing; it stands here
//! because a mistake there must not become script on a page. The list follows what Mastodon keeps, plus lists,
//! `hr`, `sub`, `sup`, `small` and `details`. Only `finish` may read the result.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Elements that may leave this crate (`finish` adds none).
pub(crate) const ELEMENTS: [&str; 26] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "em",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "rp",
    "rt",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "u",
    "ul",
];

/// Elements whose content goes with them.
pub(crate) const DROPPED: [&str; 17] = [
    "applet", "audio", "canvas", "embed", "head", "iframe", "math", "noembed", "noframes",
    "object", "script", "style", "svg", "template", "textarea", "title", "video",
];

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(ELEMENTS))
        .clean_content_tags(HashSet::from(DROPPED))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .allowed_classes(HashMap::from([
            ("a", HashSet::from(["mention", "hashtag"])),
            ("span", HashSet::from(["quote", "spoiler"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None);
    builder
});

/// Reduces HTML to the allow-list, well-formed and in the serialiser's spelling. `html` is in that spelling already,
/// as far as a mistake of ours did not make it otherwise.
pub(crate) fn sanitise(html: &str) -> String {
    BUILDER.clean(&divide(html)).to_string()
}

/// Escaped characters in one text node; see [`divide`].
const ESCAPES: usize = 16;

/// Divides text nodes by comments, which the sanitiser removes: for each character it escapes, its serialiser looks
/// through the whole rest of the text node, so one node of 64 kB of `&` would cost quadratic time.
fn divide(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut escapes = 0;
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' | '>' => in_tag = c == '<',
            '&' | '\u{80}'..='\u{bf}' if !in_tag => {
                escapes += 1;
                if escapes % ESCAPES == 0 {
                    out.push_str("<!---->");
                }
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{ESCAPES, divide, sanitise};

    #[test]
    fn keeps_only_the_list() {
        for (html, expected) in [
            ("<p onclick=x id=y style=z class=w>a</p>", "<p>a</p>"),
            ("<script>a</script>b", "b"),
            ("<svg><a href=https://x.y/>a</a></svg>b", "b"),
            ("<a href=javascript:x>a</a>", "<a>a</a>"),
            (
                "<a href='//x.y' data-ref=1 class='ref mention'>a</a>",
                "<a class=\"mention\">a</a>",
            ),
            ("<img src=x onerror=y>a", "a"),
            ("<!-- c -->a<?php b ?>", "a"),
            (
                "<span tabindex=1 class=\"quote x\">a</span>",
                "<span class=\"quote\">a</span>",
            ),
        ] {
            assert_eq!(sanitise(html), expected, "{html}");
        }
    }

    #[test]
    fn text_nodes_hold_few_escaped_characters() {
        let text = format!("<p>{}{}</p>", "&amp;".repeat(1000), "£".repeat(1000));
        let divided = divide(&text);
        let nodes: Vec<usize> = divided
            .split("<!---->")
            .map(|node| node.chars().filter(|c| matches!(c, '&' | '£')).count())
            .collect();
        assert!(nodes.iter().all(|count| *count <= ESCAPES), "{nodes:?}");
        assert_eq!(nodes.iter().sum::<usize>(), 2000);
        assert_eq!(sanitise(&text), text);
    }
}
