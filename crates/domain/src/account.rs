//! People: accounts of this node, and those of others we have heard of.
//!
//! Boards and instances are rows of the same table (everything that acts on the network has a name, a key and an
//! inbox), so lists of authors and followers are [`Account`]s too, whatever their kind.

mod appoint;
mod counts;
mod create;
mod directory;
mod find;
mod parts;
mod password;
mod posts;
mod row;
mod standing;
mod suspend;
mod update;

use crate::{Id, Timestamp};

pub use appoint::appoint;
pub use counts::{InstanceCounts, counts};
pub use create::{admit, check, create, sign_up};
pub use directory::{Entry, Filter, directory, entry};
pub use find::{by_id, by_ids, by_uri, caller, find, first_admin, shown};
pub use parts::{pictures, replies, threads};
pub use password::{hash, hash_password, reset_password, set_password};
pub use posts::posts;
pub use standing::{disable, enable, set_role};
pub use suspend::{reinstate, suspend};
pub use update::{Profile, update};

pub(crate) use create::free;
pub(crate) use password::verify;
pub(crate) use row::Row;
pub(crate) use update::picture;

/// What can act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody, or somebody's bot.
    Person,
    /// A board.
    Board,
    /// A server itself.
    Instance,
}

impl Kind {
    /// Its name in the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Board => "board",
            Self::Instance => "instance",
        }
    }

    pub(crate) fn read(name: &str) -> Self {
        match name {
            "board" => Self::Board,
            "instance" => Self::Instance,
            _ => Self::Person,
        }
    }
}

/// Whether it may still act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As usual.
    Active,
    /// Stopped by the people who run this node.
    Suspended,
    /// Gone at its home.
    Deleted,
    /// Its server is suspended here: it is kept, and nothing is shown of it but its name.
    Withheld,
}

impl State {
    /// Its name in the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deleted => "deleted",
            Self::Withheld => "withheld",
        }
    }

    /// The state an actor of that own state is in, given whether its server is suspended.
    pub(crate) fn of(name: &str, withheld: bool) -> Self {
        match withheld {
            true => Self::Withheld,
            false => Self::read(name),
        }
    }

    fn read(name: &str) -> Self {
        match name {
            "active" => Self::Active,
            "deleted" => Self::Deleted,
            _ => Self::Suspended,
        }
    }
}

/// An account here or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
    /// Its name without a host.
    pub name: String,
    /// Its server; empty for this node.
    pub host: String,
    /// Its ActivityPub id.
    pub uri: String,
    /// Its page at home.
    pub url: String,
    /// Display name; may be empty.
    pub title: String,
    /// The biography as it was typed.
    pub about: String,
    /// The biography as safe HTML.
    pub about_html: String,
    /// SHA-256 of its picture.
    pub avatar: Option<String>,
    /// SHA-256 of its banner.
    pub banner: Option<String>,
    /// Names and values of its profile, as text.
    pub fields: Vec<(String, String)>,
    /// Whether it says that it is a program.
    pub bot: bool,
    /// Whether it may still act.
    pub state: State,
    /// Its posts we hold.
    pub post_count: i64,
    /// Its followers we know of.
    pub follower_count: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Account {
    /// `name` here, `name@host` elsewhere.
    pub fn acct(&self) -> String {
        crate::handle::acct(&self.name, &self.host)
    }

    /// Whether it is one of this node.
    pub fn is_local(&self) -> bool {
        self.host.is_empty()
    }

    /// Its page here.
    pub fn path(&self) -> String {
        match self.kind {
            Kind::Board => format!("/b/{}", self.acct()),
            Kind::Person => format!("/u/{}", self.acct()),
            Kind::Instance => "/".to_owned(),
        }
    }

    /// The same without what it says and shows of itself.
    pub(crate) fn bare(self) -> Self {
        Self {
            title: String::new(),
            about: String::new(),
            about_html: String::new(),
            avatar: None,
            banner: None,
            fields: Vec::new(),
            ..self
        }
    }

    /// Its display name, or its name where it has none.
    pub fn display_name(&self) -> &str {
        if self.title.is_empty() {
            &self.name
        } else {
            &self.title
        }
    }
}

/// What somebody signs up with.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The name; lower-cased before it is looked at.
    pub name: String,
    /// The password as typed.
    pub password: String,
    /// For recovery; shown to nobody.
    pub email: Option<String>,
}

/// A key pair in PEM; made by the caller, because making one takes long.
#[derive(Clone)]
pub struct KeyPair {
    /// SPKI, as other servers read it.
    pub public_pem: String,
    /// PKCS#8; never leaves the node.
    pub private_pem: String,
}

/// What remains of a password: an argon2id hash in PHC form.
#[derive(Clone)]
pub struct PasswordHash(pub(crate) String);

impl PasswordHash {
    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
