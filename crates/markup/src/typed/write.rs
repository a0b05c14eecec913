//! The parsed Markdown → HTML, in one walk without recursion.
//!
//! Headings become bold paragraphs (a post must not add headings to the page it stands on) and pictures become links
//! (a picture on a foreign host would tell that host who reads). Greentext is a line of a paragraph, outermost in it.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeLink, NodeList, NodeValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Written, inline, prepare};
use crate::html::{self, Place};
use crate::{limits, link, reference};

/// What is escaped in the path of a tag's page: all but letters, digits and the two signs a tag may have inside.
const TAG_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// Writes the document. `addresses` are the bare addresses that `prepare` took out.
pub(super) fn write<'n>(root: Node<'n>, addresses: &[String], origin: &str) -> Written {
    let mut writer = Writer {
        written: Written::default(),
        addresses,
        origin,
        open: Vec::new(),
        line: Line::default(),
        links: 0,
        inside_link: 0,
        inside_spoiler: 0,
    };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => writer.enter(node),
            NodeEdge::End(node) => writer.leave(node),
        }
    }
    writer.written
}

struct Writer<'a> {
    written: Written,
    addresses: &'a [String],
    origin: &'a str,
    /// End tags of the open elements; empty where the tag was not written.
    open: Vec<&'static str>,
    line: Line,
    links: usize,
    inside_link: usize,
    inside_spoiler: usize,
}

/// Where in a paragraph the walk is.
#[derive(Default)]
struct Line {
    /// Nothing of this line was written yet.
    starts: bool,
    /// Open elements when the paragraph began.
    depth: usize,
    /// Whether this line is greentext; its span is open at `depth`.
    quoted: bool,
    /// The character before, for the boundaries of mentions and tags.
    before: Option<char>,
}

impl Writer<'_> {
    fn enter(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::Paragraph => self.start_paragraph(is_tight(node)),
            NodeValue::Heading(_) => {
                self.push("<p>", "</p>");
                self.push("<strong>", "</strong>");
                self.start_line();
            }
            NodeValue::List(list) => self.start_list(list),
            NodeValue::Item(_) => self.push("<li>", "</li>"),
            NodeValue::CodeBlock(code) => self.code_block(&code.literal),
            NodeValue::ThematicBreak => self.written.html.push_str("<hr>"),
            NodeValue::Code(code) => self.code(&code.literal),
            NodeValue::Text(text) => self.text(text, is_escaped(node)),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.line_break(),
            NodeValue::Emph => self.push("<em>", "</em>"),
            NodeValue::Strong => self.push("<strong>", "</strong>"),
            NodeValue::Strikethrough => self.push("<del>", "</del>"),
            NodeValue::SpoileredText => self.start_spoiler(),
            NodeValue::Link(link) | NodeValue::Image(link) => self.start_link(link),
            _ => {}
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::Paragraph => {
                self.end_quote();
                self.pop();
            }
            NodeValue::Heading(_) => {
                self.end_quote();
                self.pop();
                self.pop();
            }
            NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Emph
            | NodeValue::Strong
            | NodeValue::Strikethrough => {
                self.pop();
            }
            NodeValue::SpoileredText => self.end_spoiler(),
            NodeValue::Link(_) | NodeValue::Image(_) => {
                self.inside_link -= 1;
                self.pop();
            }
            _ => {}
        }
    }

    /// Opens an element, or only remembers it where the nesting is too deep already.
    fn push(&mut self, start: &str, end: &'static str) {
        if self.open.len() < limits::DEPTH && !start.is_empty() {
            self.written.html.push_str(start);
            self.open.push(end);
        } else {
            self.open.push("");
        }
    }

    fn pop(&mut self) {
        if let Some(end) = self.open.pop() {
            self.written.html.push_str(end);
        }
    }

    fn start_paragraph(&mut self, tight: bool) {
        match tight {
            true => self.push("", ""),
            false => self.push("<p>", "</p>"),
        }
        self.start_line();
    }

    fn start_line(&mut self) {
        self.line = Line {
            starts: true,
            depth: self.open.len(),
            ..Line::default()
        };
    }

    fn start_list(&mut self, list: &NodeList) {
        match list.list_type {
            ListType::Bullet => self.push("<ul>", "</ul>"),
            ListType::Ordered if list.start == 1 => self.push("<ol>", "</ol>"),
            ListType::Ordered => self.push(&format!("<ol start=\"{}\">", list.start), "</ol>"),
        }
    }

    fn line_break(&mut self) {
        // A quoted line may end inside emphasis that goes on; then the quotation goes on, too.
        let between = self.open.len() == self.line.depth + usize::from(self.line.quoted);
        if between {
            self.end_quote();
        }
        self.written.html.push_str("<br>");
        self.line.starts = true;
        self.line.before = None;
    }

    fn start_quote(&mut self) {
        self.push("<span class=\"quote\">", "</span>");
        self.line.quoted = true;
    }

    fn end_quote(&mut self) {
        if self.line.quoted {
            self.line.quoted = false;
            self.pop();
        }
    }

    fn start_spoiler(&mut self) {
        // The bars stay in the text: servers that drop the class still show that this was covered.
        match self.inside_spoiler {
            0 => self.push("<span class=\"spoiler\">||", "||</span>"),
            _ => self.push("", ""),
        }
        self.inside_spoiler += 1;
    }

    fn end_spoiler(&mut self) {
        self.inside_spoiler -= 1;
        self.pop();
    }

    fn start_link(&mut self, target: &NodeLink) {
        let address = prepare::restore(&target.url, self.addresses);
        let address = match address.strip_prefix('/') {
            Some(path) if !path.starts_with(['/', '\\']) => format!("{}/{path}", self.origin),
            _ => address,
        };
        match link::address(&address).filter(|_| self.inside_link == 0) {
            Some(href) => {
                let mut tag = String::from("<a href=\"");
                html::escape_into(&mut tag, &href, Place::Attribute);
                tag.push_str("\">");
                self.push(&tag, "</a>");
            }
            None => self.push("", ""),
        }
        self.inside_link += 1;
        self.line.starts = false;
    }

    fn code_block(&mut self, literal: &str) {
        let code = prepare::restore(literal, self.addresses);
        self.push("<pre>", "</pre>");
        self.push("<code>", "</code>");
        html::escape_into(
            &mut self.written.html,
            code.trim_end_matches('\n'),
            Place::Text,
        );
        self.pop();
        self.pop();
    }

    fn code(&mut self, literal: &str) {
        let code = prepare::restore(literal, self.addresses);
        self.push("<code>", "</code>");
        html::escape_into(&mut self.written.html, &code, Place::Text);
        self.pop();
        self.line.starts = false;
        self.line.before = None;
    }

    fn text(&mut self, text: &str, escaped: bool) {
        let text = if self.line.starts {
            text.trim_start()
        } else {
            text
        };
        if self.line.starts && !escaped && self.is_quotation(text) {
            self.start_quote();
        }
        self.line.starts &= text.is_empty();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = match escaped {
                true => None,
                false => self.special(c, rest),
            };
            let length = length.unwrap_or_else(|| {
                self.character(c);
                c.len_utf8()
            });
            rest = &rest[length..];
        }
    }

    /// Whether a line that begins with `text` is greentext: it begins with `>`, and not with a reference.
    fn is_quotation(&self, text: &str) -> bool {
        text.starts_with(prepare::GREATER)
            && self.open.len() == self.line.depth
            && reference::at_start(&prepare::restore(text, self.addresses)).is_none()
    }

    /// Writes what begins here and is more than a character, and returns how much of `rest` it was.
    fn special(&mut self, c: char, rest: &str) -> Option<usize> {
        match c {
            prepare::LESS => {
                // `<https://…>`: the brackets only marked where the address ends.
                let inner = &rest[c.len_utf8()..];
                let (_, length) = prepare::address_at(inner, self.addresses)?;
                inner[length..].strip_prefix(prepare::GREATER)?;
                self.bare_address(inner);
                Some(c.len_utf8() * 2 + length)
            }
            prepare::ADDRESS => self.bare_address(rest),
            '@' if self.may_link() => self.mention(rest),
            '#' if self.may_link() => self.hashtag(rest),
            _ => None,
        }
    }

    fn may_link(&self) -> bool {
        self.inside_link == 0 && self.links < limits::LINKS && self.open.len() < limits::DEPTH
    }

    fn bare_address(&mut self, text: &str) -> Option<usize> {
        let (typed, length) = prepare::address_at(text, self.addresses)?;
        match link::address(typed).filter(|_| self.may_link()) {
            // The text is made from the address in `finish`.
            Some(href) => self.link(&href, "", ""),
            None => html::escape_into(&mut self.written.html, typed, Place::Text),
        }
        self.line.before = None;
        Some(length)
    }

    fn mention(&mut self, rest: &str) -> Option<usize> {
        let (handle, length) = inline::mention(rest, self.line.before)?;
        let mentions = &mut self.written.mentions;
        if !mentions.contains(&handle) {
            if mentions.len() == limits::MENTIONS {
                return None;
            }
            mentions.push(handle.clone());
        }
        let href = format!("{}/u/{handle}", self.origin);
        self.link(&href, " class=\"mention\"", &format!("@{handle}"));
        self.line.before = rest[..length].chars().next_back();
        Some(length)
    }

    fn hashtag(&mut self, rest: &str) -> Option<usize> {
        let (tag, length) = inline::hashtag(rest, self.line.before)?;
        let href = format!("{}/t/{}", self.origin, utf8_percent_encode(&tag, TAG_PATH));
        let tags = &mut self.written.tags;
        if !tags.contains(&tag) {
            if tags.len() == limits::TAGS {
                return None;
            }
            tags.push(tag);
        }
        self.link(&href, " class=\"hashtag\"", &rest[..length]);
        self.line.before = rest[..length].chars().next_back();
        Some(length)
    }

    fn link(&mut self, href: &str, class: &str, text: &str) {
        self.links += 1;
        let out = &mut self.written.html;
        out.push_str("<a href=\"");
        html::escape_into(out, href, Place::Attribute);
        out.push_str(&format!("\"{class}>"));
        html::escape_into(out, text, Place::Text);
        out.push_str("</a>");
    }

    fn character(&mut self, c: char) {
        let c = match c {
            prepare::LESS | prepare::ESCAPED_LESS => '<',
            prepare::GREATER | prepare::ESCAPED_GREATER => '>',
            c => c,
        };
        html::escape_into(
            &mut self.written.html,
            c.encode_utf8(&mut [0; 4]),
            Place::Text,
        );
        self.line.before = Some(c);
    }
}

/// Whether a paragraph stands in a list without blank lines, where it is not set off.
fn is_tight(paragraph: Node<'_>) -> bool {
    let list = paragraph
        .parent()
        .and_then(comrak::arena_tree::Node::parent);
    list.is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
}

fn is_escaped(text: Node<'_>) -> bool {
    text.parent()
        .is_some_and(|parent| matches!(parent.data().value, NodeValue::Escaped))
}
