//! HTML of another server → the same text in the few elements we keep, well nested and not too deep.
//!
//! Reads tokens, not a tree: the tree builder of the HTML standard copies open formatting elements into each new
//! paragraph, so 64 kB of misnested tags can become gigabytes. What leaves here is well nested and at most
//! [`limits::DEPTH`] deep, so the sanitiser behind it works in linear time. This step is about cost and shape;
//! safety is the sanitiser's business. Called by [`crate::foreign`].

mod shape;

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};

use self::shape::Shape;
use crate::{limits, plain, sanitise};

/// Rewrites foreign HTML; see the module's text.
pub(crate) fn reshape(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(plain::cut(html, limits::INPUT)));
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    // Nobody runs scripts here, so the tokenizer only stops at the end of the input.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.shape.into_inner().end()
}

#[derive(Default)]
struct Sink {
    shape: RefCell<Shape>,
    /// How many elements with the name of the dropped one are open; 0 when nothing is being dropped.
    dropping: Cell<usize>,
    dropped: RefCell<String>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if self.dropping.get() > 0 => self.drop_on(&tag),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.start(&tag),
            Token::TagToken(tag) => self.shape.borrow_mut().close(&tag.name),
            Token::CharacterTokens(text) if self.dropping.get() == 0 => {
                self.shape.borrow_mut().text(&text);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink {
    fn start(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if name == "plaintext" {
            return TokenSinkResult::Plaintext;
        }
        if sanitise::DROPPED.contains(&name) && !tag.self_closing && name != "embed" {
            self.dropping.set(1);
            *self.dropped.borrow_mut() = name.to_owned();
            return raw_kind(name).map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
        }
        self.shape
            .borrow_mut()
            .open(name, |wanted| attribute(tag, wanted));
        TokenSinkResult::Continue
    }

    fn drop_on(&self, tag: &Tag) {
        if *tag.name != **self.dropped.borrow() {
            return;
        }
        let open = self.dropping.get();
        self.dropping.set(match tag.kind {
            TagKind::StartTag if tag.self_closing => open,
            TagKind::StartTag => open + 1,
            TagKind::EndTag => open - 1,
        });
    }
}

/// How the content of a dropped element is read: not as HTML, in these.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        _ => None,
    }
}

fn attribute(tag: &Tag, wanted: &str) -> Option<String> {
    let found = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == wanted)?;
    Some(found.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::reshape;

    #[test]
    fn keeps_the_text_in_few_elements() {
        for (html, expected) in [
            ("plain", "<p>plain</p>"),
            ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
            ("<div><div>a</div>b</div>c", "<p>a</p><p>b</p><p>c</p>"),
            ("<h1>T</h1><p>x", "<p><strong>T</strong></p><p>x</p>"),
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<p>a</p>\n<p>b</p>", "<p>a</p><p>b</p>"),
            ("<b><i>x</b>y</i>", "<p><b><i>x</i></b>y</p>"),
            ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
            ("<ul>a<b>c</b></ul>", "<ul><li>a<b>c</b></li></ul>"),
            ("<li>a</li>", "<p>a</p>"),
            ("<p>a<ul><li>b</ul>c", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "<p>a b</p><p>c</p>",
            ),
            (
                "<span>a</span><span class='x quote'>b<span>c</span>d</span>",
                "<p>a<span class=\"quote\">bcd</span></p>",
            ),
            (
                "a<img class=emoji alt=:blob: src=x>b<img src=y alt=z>",
                "<p>a:blob:b</p>",
            ),
            (
                "<a href=javascript:x>a</a><a href=https://x.y class='u-url mention'>b</a>",
                "<p>a<a href=\"https://x.y/\" class=\"mention\">b</a></p>",
            ),
            (
                "<a href=https://x.y>a<a href=https://z.w>b",
                "<p><a href=\"https://x.y/\">a</a><a href=\"https://z.w/\">b</a></p>",
            ),
            (
                "<details><summary>s</summary>t</details>",
                "<details><summary>s</summary>t</details>",
            ),
            (
                "<strike>a</strike><kbd>b</kbd>",
                "<p><s>a</s><code>b</code></p>",
            ),
            ("<s class='ref dead'>&gt;&gt;1</s>", "<p>&gt;&gt;1</p>"),
            ("<ol start=3><li>a</ol>", "<ol start=\"3\"><li>a</li></ol>"),
            (
                "<ruby>漢<rp>(<rt>kan<rp>)</ruby>",
                "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
            ),
        ] {
            assert_eq!(reshape(html), expected, "{html}");
        }
    }

    #[test]
    fn drops_what_is_no_text() {
        for (html, expected) in [
            ("<script>a</script><p>b", "<p>b</p>"),
            ("<style><p>a</style>b", "<p>b</p>"),
            ("<style><!--</style>b", "<p>b</p>"),
            ("<script>'<!--</script>b", "<p>b</p>"),
            ("<svg><svg></svg><p>a</svg>b", "<p>b</p>"),
            ("<svg/>b", "<p>b</p>"),
            ("a<!-- c --><?x?><!doctype y>b\0c", "<p>abc</p>"),
            ("<textarea><p>a</textarea>", ""),
            ("<script>unclosed <p>", ""),
        ] {
            assert_eq!(reshape(html), expected, "{html}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let html = format!("{}x{}y", "<b>".repeat(500), "</b>".repeat(500));
        let shaped = reshape(&html);
        assert_eq!(shaped.matches("<b>").count(), crate::limits::DEPTH - 1);
        assert!(shaped.ends_with("y</p>"), "{shaped}");
    }
}
