//! The two votes on a post: one form whose buttons each send the state they lead to.

use askama::Template;

/// Like and dislike of one post.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/vote.html")]
pub(crate) struct Vote {
    pub(crate) post: i64,
    /// Like `No.123`: what the buttons name.
    pub(crate) number: String,
    pub(crate) likes: i64,
    /// `None` where the board has them off, or where posts of many boards stand.
    pub(crate) dislikes: Option<i64>,
    /// 1, 0 or -1.
    pub(crate) mine: i16,
    pub(crate) csrf: String,
    /// Where signed-out people go instead.
    pub(crate) login: Option<String>,
    /// Where the buttons stand, if not in the thread: `picture` or `list`.
    pub(crate) from: &'static str,
}
