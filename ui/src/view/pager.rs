//! Tabs of a page, and the way to the older and the newer part of a list.

use askama::Template;

/// One of several views of the same thing.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub(crate) href: String,
    pub(crate) text: &'static str,
    pub(crate) current: bool,
}

/// Links by cursor; both missing where the list fits one page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/pager.html")]
pub(crate) struct Pager {
    pub(crate) newer: Option<String>,
    pub(crate) older: Option<String>,
    /// What older and newer mean here, e.g. `Older threads`.
    pub(crate) newer_text: &'static str,
    pub(crate) older_text: &'static str,
}
