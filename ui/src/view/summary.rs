//! A thread on the index of its board: the opening post, how much is left out, the last replies.

use askama::Template;

use super::Post;

/// A thread in short.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/summary.html")]
pub(crate) struct Summary {
    pub(crate) href: String,
    pub(crate) opening: Post,
    /// Like `12 replies and 3 pictures omitted.`; `None` where all is shown.
    pub(crate) omitted: Option<String>,
    pub(crate) replies: Vec<Post>,
}
