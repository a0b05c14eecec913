//! The last pass over sanitised HTML, for typed and foreign text alike: references become markers, links get their
//! `rel` and tell where they go, spans get the attributes of their class, and text loses its traps.
//!
//! Only this pass makes markers (`<a class="ref" data-ref="art/123">`): the sanitiser before it removes `data-ref`
//! and the class `ref` from everything that came in. Running sanitiser and pass over their own result changes nothing.

use crate::html::{self, Place, Token};
use crate::reference::{self, Reference};
use crate::{limits, link, plain};

/// What the pass made and found.
pub(crate) struct Finished {
    pub(crate) html: String,
    pub(crate) references: Vec<Reference>,
}

/// The `rel` of links: no credit, no way back, said by a user.
const REL: &str = "nofollow noopener ugc";

/// Finishes sanitised HTML.
pub(crate) fn finish(sanitised: &str) -> Finished {
    let tokens: Vec<Token<'_>> = html::tokens(sanitised).collect();
    let mut pass = Pass {
        out: String::with_capacity(sanitised.len() * 2),
        references: Vec::new(),
        markers: 0,
        verbatim: 0,
        spans: Vec::new(),
    };
    pass.run(&tokens, Links::Allowed);
    Finished {
        html: pass.out,
        references: pass.references,
    }
}

struct Pass {
    out: String,
    references: Vec<Reference>,
    markers: usize,
    /// Open `code` and `pre` elements; nothing is recognised in them.
    verbatim: usize,
    /// For each open span, whether its tag was written.
    spans: Vec<bool>,
}

/// Whether links may be written here: not inside another link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    Allowed,
    Inside,
}

impl Pass {
    fn run(&mut self, tokens: &[Token<'_>], links: Links) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match *token {
                Token::Text(text) => self.text(text, links),
                Token::Open {
                    name: "a",
                    attributes,
                } if links == Links::Allowed => {
                    let rest = &tokens[at..];
                    let close = rest.iter().position(|t| *t == Token::Close { name: "a" });
                    let length = close.unwrap_or(rest.len());
                    self.link(attributes, &rest[..length]);
                    at += length + 1;
                }
                Token::Open { name: "a", .. } | Token::Close { name: "a" } => {}
                Token::Open {
                    name: "span",
                    attributes,
                } => self.open_span(attributes),
                Token::Close { name: "span" } => {
                    if self.spans.pop() == Some(true) {
                        self.out.push_str("</span>");
                    }
                }
                Token::Open { name, attributes } => self.open(name, attributes),
                Token::Close { name } => self.close(name),
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        if matches!(name, "code" | "pre") {
            self.verbatim += 1;
        }
        self.out.push('<');
        self.out.push_str(name);
        let start =
            html::attribute(attributes, "start").and_then(|start| start.parse::<i32>().ok());
        if let Some(start) = start {
            self.out.push_str(&format!(" start=\"{start}\""));
        }
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "code" | "pre") {
            self.verbatim = self.verbatim.saturating_sub(1);
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn open_span(&mut self, attributes: &str) {
        let tag = if html::has_class(attributes, "spoiler") {
            // Focus reveals it, so that it opens by keyboard and touch without script.
            "<span class=\"spoiler\" tabindex=\"0\">"
        } else if html::has_class(attributes, "quote") {
            "<span class=\"quote\">"
        } else {
            ""
        };
        self.out.push_str(tag);
        self.spans.push(!tag.is_empty());
    }

    fn text(&mut self, escaped: &str, links: Links) {
        let raw = html::unescape(escaped);
        let mut text = plain::clean(&raw);
        // A parser drops the first line break in `pre`, so it must not be there to be dropped next time.
        if self.out.ends_with("<pre>") {
            text = text.trim_start_matches('\n').to_owned();
        }
        if self.verbatim > 0 || links == Links::Inside {
            return html::escape_into(&mut self.out, &text, Place::Text);
        }
        let mut written = 0;
        for (range, reference) in reference::find(&text) {
            if !self.counts(&reference) {
                continue;
            }
            html::escape_into(&mut self.out, &text[written..range.start], Place::Text);
            self.marker(&reference);
            written = range.end;
        }
        html::escape_into(&mut self.out, &text[written..], Place::Text);
    }

    /// Counts the reference, unless there are too many.
    fn counts(&mut self, reference: &Reference) -> bool {
        let known = self.references.contains(reference);
        if self.markers == limits::LINKS || (!known && self.references.len() == limits::REFERENCES)
        {
            return false;
        }
        self.markers += 1;
        if !known {
            self.references.push(reference.clone());
        }
        true
    }

    fn marker(&mut self, reference: &Reference) {
        self.out.push_str("<a class=\"ref\" data-ref=\"");
        html::escape_into(&mut self.out, &reference.key(), Place::Attribute);
        self.out.push_str("\">");
        html::escape_into(&mut self.out, &reference.to_string(), Place::Text);
        self.out.push_str("</a>");
    }

    fn link(&mut self, attributes: &str, inner: &[Token<'_>]) {
        let mut text = plain::clean(&text_of(inner));
        let href = html::attribute(attributes, "href")
            .and_then(|href| link::address(&html::unescape(href)));
        // A link that shows a reference is that reference, wherever it pointed: a peer's link leads to the post on
        // its own server, and `>>123` must not lead anywhere else.
        let is_reference =
            reference::at_start(text.trim()).is_some_and(|(_, length)| length == text.trim().len());
        let Some(href) = href.filter(|_| !is_reference) else {
            return self.run(inner, Links::Allowed);
        };
        let kind = ["hashtag", "mention"]
            .into_iter()
            .find(|class| html::has_class(attributes, class));
        self.open_link(&href, kind);
        if text.trim().is_empty() || link::is_written_out(&text, &href) {
            text = link::shorten(&href);
            html::escape_into(&mut self.out, &text, Place::Text);
        } else {
            self.run(inner, Links::Inside);
        }
        if let Some(host) = link::disclosure(&text, &href) {
            self.out.push(' ');
            html::escape_into(&mut self.out, &host, Place::Text);
        }
        self.out.push_str("</a>");
    }

    fn open_link(&mut self, href: &str, kind: Option<&str>) {
        self.out.push_str("<a href=\"");
        html::escape_into(&mut self.out, href, Place::Attribute);
        self.out.push_str("\" ");
        if let Some(class) = kind {
            self.out.push_str(&format!("class=\"{class}\" "));
        }
        let tag = if kind == Some("hashtag") { "tag " } else { "" };
        self.out.push_str(&format!("rel=\"{tag}{REL}\">"));
    }
}

fn text_of(tokens: &[Token<'_>]) -> String {
    let texts = tokens.iter().map(|token| match token {
        Token::Text(text) => html::unescape(text),
        Token::Open { name: "br", .. } => "\n".into(),
        _ => "".into(),
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::finish;

    #[test]
    fn makes_markers_outside_code_and_links() {
        for (html, expected) in [
            (
                "a &gt;&gt;1 b",
                "a <a class=\"ref\" data-ref=\"1\">&gt;&gt;1</a> b",
            ),
            ("<code>&gt;&gt;1</code>", "<code>&gt;&gt;1</code>"),
            (
                "<a href=\"https://x.y/\">&gt;&gt;&gt;/art@h.i/1</a>",
                "<a class=\"ref\" data-ref=\"art@h.i/1\">&gt;&gt;&gt;/art@h.i/1</a>",
            ),
            (
                "<a href=\"https://x.y/\">see &gt;&gt;1</a>",
                "<a href=\"https://x.y/\" rel=\"nofollow noopener ugc\">see &gt;&gt;1</a>",
            ),
            ("<a>x</a> &gt;&gt;1a", "x &gt;&gt;1a"),
        ] {
            assert_eq!(finish(html).html, expected, "{html}");
        }
    }

    #[test]
    fn links_tell_where_they_go() {
        for (html, expected) in [
            (
                "<a href=\"https://e.vil/\">bank.com</a>",
                ">bank.com (e.vil)</a>",
            ),
            ("<a href=\"https://a.b/c\">https://a.b/c</a>", ">a.b/c</a>"),
            ("<a href=\"https://a.b/c\"></a>", ">a.b/c</a>"),
            (
                "<a href=\"https://a.b/c\"><em>x</em></a>",
                "><em>x</em></a>",
            ),
        ] {
            let html = finish(html).html;
            assert!(html.ends_with(expected), "{html}");
        }
    }

    #[test]
    fn counts_references_to_the_limit() {
        let many: String = (1..=40)
            .map(|no| format!("&gt;&gt;{no} &gt;&gt;1 "))
            .collect();
        let finished = finish(&many);
        assert_eq!(finished.references.len(), crate::limits::REFERENCES);
        assert!(
            finished
                .html
                .contains("</a> &gt;&gt;33 <a class=\"ref\" data-ref=\"1\">")
        );
        let same = "&gt;&gt;1 ".repeat(2000);
        assert_eq!(
            finish(&same).html.matches("data-ref").count(),
            crate::limits::LINKS
        );
    }
}
