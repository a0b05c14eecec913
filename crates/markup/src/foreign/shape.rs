//! Writes the kept elements, always well nested.
//!
//! The rules are those by which the HTML standard's tree builder would move elements: whatever leaves here, it leaves
//! where it is. So the sanitiser's parser changes nothing, and running our own output through again changes nothing.

use crate::html::{self, Place};
use crate::{limits, link};

/// Longest text taken from a picture that stands for an emoji, in characters.
const EMOJI: usize = 64;

/// The output and its open elements.
#[derive(Default)]
pub(super) struct Shape {
    out: String,
    open: Vec<Element>,
    /// Names opened beyond the depth limit; their end tags are swallowed.
    beyond: Vec<&'static str>,
    /// Text that follows starts a new paragraph.
    pending: bool,
    /// Text that follows is set off by a space.
    spaced: bool,
}

struct Element {
    name: &'static str,
    /// Whether its tag was written; elements without meaning for us are only remembered, to pair their end tags.
    written: bool,
}

/// What an element is to us.
enum Kind {
    /// Kept under this name, within a line.
    Inline(&'static str),
    /// Kept under this name, makes a block.
    Block(&'static str),
    /// Becomes a bold paragraph.
    Heading,
    /// Only sets its content off.
    Break,
    /// A table cell: set off by a space.
    Cell,
    LineBreak,
    Rule,
    Picture,
    Unknown,
}

impl Shape {
    pub(super) fn open(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>) {
        match kind(name) {
            Kind::Inline(name) => self.open_inline(name, attribute),
            Kind::Block("li") if self.list_at().is_none() => self.set_off(),
            Kind::Block("summary") if self.top() != Some("details") => self.set_off(),
            Kind::Block("ol") => {
                let start = attribute("start").and_then(|start| start.trim().parse::<i32>().ok());
                let tag = start.map_or_else(
                    || "<ol>".to_owned(),
                    |start| format!("<ol start=\"{start}\">"),
                );
                self.open_block("ol", &tag);
            }
            Kind::Block(name) => self.open_block(name, &format!("<{name}>")),
            Kind::Heading => {
                self.open_block("p", "<p>");
                self.push("strong", "<strong>");
            }
            Kind::Break => self.set_off(),
            Kind::Cell => self.spaced = true,
            Kind::LineBreak => {
                self.before_inline();
                self.out.push_str("<br>");
            }
            Kind::Rule => {
                self.close_lines();
                self.before_block("hr");
                self.out.push_str("<hr>");
            }
            Kind::Picture => self.picture(attribute),
            Kind::Unknown => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match kind(name) {
            Kind::Inline(name) | Kind::Block(name) => self.close_nearest(name),
            Kind::Heading => self.close_nearest("p"),
            Kind::Break => self.set_off(),
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let blank = text.trim().is_empty();
        if blank && self.top().is_none_or(is_list) {
            return;
        }
        if blank && (self.pending || self.spaced) {
            return;
        }
        self.before_inline();
        html::escape_into(&mut self.out, text, Place::Text);
    }

    /// Closes what is open and gives the result.
    pub(super) fn end(mut self) -> String {
        self.close_to(0);
        self.out
    }

    fn open_inline(&mut self, name: &'static str, attribute: impl Fn(&str) -> Option<String>) {
        let classes = attribute("class").unwrap_or_default();
        let has = |class: &str| classes.split_ascii_whitespace().any(|one| one == class);
        let tag = match name {
            "a" => {
                self.close_nearest("a");
                let kept = ["hashtag", "mention"].into_iter().find(|class| has(class));
                attribute("href")
                    .and_then(|href| link::address(&href))
                    .map(|href| link_tag(&href, kept))
            }
            "span" if has("spoiler") => Some("<span class=\"spoiler\">".to_owned()),
            "span" if has("quote") => Some("<span class=\"quote\">".to_owned()),
            "span" => None,
            // A dead reference of another Stoa: whether it is dead here is ours to say.
            "s" if has("ref") => None,
            "rt" | "rp" => {
                self.close_nearest("rt");
                self.close_nearest("rp");
                let in_ruby = self.open.iter().any(|element| element.name == "ruby");
                in_ruby.then(|| format!("<{name}>"))
            }
            name => Some(format!("<{name}>")),
        };
        self.push(name, tag.as_deref().unwrap_or_default());
    }

    fn open_block(&mut self, name: &'static str, tag: &str) {
        self.close_lines();
        if let Some(list) = self.list_at().filter(|_| name == "li") {
            self.close_to(list + 1);
        }
        self.before_block(name);
        self.push(name, tag);
    }

    /// Opens an element; without tag, it is only remembered.
    fn push(&mut self, name: &'static str, tag: &str) {
        if !tag.is_empty() && !is_block(name) {
            self.before_inline();
        }
        if self.open.len() >= limits::DEPTH {
            self.beyond.push(name);
            return;
        }
        self.out.push_str(tag);
        self.open.push(Element {
            name,
            written: !tag.is_empty(),
        });
    }

    /// Closes the nearest element of this name and all in it. Inline elements do not reach beyond their block.
    fn close_nearest(&mut self, name: &'static str) {
        if self.beyond.last() == Some(&name) {
            self.beyond.pop();
            return;
        }
        let reach = if is_block(name) {
            0
        } else {
            self.lines_begin()
        };
        if let Some(at) = self.open[reach..]
            .iter()
            .rposition(|element| element.name == name)
        {
            self.close_to(reach + at);
        }
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            let Some(element) = self.open.pop() else {
                return;
            };
            if element.written {
                self.out.push_str("</");
                self.out.push_str(element.name);
                self.out.push('>');
            }
            if is_block(element.name) {
                self.beyond.clear();
                self.pending = false;
                self.spaced = false;
            }
        }
    }

    /// Where the inline elements of the innermost block begin.
    fn lines_begin(&self) -> usize {
        let block = self.open.iter().rposition(|element| is_block(element.name));
        block.map_or(0, |at| at + 1)
    }

    /// The innermost element that was written.
    fn top(&self) -> Option<&'static str> {
        let top = self.open.iter().rfind(|element| element.written);
        top.map(|element| element.name)
    }

    /// Closes inline elements, and the paragraph they stand in: blocks stand beside paragraphs.
    fn close_lines(&mut self) {
        self.close_to(self.lines_begin());
        if let Some(top @ ("p" | "summary")) = self.top() {
            self.close_nearest(top);
        }
        self.pending = false;
        self.spaced = false;
    }

    fn list_at(&self) -> Option<usize> {
        self.open.iter().rposition(|element| is_list(element.name))
    }

    /// The elements that do not stand for themselves set their content off, where that does no harm.
    fn set_off(&mut self) {
        match self.top() {
            Some("pre") => return,
            Some("p") => self.close_to(self.lines_begin() - 1),
            Some(name) if !is_block(name) => {
                self.spaced = true;
                return;
            }
            _ => {}
        }
        self.pending = true;
    }

    /// Opens what text needs around it.
    fn before_inline(&mut self) {
        if self.top().is_some_and(is_list) {
            self.pending = false;
            self.push("li", "<li>");
        }
        let starts = match self.top() {
            None => true,
            Some(name) => self.pending && matches!(name, "li" | "blockquote" | "details"),
        };
        if starts {
            self.close_to(self.lines_begin());
            self.push("p", "<p>");
        }
        self.pending = false;
        let spaced = std::mem::take(&mut self.spaced);
        if spaced && !self.out.ends_with(['>', ' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn before_block(&mut self, name: &str) {
        if name != "li" && self.top().is_some_and(is_list) {
            self.push("li", "<li>");
        }
    }

    fn picture(&mut self, attribute: impl Fn(&str) -> Option<String>) {
        let is_emoji = attribute("class").is_some_and(|classes| classes.contains("emoji"));
        let text = attribute("alt").filter(|alt| is_emoji && alt.chars().count() <= EMOJI);
        self.text(&text.unwrap_or_default());
    }
}

fn link_tag(href: &str, class: Option<&str>) -> String {
    let mut tag = String::from("<a href=\"");
    html::escape_into(&mut tag, href, Place::Attribute);
    tag.push('"');
    if let Some(class) = class {
        tag.push_str(&format!(" class=\"{class}\""));
    }
    tag.push('>');
    tag
}

fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "pre" | "blockquote" | "ul" | "ol" | "li" | "details" | "summary"
    )
}

fn kind(name: &str) -> Kind {
    match name {
        "a" => Kind::Inline("a"),
        "b" => Kind::Inline("b"),
        "code" | "kbd" | "samp" | "tt" | "var" => Kind::Inline("code"),
        "del" => Kind::Inline("del"),
        "em" | "cite" | "dfn" => Kind::Inline("em"),
        "i" => Kind::Inline("i"),
        "rp" => Kind::Inline("rp"),
        "rt" => Kind::Inline("rt"),
        "ruby" => Kind::Inline("ruby"),
        "s" | "strike" => Kind::Inline("s"),
        "small" => Kind::Inline("small"),
        "span" => Kind::Inline("span"),
        "strong" => Kind::Inline("strong"),
        "sub" => Kind::Inline("sub"),
        "sup" => Kind::Inline("sup"),
        "u" | "ins" => Kind::Inline("u"),
        "blockquote" => Kind::Block("blockquote"),
        "details" => Kind::Block("details"),
        "li" => Kind::Block("li"),
        "ol" => Kind::Block("ol"),
        "p" => Kind::Block("p"),
        "pre" | "listing" | "xmp" => Kind::Block("pre"),
        "summary" => Kind::Block("summary"),
        "ul" | "menu" | "dir" => Kind::Block("ul"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "div" | "dl"
        | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "legend"
        | "main" | "nav" | "option" | "section" | "table" | "tbody" | "tfoot" | "thead" | "tr" => {
            Kind::Break
        }
        "td" | "th" => Kind::Cell,
        "br" => Kind::LineBreak,
        "hr" => Kind::Rule,
        "img" => Kind::Picture,
        _ => Kind::Unknown,
    }
}
