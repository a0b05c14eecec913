//! What a page's query asks for: which part of a list, which tab.

use domain::page::Page;
use serde::Deserialize;

/// The query of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    before: Option<String>,
    after: Option<String>,
    /// Which boards.
    pub(crate) show: Option<String>,
    /// Which feed.
    pub(crate) feed: Option<String>,
    /// In which order.
    pub(crate) sort: Option<String>,
    /// What to put into the follow box.
    pub(crate) q: String,
    /// The number a reply begins with.
    pub(crate) quote: Option<i64>,
    /// Where to go after signing in.
    pub(crate) to: String,
    /// Said after a form was saved.
    pub(crate) saved: Option<String>,
}

impl Asked {
    /// The part of a list, of `limit` items.
    pub(crate) fn page(&self, limit: i64) -> Page {
        Page::asked(Some(limit), self.before.as_deref(), self.after.as_deref())
    }

    /// Whether it is the list's beginning.
    pub(crate) fn is_first(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }
}
