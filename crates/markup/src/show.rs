//! Puts the links into stored HTML when it is shown.
//!
//! References are stored unresolved, so that a `>>` to a post that arrives later becomes a link without rendering
//! again. Called by the pages, the APIs and `federation` with what each of them links to.

use crate::html::{self, Place};
use crate::reference::Reference;

/// How every marker begins. Quotes are escaped in text's neighbours, the attributes, and `<` everywhere, so this can
/// only be a marker.
const MARKER: &str = "<a class=\"ref\" data-ref=\"";

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a post that is here.
    Link {
        /// Any address the caller made; escaped here.
        href: String,
        /// Shown on hover; escaped here.
        title: Option<String>,
    },
    /// To nothing we know (yet), or to a post that was removed: shown struck through.
    Dead,
}

/// Replaces each reference marker in `html` (made by [`crate::render`] or [`crate::foreign`]) by what `resolve` says.
///
/// A link is `<a class="ref" href="…">&gt;&gt;123</a>`, a dead reference `<s class="ref dead">&gt;&gt;123</s>`.
pub fn link_references(html: &str, mut resolve: impl FnMut(&Reference) -> Target) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(MARKER) {
        out.push_str(before);
        let (key, after) = after.split_once("\">").unwrap_or((after, ""));
        let (text, after) = after.split_once("</a>").unwrap_or((after, ""));
        let target = Reference::from_key(&html::unescape(key)).map(|reference| resolve(&reference));
        write(&mut out, text, target.unwrap_or(Target::Dead));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn write(out: &mut String, text: &str, target: Target) {
    let Target::Link { href, title } = target else {
        out.push_str("<s class=\"ref dead\">");
        out.push_str(text);
        out.push_str("</s>");
        return;
    };
    out.push_str("<a class=\"ref\" href=\"");
    html::escape_into(out, &href, Place::Attribute);
    if let Some(title) = title {
        out.push_str("\" title=\"");
        html::escape_into(out, &title, Place::Attribute);
    }
    out.push_str("\">");
    out.push_str(text);
    out.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::{Target, link_references};

    #[test]
    fn links_what_is_known_and_strikes_the_rest() {
        let html = crate::render(">>1 and >>>/art@h.i/2 and >>3", "https://o.example").html;
        let shown = link_references(&html, |reference| match (reference.no, &reference.board) {
            (1, None) => Target::Link {
                href: "#p1".into(),
                title: None,
            },
            (2, Some(board)) => Target::Link {
                href: format!("/b/{board}/2?a=\"b\"&c"),
                title: Some("<b>\"".into()),
            },
            _ => Target::Dead,
        });
        assert_eq!(
            shown,
            "<p><a class=\"ref\" href=\"#p1\">&gt;&gt;1</a> and <a class=\"ref\" \
             href=\"/b/art@h.i/2?a=&quot;b&quot;&amp;c\" title=\"&lt;b&gt;&quot;\">&gt;&gt;&gt;/art@h.i/2</a> and \
             <s class=\"ref dead\">&gt;&gt;3</s></p>"
        );
    }

    #[test]
    fn text_is_never_a_marker() {
        for html in [
            crate::render("<a class=\"ref\" data-ref=\"9\">x</a>", "https://o.example").html,
            crate::render("[x](https://a.b/?<a class=\"ref\" data-ref=\"9\">)", "https://o.example").html,
            crate::foreign("<a class=\"ref\" data-ref=\"9\">x</a><a class=ref data-ref=9 href=https://a.b>y</a>").html,
        ] {
            let unchanged = link_references(&html, |reference| panic!("{reference} was found in {html}"));
            assert_eq!(unchanged, html);
        }
    }
}
