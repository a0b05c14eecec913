//! What a page's query asks for: which part of a list, which tab.

use domain::page::Page;
use serde::Deserialize;

/// The query of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Cursors.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// Which boards.
    pub(crate) show: Option<String>,
    /// Which feed.
    pub(crate) feed: Option<String>,
    /// In which order.
    pub(crate) sort: Option<String>,
    /// What to look for, or to put into the follow box.
    pub(crate) q: String,
    /// Filters: the tag, the board, the kind and the note of opening posts. `type` is also what is searched for.
    pub(crate) tag: String,
    pub(crate) board: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) note: String,
    /// Where pictures are leafed through.
    #[serde(rename = "in")]
    pub(crate) inside: String,
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
