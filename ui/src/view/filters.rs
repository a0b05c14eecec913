//! The box of filters, closed at first.

use askama::Template;

use super::Link;

/// One of several values.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) value: &'static str,
    pub(crate) text: &'static str,
    pub(crate) chosen: bool,
}

/// `Display tags, filters, and preferences`.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/prefs.html")]
pub(crate) struct Prefs {
    pub(crate) action: String,
    /// What else the address says.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// `None` on the page of a tag.
    pub(crate) tag: Option<String>,
    /// `None` on the page of a board.
    pub(crate) board: Option<String>,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) notes: Vec<Choice>,
    /// Tags in use, most used first.
    pub(crate) tags: Vec<Link>,
    /// How many filters are on.
    pub(crate) active: usize,
    /// The page without filters.
    pub(crate) clear: String,
}
