//! What a person typed → HTML, not yet sanitised or finished, with the mentions and tags in it.
//!
//! `prepare` takes the meaning of `<`, `>` and bare addresses away from the Markdown parser (no raw HTML, no block
//! quotes, no emphasis inside addresses) and `write` gives it back where it belongs. References are found later, in
//! `finish`, by the code that also finds them in foreign HTML.

mod inline;
mod prepare;
mod write;

use std::cell::Cell;

use comrak::{Arena, Options};

use crate::handle::Handle;
use crate::html::{self, Place};
use crate::{limits, plain};

/// HTML and what was found on the way.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) html: String,
    pub(crate) mentions: Vec<Handle>,
    pub(crate) tags: Vec<String>,
}

/// Renders typed text; see [`crate::render`].
pub(crate) fn write(text: &str, origin: &str) -> Written {
    let text = plain::clean(plain::cut(text, limits::INPUT));
    within(limits::PARSER_STEPS, &text, origin).unwrap_or_else(|| as_typed(&text))
}

/// `None` when the parser needs more than `budget` steps.
fn within(budget: usize, text: &str, origin: &str) -> Option<Written> {
    let prepared = prepare::prepare(text);
    let arena = Arena::new();
    let steps = Cell::new(0);
    let over_budget = || {
        steps.set(steps.get() + 1);
        steps.get() > budget
    };
    let root = comrak::try_parse_document(&arena, &prepared.text, &options(), &over_budget).ok()?;
    Some(write::write(root, &prepared.addresses, origin))
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.spoiler = true;
    options.parse.ignore_setext = true;
    options.parse.escaped_char_spans = true;
    options
}

/// The text of somebody who fights the parser: shown as it is, line by line.
fn as_typed(text: &str) -> Written {
    let mut html = String::from("<p>");
    for (at, line) in text.trim().split('\n').enumerate() {
        if at > 0 {
            html.push_str("<br>");
        }
        html::escape_into(&mut html, line, Place::Text);
    }
    html.push_str("</p>");
    Written {
        html,
        ..Written::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{as_typed, within};

    #[test]
    fn a_budget_ends_the_parser() {
        let text = "- *a* <b>\n".repeat(2000);
        assert!(within(1, &text, "https://o.example").is_none());
        assert!(within(crate::limits::PARSER_STEPS, &text, "https://o.example").is_some());
        assert_eq!(as_typed("*a*\n<b> \n").html, "<p>*a*<br>&lt;b&gt;</p>");
    }
}
