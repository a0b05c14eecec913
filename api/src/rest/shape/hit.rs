//! What a search finds, and pictures with their posts.

use domain::{Site, gallery};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Account, Board, Media, Post, Tag};

/// Something that was found; the field named by `type` is there.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Hit {
    /// `post`, `board`, `account` or `tag`.
    pub(crate) r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) post: Option<Post>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) board: Option<Board>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<Account>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tag: Option<Tag>,
}

/// A picture and the post that shows it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Shown {
    media: Media,
    post: Post,
    /// To be hidden at first: the picture, or its post, is sensitive or carries a content warning.
    sensitive: bool,
}

impl Shown {
    pub(crate) fn of(shown: &gallery::Shown, site: &Site) -> Self {
        Self {
            media: Media::of(&shown.media, site),
            post: Post::of(&shown.post, site),
            sensitive: shown.is_covered(),
        }
    }
}
