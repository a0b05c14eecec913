//! Boards and their public log.

use domain::{Site, board};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FollowState;
use super::account::face;
use crate::rest::id::Id;

/// A board here or elsewhere.
#[derive(Serialize, ToSchema)]
pub(crate) struct Board {
    id: Id,
    /// Its ActivityPub id.
    uri: String,
    /// Its page at home.
    url: String,
    /// Its name without a host.
    #[schema(example = "art")]
    name: String,
    /// `art` here, `art@example.org` elsewhere.
    #[schema(example = "art@example.org")]
    acct: String,
    title: String,
    /// The description as it was typed.
    description: String,
    /// The description as safe HTML.
    description_html: String,
    rules: String,
    /// Address of its picture on this server.
    avatar: Option<String>,
    /// Address of its banner on this server.
    banner: Option<String>,
    settings: Settings,
    /// Whether the admins show it before the others.
    featured: bool,
    counts: Counts,
    /// Whether the caller follows it; null where not.
    following: Option<FollowState>,
    /// Whether the caller moderates it.
    moderates: bool,
    /// When it was last posted on.
    #[schema(format = DateTime)]
    bumped_at: String,
    #[schema(format = DateTime)]
    created_at: String,
}

/// How a board works.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardSettings)]
struct Settings {
    /// Whether it is not for every eye.
    nsfw: bool,
    /// Whether posts may be disliked.
    dislikes: bool,
    /// Whether pictures need an alternative text.
    require_alt: bool,
    /// Replies that raise a thread; later ones do not.
    bump_limit: i64,
    posting: Posting,
}

/// Who may post on a board.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Posting {
    /// Any signed-in account, here or elsewhere.
    Accounts,
    /// Its moderators.
    Moderators,
    /// Nobody: the board is archived.
    Nobody,
}

/// What belongs to a board.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardCounts)]
struct Counts {
    /// Threads held here.
    threads: i64,
    /// Posts held here.
    posts: i64,
    /// Followers known here.
    followers: i64,
}

impl Board {
    pub(crate) fn of(board: &board::Board, site: &Site) -> Self {
        Self {
            id: Id(board.id),
            uri: board.uri.clone(),
            url: board.url.clone(),
            name: board.name.clone(),
            acct: board.acct(),
            title: board.display_name().to_owned(),
            description: board.about.clone(),
            description_html: board.about_html.clone(),
            rules: board.rules.clone(),
            avatar: face(board.avatar.as_deref(), "320", site),
            banner: face(board.banner.as_deref(), "1280", site),
            settings: Settings {
                nsfw: board.settings.nsfw,
                dislikes: board.settings.dislikes,
                require_alt: board.settings.require_alt,
                bump_limit: board.settings.bump_limit,
                posting: board.settings.posting.into(),
            },
            featured: board.featured,
            counts: Counts {
                threads: board.thread_count,
                posts: board.post_count,
                followers: board.follower_count,
            },
            following: board.following.map(Into::into),
            moderates: board.moderates,
            bumped_at: board.bumped_at.rfc3339(),
            created_at: board.created_at.rfc3339(),
        }
    }
}

impl From<board::Posting> for Posting {
    fn from(posting: board::Posting) -> Self {
        match posting {
            board::Posting::Accounts => Self::Accounts,
            board::Posting::Moderators => Self::Moderators,
            board::Posting::Nobody => Self::Nobody,
        }
    }
}

impl From<Posting> for board::Posting {
    fn from(posting: Posting) -> Self {
        match posting {
            Posting::Accounts => Self::Accounts,
            Posting::Moderators => Self::Moderators,
            Posting::Nobody => Self::Nobody,
        }
    }
}
