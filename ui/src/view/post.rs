//! A post, wherever it stands: opening a thread, replying, in a profile, in a summary.

use askama::Template;

use super::{Person, Picture, Vote, When};

/// What heading a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// The page is about this post.
    First,
    /// One of several.
    Second,
}

/// A link with words.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
}

/// A post that refers to this one.
#[derive(Clone, Debug)]
pub(crate) struct Backlink {
    pub(crate) href: String,
    /// Like `>>124`.
    pub(crate) label: String,
}

/// A state said by an icon and by words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) icon: &'static str,
    pub(crate) text: &'static str,
}

/// Something one can do with a post.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) href: String,
    pub(crate) icon: &'static str,
    pub(crate) text: &'static str,
    /// The number that a script puts into the reply form.
    pub(crate) quote: Option<i64>,
}

/// A post.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/post.html")]
pub(crate) struct Post {
    /// `p123`, or `p-{id}` while the number is pending.
    pub(crate) anchor: String,
    /// Where it is read among its like: the thread's page with the anchor.
    pub(crate) permalink: String,
    /// The number as shown, `…` while pending.
    pub(crate) number: String,
    pub(crate) opening: bool,
    /// The board's hue.
    pub(crate) hue: u8,
    pub(crate) level: Level,
    pub(crate) subject: Option<String>,
    /// Where the subject leads, on pages that show only part of the thread.
    pub(crate) subject_href: Option<String>,
    pub(crate) author: Person,
    /// Whether the visitor wrote it.
    pub(crate) mine: bool,
    /// Whether a reply is by the one who opened the thread.
    pub(crate) by_opener: bool,
    pub(crate) when: When,
    /// The history of an edited post.
    pub(crate) edited: Option<Link>,
    pub(crate) marks: Vec<Mark>,
    /// The thread, on pages that show posts of several.
    pub(crate) place: Option<Link>,
    pub(crate) warning: Option<String>,
    pub(crate) pictures: Vec<Picture>,
    /// Sanitised, references linked.
    pub(crate) html: String,
    pub(crate) language: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) backlinks: Vec<Backlink>,
    pub(crate) vote: Option<Vote>,
    pub(crate) reply: Option<Act>,
    pub(crate) acts: Vec<Act>,
    /// What is said in place of a post that is gone.
    pub(crate) gone: Option<String>,
}
