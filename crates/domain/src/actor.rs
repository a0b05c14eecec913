//! What federation needs to know of everything that acts: ids, inboxes, keys, and the one way in for foreign ones.
//!
//! A document of another server never changes a row of this node, and never takes the place of an actor of a third one.

mod find;
mod keep;
mod key;
mod local;
mod mark;
mod picture;

use crate::account::{Kind, State};
use crate::board::{Posting, Settings};
use crate::{Id, Timestamp};

pub use find::{by_handle, by_id, by_ids, inboxes, own, row};
pub use keep::keep;
pub use key::{PublicKey, SigningKey, key, public_key_of};
pub use local::instance;
pub use mark::{mark_deleted, mark_refreshed};

pub(crate) use local::add_local;
pub(crate) use picture::arrived;

/// An actor of another server, as its document says; the caller has checked that its home says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// What it is.
    pub kind: Kind,
    /// Its host as in its handle.
    pub host: String,
    /// Its name.
    pub name: String,
    /// Its ActivityPub id.
    pub uri: String,
    /// Its page.
    pub url: String,
    /// Where it receives.
    pub inbox: String,
    /// Where its server receives for all.
    pub shared_inbox: Option<String>,
    /// What it sent.
    pub outbox: Option<String>,
    /// Who follows it.
    pub followers: Option<String>,
    /// Display name.
    pub title: String,
    /// The description's source, where it is given.
    pub about: String,
    /// The description's HTML, as it came: it is made safe here.
    pub about_html: String,
    /// Names and values of the profile; HTML in them becomes text.
    pub fields: Vec<(String, String)>,
    /// Whether it says that it is a program.
    pub bot: bool,
    /// The id of its key.
    pub key_id: String,
    /// Its public key, SPKI in PEM.
    pub public_key: String,
    /// When it was made there.
    pub created_at: Timestamp,
    /// What only boards have.
    pub board: Option<BoardFacts>,
    /// Where its picture is.
    pub avatar_url: Option<String>,
}

/// What only boards have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardFacts {
    /// Its rules, as text.
    pub rules: String,
    /// Whether it is not for every eye.
    pub nsfw: bool,
    /// Whether posts may be disliked.
    pub dislikes: bool,
    /// Whether pictures need an alternative text.
    pub require_alt: bool,
    /// Replies that raise a thread.
    pub bump_limit: i64,
    /// Who may post.
    pub posting: Posting,
}

impl Default for BoardFacts {
    /// What holds where a board's home says nothing.
    fn default() -> Self {
        let settings = Settings::default();
        Self {
            rules: String::new(),
            nsfw: settings.nsfw,
            dislikes: settings.dislikes,
            require_alt: settings.require_alt,
            bump_limit: settings.bump_limit,
            posting: settings.posting,
        }
    }
}

/// An actor as federation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: Id,
    /// Its ActivityPub id.
    pub uri: String,
    /// Its name.
    pub name: String,
    /// Its host; empty for this node.
    pub host: String,
    /// What it is.
    pub kind: Kind,
    /// Where it receives.
    pub inbox: String,
    /// Where its server receives for all.
    pub shared_inbox: Option<String>,
    /// What it sent.
    pub outbox: Option<String>,
    /// Who follows it.
    pub followers: Option<String>,
    /// Its public key, SPKI in PEM.
    pub public_key: String,
    /// The id of its key.
    pub key_id: String,
    /// When it was last read from its home.
    pub refreshed_at: Timestamp,
    /// Whether it may still act.
    pub state: State,
}
