//! Text a person typed → safe HTML and the references in it; HTML of another server → the same.
//!
//! Pure functions, no I/O. Whatever comes in, the HTML that leaves here went through the one sanitiser
//! (`sanitise`) and then the one finishing pass (`finish`), which alone makes reference markers: neither typed text
//! nor foreign HTML can forge one. Called by `domain` when a post is written and by the faces when it is shown.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")
)]

mod excerpt;
mod finish;
mod foreign;
mod handle;
mod html;
pub mod limits;
mod link;
mod plain;
mod reference;
mod sanitise;
mod show;
mod tag;
mod typed;
mod words;

pub use excerpt::{excerpt, shorten};
pub use handle::Handle;
pub use plain::{plain_line, plain_text};
pub use reference::Reference;
pub use show::{Target, link_references};
pub use tag::{normalise_tag, tag_at};
pub use words::{asked_words, words};

/// An account (or board) named in the text: `@name` or `@name@host`.
pub type Mention = Handle;

/// Safe HTML and what was found in it. Each list is in order of first appearance, without repetitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Allow-listed HTML. References in it are markers: show it through [`link_references`].
    pub html: String,
    /// At most [`limits::REFERENCES`].
    pub references: Vec<Reference>,
    /// At most [`limits::MENTIONS`].
    pub mentions: Vec<Mention>,
    /// Normalised (see [`normalise_tag`]), at most [`limits::TAGS`].
    pub tags: Vec<String>,
}

/// Renders what a person typed: Markdown, greentext, `||spoilers||`, references, mentions, hashtags and bare links.
///
/// `origin` is our public origin without a trailing slash; links to tags and accounts are absolute, because the same
/// HTML is sent to other servers. Text over [`limits::INPUT`] bytes is cut.
#[must_use]
pub fn render(text: &str, origin: &str) -> Rendered {
    let written = typed::write(text, origin);
    let finished = finish::finish(&sanitise::sanitise(&written.html));
    Rendered {
        html: finished.html,
        references: finished.references,
        mentions: written.mentions,
        tags: written.tags,
    }
}

/// Makes HTML of another server safe and finds the references (`>>123`) in its text.
///
/// Mentions and tags stay empty: those of a foreign post are in its `tag` list, not in its HTML. A reference without
/// host names a board of the server the HTML came from. HTML over [`limits::INPUT`] bytes is cut.
#[must_use]
pub fn foreign(html: &str) -> Rendered {
    let reshaped = foreign::reshape(html);
    let finished = finish::finish(&sanitise::sanitise(&reshaped));
    Rendered {
        html: finished.html,
        references: finished.references,
        ..Rendered::default()
    }
}
