//! Boards: the head of a board's pages, a board in a list, and the button that follows.

use askama::Template;

use super::{BoardName, Tab, When};

/// Follow or unfollow a board or a person.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/follow.html")]
pub(crate) struct Follow {
    /// `/b/name/follow` or `/u/name/follow`.
    pub(crate) action: String,
    pub(crate) csrf: String,
    /// Whether it is followed, or asked to be.
    pub(crate) on: bool,
    /// Whether the other server has not answered yet.
    pub(crate) pending: bool,
    /// Whether the other server said no.
    pub(crate) rejected: bool,
    pub(crate) login: Option<String>,
    /// The way for people whose account is on another server, where there is one.
    pub(crate) elsewhere: Option<String>,
    /// Whom, for those who hear the button alone.
    pub(crate) whom: String,
}

/// The head of a board's pages.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/board_head.html")]
pub(crate) struct BoardHead {
    pub(crate) name: BoardName,
    /// Sanitised.
    pub(crate) about: String,
    /// The board at its home, where it is another server's.
    pub(crate) home: Option<String>,
    pub(crate) nsfw: bool,
    /// Whether nobody posts on it any more.
    pub(crate) archived: bool,
    pub(crate) follow: Follow,
    pub(crate) tabs: Vec<Tab>,
    /// Whether its name is the page's heading; in a rail or on a thread it is not.
    pub(crate) start: Option<String>,
}

/// A board in a list.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/board_card.html")]
pub(crate) struct BoardCard {
    pub(crate) name: BoardName,
    pub(crate) about: String,
    pub(crate) facts: String,
    pub(crate) active: Option<When>,
    pub(crate) followed: bool,
    pub(crate) pending: bool,
    pub(crate) nsfw: bool,
    /// Whether nobody posts on it any more.
    pub(crate) archived: bool,
    /// Where the admins feature or archive it.
    pub(crate) manage: Option<String>,
}

/// A line of a list of facts.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) value: String,
}
