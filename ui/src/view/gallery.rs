//! Pictures without their words: in a grid, or one a screen.

use askama::Template;

use super::{BoardName, Face, Focus, Person};

/// A picture in a gallery.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/shot.html")]
pub(crate) struct Shot {
    /// The picture's page.
    pub(crate) href: String,
    /// The post in its thread.
    pub(crate) place: String,
    pub(crate) board: BoardName,
    pub(crate) face: Face,
    pub(crate) title: String,
    /// Who posted it.
    pub(crate) by: String,
}

/// A screen with one picture.
pub(crate) struct Slide {
    pub(crate) focus: Focus,
    /// What hides it at first.
    pub(crate) covered: Option<String>,
    /// The picture's page.
    pub(crate) href: String,
    /// The post in its thread.
    pub(crate) thread: String,
    pub(crate) title: String,
    pub(crate) by: Person,
    pub(crate) board: BoardName,
}
