//! A moment, in words a person reads and a form a script makes relative.

use askama::Template;

/// A moment in UTC.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/when.html")]
pub(crate) struct When {
    /// RFC 3339, to the second.
    pub(crate) machine: String,
    /// Like `20 Nov 2026, 10:00`.
    pub(crate) words: String,
}
