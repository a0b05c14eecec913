//! Tags.

use domain::{Site, tag};
use serde::Serialize;
use utoipa::ToSchema;

/// A tag as lists hold it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tag {
    /// Normalised: small letters, without `#`.
    #[schema(example = "film")]
    name: String,
    /// Its page on this server.
    url: String,
    /// Posts held here that carry it, those of other servers among them.
    post_count: i64,
}

/// A tag at its own address.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagInFull {
    /// Normalised: small letters, without `#`.
    #[schema(example = "film")]
    pub(crate) name: String,
    /// Its page on this server.
    pub(crate) url: String,
    /// Posts held here that carry it, those of other servers among them.
    pub(crate) post_count: i64,
    /// People of this server who follow it.
    pub(crate) follower_count: i64,
    /// Tags that stand beside it on its newest posts, the most frequent first.
    pub(crate) related: Vec<Tag>,
    /// Whether the caller follows it.
    pub(crate) following: bool,
    /// Whether the caller mutes it.
    pub(crate) muted: bool,
}

/// Whether the caller mutes a tag.
#[derive(Serialize, ToSchema)]
pub(crate) struct Mute {
    /// Threads that carry it do not stand in the home feed.
    pub(crate) muted: bool,
}

impl Tag {
    pub(crate) fn of(tag: &tag::Tag, site: &Site) -> Self {
        Self {
            name: tag.name.clone(),
            url: format!("{}{}", site.origin, tag.path()),
            post_count: tag.post_count,
        }
    }
}
