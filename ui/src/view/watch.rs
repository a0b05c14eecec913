//! Watching: the button of a thread, and the list of what is watched.

use askama::Template;

use super::{BoardName, Mark, Pager, Section, Shell, When};

/// Watch a thread, or stop.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/watch.html")]
pub(crate) struct Watch {
    pub(crate) thread: i64,
    pub(crate) csrf: String,
    pub(crate) on: bool,
    /// Like `3 new posts`, and the way to the first of them.
    pub(crate) unread: Option<(String, String)>,
}

/// A watched thread.
pub(crate) struct WatchLine {
    pub(crate) thread: i64,
    /// Where reading goes on.
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) board: BoardName,
    /// Like `3 new`.
    pub(crate) unread: Option<String>,
    /// Like `12 replies`.
    pub(crate) replies: Option<String>,
    pub(crate) bumped: Option<When>,
    pub(crate) marks: Vec<Mark>,
    /// Whether the thread is no more.
    pub(crate) gone: bool,
}

/// `/watching`
#[derive(Template)]
#[template(path = "pages/watching.html")]
pub(crate) struct Watching {
    pub(crate) shell: Shell,
    pub(crate) lines: Vec<WatchLine>,
    pub(crate) pager: Pager,
}

impl Watching {
    pub(crate) fn has_unread(&self) -> bool {
        self.lines.iter().any(|line| line.unread.is_some())
    }
}
