//! Threads as pictures: the tiles of the home grid and the cards of a catalog.

use askama::Template;

use super::{BoardName, Image, Mark, When};

/// What a tile shows of its thread.
#[derive(Clone, Debug)]
pub(crate) enum Face {
    /// Its first picture.
    Picture(Image),
    /// Its words, where it has no picture.
    Words,
    /// Nothing yet, and why: a warning, a sensitive picture, a picture on its way.
    Hidden(String),
}

impl Face {
    /// The class of its shape.
    pub(crate) fn ratio(&self) -> &'static str {
        match self {
            Self::Picture(image) => image.ratio,
            Self::Words | Self::Hidden(_) => "r12",
        }
    }
}

/// A thread in the home grid.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/tile.html")]
pub(crate) struct Tile {
    /// The picture's page, or the thread.
    pub(crate) href: String,
    pub(crate) thread: String,
    pub(crate) board: BoardName,
    pub(crate) face: Face,
    /// The subject, or the first words.
    pub(crate) title: String,
    pub(crate) excerpt: String,
    /// Like `12 replies`.
    pub(crate) replies: String,
}

/// A picture in somebody's profile.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/profile_picture.html")]
pub(crate) struct ProfilePicture {
    /// The picture's page.
    pub(crate) href: String,
    pub(crate) board: BoardName,
    pub(crate) face: Face,
    /// The place of its post.
    pub(crate) thread: String,
    pub(crate) when: When,
}

/// A thread in a catalog.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/card.html")]
pub(crate) struct Card {
    pub(crate) thread: String,
    pub(crate) hue: u8,
    pub(crate) face: Face,
    pub(crate) title: String,
    pub(crate) excerpt: String,
    pub(crate) replies: String,
    pub(crate) pictures: String,
    pub(crate) bumped: When,
    pub(crate) marks: Vec<Mark>,
}

impl Card {
    pub(crate) fn is_words(&self) -> bool {
        matches!(self.face, Face::Words)
    }
}
