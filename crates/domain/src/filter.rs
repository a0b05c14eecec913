//! What a list of threads holds: narrowed by tag, board, kind and content note of the opening posts.
//!
//! The conditions are made from the opening post alone, so a reply with a picture makes no thread of text a thread of
//! pictures.

use db::Id;

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

/// `$threads` (boxed) with the conditions of `$filter` on kind and content note.
macro_rules! narrow_content {
    ($threads:expr, $filter:expr) => {{
        use diesel::dsl::exists;
        use $crate::schema::{attachments, media, posts, threads};
        let mut part = $threads;
        let pictures =
            || attachments::table.filter(attachments::post_id.eq(threads::id.nullable()));
        if let Some(kind) = $filter.kind {
            let (has, moves) = kind.pictures();
            let moving = media::table
                .inner_join(attachments::table.on(attachments::sha256.eq(media::sha256.nullable())))
                .filter(attachments::post_id.eq(threads::id.nullable()))
                .filter(media::frames.gt(1));
            part = part.filter(exists(pictures()).eq(has));
            part = part.filter(exists(moving).eq(moves));
        }
        if let Some(note) = $filter.note {
            let noted = posts::table
                .filter(posts::id.eq(threads::id))
                .filter(posts::sensitive.or(posts::content_warning.is_not_null()));
            let covered = pictures().filter(attachments::sensitive);
            let only = note == $crate::filter::Note::Only;
            part = part.filter(exists(noted).or(exists(covered)).eq(only));
        }
        part
    }};
}

/// `$threads` (boxed) with the conditions of `$filter` on tag, kind and content note.
macro_rules! narrow {
    ($threads:expr, $filter:expr) => {{
        use $crate::schema::post_tags;
        let mut part = $crate::filter::narrow_content!($threads, $filter);
        if let Some(tag) = $filter.tag {
            let carries = post_tags::table
                .filter(post_tags::post_id.eq($crate::schema::threads::id))
                .filter(post_tags::tag_id.eq(tag));
            part = part.filter(diesel::dsl::exists(carries));
        }
        part
    }};
}

pub(crate) use {narrow, narrow_content};
