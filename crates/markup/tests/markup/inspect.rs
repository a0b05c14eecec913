//! Reads finished HTML with a parser that is not ours, and says what may not be in it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};

const ELEMENTS: [&str; 26] = [
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

/// Everything wrong with the HTML, in words; empty when it is safe and well nested.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Inspector::default(), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let inspector = tokenizer.sink;
    let mut faults = inspector.faults.into_inner();
    let open = inspector.open.into_inner();
    if !open.is_empty() {
        faults.push(format!("left open: {open:?}"));
    }
    faults.extend(hidden(&html.replace("&nbsp;", " ")));
    faults
}

fn hidden(text: &str) -> Option<String> {
    let bad = |c: &char| {
        matches!(*c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'
            | '\u{feff}' | '\u{2060}' | '\u{fdd0}'..='\u{fdef}')
            || (c.is_control() && !matches!(*c, '\n' | '\t'))
    };
    text.chars().find(bad).map(|c| format!("character {c:?}"))
}

#[derive(Default)]
struct Inspector {
    faults: RefCell<Vec<String>>,
    open: RefCell<Vec<String>>,
}

impl TokenSink for Inspector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let faults = match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag),
            Token::TagToken(tag) => self.end(&tag),
            Token::CharacterTokens(_) | Token::EOFToken => Vec::new(),
            other => vec![format!("not a tag or text: {other:?}")],
        };
        self.faults.borrow_mut().extend(faults);
        TokenSinkResult::Continue
    }
}

impl Inspector {
    fn start(&self, tag: &Tag) -> Vec<String> {
        let name = tag.name.to_string();
        let mut faults: Vec<String> = tag
            .attrs
            .iter()
            .filter_map(|attribute| fault(&name, &attribute.name.local, &attribute.value))
            .collect();
        if !ELEMENTS.contains(&name.as_str()) {
            faults.push(format!("element {name}"));
        }
        let mut open = self.open.borrow_mut();
        if name == "a" {
            let names: Vec<&str> = tag
                .attrs
                .iter()
                .map(|attribute| &*attribute.name.local)
                .collect();
            if names != ["class", "data-ref"]
                && names != ["href", "rel"]
                && names != ["href", "class", "rel"]
            {
                faults.push(format!("link with {names:?}"));
            }
            if open.contains(&name) {
                faults.push("link in a link".to_owned());
            }
        }
        if !matches!(name.as_str(), "br" | "hr") {
            open.push(name);
        }
        faults
    }

    fn end(&self, tag: &Tag) -> Vec<String> {
        let open = self.open.borrow_mut().pop();
        if open.as_deref() == Some(&*tag.name) {
            return Vec::new();
        }
        vec![format!("</{}> closes {open:?}", tag.name)]
    }
}

fn fault(element: &str, attribute: &str, value: &str) -> Option<String> {
    let fine = match (element, attribute) {
        ("a", "href") => is_safe(value),
        ("a", "rel") => ["nofollow", "noopener", "ugc"]
            .iter()
            .all(|word| value.split(' ').any(|one| one == *word)),
        ("a", "class") => matches!(value, "mention" | "hashtag" | "ref"),
        ("a", "data-ref") => value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/@:.-_[]".contains(c)),
        ("span", "class") => matches!(value, "quote" | "spoiler"),
        ("span", "tabindex") => value == "0",
        ("ol", "start") => value.parse::<i32>().is_ok(),
        _ => false,
    };
    (!fine).then(|| format!("<{element} {attribute}={value:?}>"))
}

fn is_safe(address: &str) -> bool {
    let scheme = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    let authority = address.split('/').nth(2).unwrap_or_default();
    scheme
        && address.is_ascii()
        && !authority.contains('@')
        && !address.contains(char::is_whitespace)
}

#[test]
fn the_inspector_sees_faults() {
    for html in [
        "<script>x</script>",
        "<p onclick=\"x\">a</p>",
        "<a href=\"javascript:x\">a</a>",
        "<p>a",
        "a</p>",
        "<p><b>a</p></b>",
        "<!-- x -->",
        "<a href=\"https://a.b/\">no rel</a>",
        "<img src=\"x\">",
        "\u{202e}",
        "<span style=\"x\">a</span>",
        "<a href=\"https://a@b/\" rel=\"nofollow noopener ugc\">a</a>",
    ] {
        assert_ne!(faults(html), Vec::<String>::new(), "{html}");
    }
    assert_eq!(
        faults("<p>a<br><a class=\"ref\" data-ref=\"1\">&gt;&gt;1</a></p>"),
        Vec::<String>::new()
    );
}
