//! What holds for every text.

use markup::{
    Target, excerpt, foreign, link_references, normalise_tag, plain_line, plain_text, render,
};
use proptest::prelude::*;

use crate::{ORIGIN, inspect};

/// Pieces that mean something to one of the parsers on the way.
const PIECES: &[&str] = &[
    "a",
    "b ",
    " ",
    "\n",
    "\n\n",
    ">",
    ">>",
    ">>12",
    ">>>/art/3",
    ">>>/a@b.c/4",
    "|",
    "||",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "```",
    "- ",
    "1. ",
    "7) ",
    "    ",
    "# ",
    "#tag",
    "@anna",
    "@a@b.example",
    "@",
    "[",
    "]",
    "](",
    ")",
    "(",
    "![",
    "https://a.example/x_y",
    "https://www.b.example",
    "http://",
    "mailto:a@b.c",
    "javascript:x",
    "<",
    "</",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<i>",
    "</i>",
    "<a href=\"https://c.example/\">",
    "<a href='javascript:x'>",
    "</a>",
    "<span class=quote>",
    "<span>",
    "</span>",
    "<span class='spoiler'>",
    "<ul>",
    "<ol start=3>",
    "<li>",
    "</li>",
    "</ul>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<blockquote>",
    "</blockquote>",
    "<details>",
    "<summary>",
    "</details>",
    "<br>",
    "<hr>",
    "<div>",
    "</div>",
    "<h2>",
    "</h2>",
    "<table><tr><td>",
    "</table>",
    "<script>",
    "</script>",
    "<svg>",
    "</svg>",
    "<!--",
    "-->",
    "<ruby>",
    "<rt>",
    "<rp>",
    "</ruby>",
    "<img class=emoji alt=x>",
    "&gt;&gt;5",
    "&amp;",
    "&lt;",
    "&quot;",
    "&nbsp;",
    "&#x202e;",
    "&#xFDD4;0&#xFDD5;",
    "\\",
    "\\>",
    "\u{202e}",
    "\u{200b}",
    "\u{200d}",
    "👩",
    "\u{301}",
    "\u{a0}",
    "\t",
    "\r",
    "bank.com",
    "写真",
    "\"",
    "'",
    "=",
    "/",
    ":",
    ";",
    "---",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..40)
        .prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>(), 1 => "[ -~\\n]{0,80}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn typed_text_is_safe_and_clean_at_once(text in text()) {
        let rendered = render(&text, ORIGIN);
        prop_assert_eq!(inspect::faults(&rendered.html), Vec::<String>::new(), "{}", rendered.html);
        let again = foreign(&rendered.html);
        prop_assert_eq!(&again.html, &rendered.html);
        prop_assert_eq!(again.references, rendered.references);
    }

    #[test]
    fn foreign_html_is_safe_and_clean_at_once(html in text()) {
        let rendered = foreign(&html);
        prop_assert_eq!(inspect::faults(&rendered.html), Vec::<String>::new(), "{}", rendered.html);
        let again = foreign(&rendered.html);
        prop_assert_eq!(again, rendered);
    }

    #[test]
    fn every_counted_reference_has_a_marker(text in text()) {
        let rendered = render(&text, ORIGIN);
        let mut asked = Vec::new();
        let shown = link_references(&rendered.html, |reference| {
            if !asked.contains(reference) {
                asked.push(reference.clone());
            }
            Target::Dead
        });
        prop_assert_eq!(asked, rendered.references);
        prop_assert!(!shown.contains("data-ref"));
    }

    #[test]
    fn excerpts_keep_their_length(text in text(), max in 0_usize..60) {
        let line = excerpt(&render(&text, ORIGIN).html, max);
        prop_assert!(line.chars().count() <= max);
        prop_assert!(!line.contains('\n'));
    }

    #[test]
    fn plain_text_and_tags_are_normal_at_once(text in text()) {
        prop_assert_eq!(plain_line(&plain_line(&text)), plain_line(&text));
        prop_assert_eq!(plain_text(&plain_text(&text)), plain_text(&text));
        if let Some(tag) = normalise_tag(&text) {
            prop_assert!((1..=64).contains(&tag.chars().count()));
            prop_assert_eq!(normalise_tag(&tag), Some(tag));
        }
    }
}
