//! What a list of threads holds: narrowed by tag, board, kind and content note of the opening posts.
//!
//! The conditions are made from the opening post alone, so a reply with a picture makes no thread of text a thread of
//! pictures.

mod sieve;

use db::Id;

pub(crate) use sieve::{Sieve, sift};

/// The kind of a thread, by its opening post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With a picture that moves.
    Animated,
    /// With pictures that do not move.
    Still,
    /// Without pictures.
    Text,
}

/// What to do with opening posts that carry a content note or sensitive pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Leave them out.
    Without,
    /// Hold nothing else.
    Only,
}

/// Conditions that all hold; those that are `None` let everything through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The tag it carries.
    pub tag: Option<Id>,
    /// The board it is on.
    pub board: Option<Id>,
    /// What it is.
    pub kind: Option<Kind>,
    /// Whether it carries a note.
    pub note: Option<Note>,
}

impl Kind {
    /// Whether its opening post has a picture, and whether one of them moves.
    pub(crate) fn pictures(self) -> (bool, bool) {
        match self {
            Self::Animated => (true, true),
            Self::Still => (true, false),
            Self::Text => (false, false),
        }
    }
}
