//! Names of people and boards: short, with the server as separate, muted text.

use askama::Template;

/// An account's name as a link to its profile.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/person.html")]
pub(crate) struct Person {
    /// `/u/name` or `/u/name@host`.
    pub(crate) href: String,
    /// The display name, or the name.
    pub(crate) name: String,
    /// The server, where it is another one.
    pub(crate) host: Option<String>,
    /// Whether a program posts for it.
    pub(crate) bot: bool,
}

/// A board's name, like `/photo/` or `/photo@far.example/`, without a link.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/board_name.html")]
pub(crate) struct BoardName {
    /// `/b/name` or `/b/name@host`.
    pub(crate) href: String,
    /// The name in the path.
    pub(crate) name: String,
    /// The server, where it is another one.
    pub(crate) host: Option<String>,
    /// The title, for people.
    pub(crate) title: String,
    /// Its hue, 0 to 11.
    pub(crate) hue: u8,
}
