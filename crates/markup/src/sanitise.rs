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

/// Reduces HTML to the allow-list, well-formed and in the serialiser's spelling.
pub(crate) fn sanitise(html: &str) -> String {
    BUILDER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::sanitise;

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
}
