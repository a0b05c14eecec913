//! Boards: of this node, and those of others that somebody here looked at.

mod create;
mod find;
mod list;
mod moderator;
mod row;
mod threads;
mod update;

use crate::{Id, Timestamp, follow};

pub use create::{Draft, create};
pub use find::{by_id, find};
pub use list::{Order, Scope, featured, list, moderated};
pub use moderator::{
    accept_moderator, add_moderator, is_moderator, is_named_moderator, keep_moderators, moderators,
    remove_moderator,
};
pub use threads::{Sort, catalog, catalog_filtered, threads, threads_filtered};
pub use update::{Patch, update};

pub(crate) use find::by_ids;
pub(crate) use threads::LAST_REPLIES;

/// Who may post on a board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Posting {
    /// Any account, here or elsewhere.
    #[default]
    Accounts,
    /// Its moderators.
    Moderators,
    /// Nobody: the board is archived, there to be read.
    Nobody,
}

impl Posting {
    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Moderators => "moderators",
            Self::Nobody => "nobody",
        }
    }

    /// The rule of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "accounts" => Some(Self::Accounts),
            "moderators" => Some(Self::Moderators),
            "nobody" => Some(Self::Nobody),
            _ => None,
        }
    }

    /// Whether those may post who moderate the board, or do not.
    pub fn admits(self, moderates: bool) -> bool {
        match self {
            Self::Accounts => true,
            Self::Moderators => moderates,
            Self::Nobody => false,
        }
    }
}

/// How a board works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether it is not for every eye.
    pub nsfw: bool,
    /// Whether posts may be disliked.
    pub dislikes: bool,
    /// Whether pictures need an alternative text.
    pub require_alt: bool,
    /// Replies that raise a thread; later ones do not.
    pub bump_limit: i64,
    /// Who may post.
    pub posting: Posting,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            nsfw: false,
            dislikes: true,
            require_alt: false,
            bump_limit: 500,
            posting: Posting::Accounts,
        }
    }
}

/// A board here or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Its id, that of its actor.
    pub id: Id,
    /// Its name without a host.
    pub name: String,
    /// Its server; empty for this node.
    pub host: String,
    /// Its ActivityPub id.
    pub uri: String,
    /// Its page at home.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
    /// The description as it was typed.
    pub about: String,
    /// The description as safe HTML.
    pub about_html: String,
    /// Its rules, as text.
    pub rules: String,
    /// SHA-256 of its picture.
    pub avatar: Option<String>,
    /// SHA-256 of its banner.
    pub banner: Option<String>,
    /// How it works.
    pub settings: Settings,
    /// Whether the admins show it before the others.
    pub featured: bool,
    /// Threads we hold.
    pub thread_count: i64,
    /// Posts we hold.
    pub post_count: i64,
    /// Followers we know of.
    pub follower_count: i64,
    /// When it was last posted on.
    pub bumped_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether the viewer follows it.
    pub following: Option<follow::State>,
    /// Whether the viewer moderates it.
    pub moderates: bool,
}

impl Board {
    /// `name` here, `name@host` elsewhere.
    pub fn acct(&self) -> String {
        crate::handle::acct(&self.name, &self.host)
    }

    /// Its page here.
    pub fn path(&self) -> String {
        format!("/b/{}", self.acct())
    }

    /// Whether it is one of this node.
    pub fn is_local(&self) -> bool {
        self.host.is_empty()
    }

    /// Whether it is there to be read alone.
    pub fn is_archived(&self) -> bool {
        self.settings.posting == Posting::Nobody
    }

    /// Its title, or its name where it has none.
    pub fn display_name(&self) -> &str {
        if self.title.is_empty() {
            &self.name
        } else {
            &self.title
        }
    }

    /// 0 to 11: the colour of its spine, the same on every node.
    pub fn hue(&self) -> u8 {
        hue(&self.uri)
    }
}

/// 0 to 11: the colour of the spine of the board of this ActivityPub id, the same on every node.
pub fn hue(uri: &str) -> u8 {
    let hash = uri.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    u8::try_from((hash >> 32) % 12).unwrap_or_default()
}
