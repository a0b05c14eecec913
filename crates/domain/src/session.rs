//! Who is signed in: browser cookies and programs' tokens.
//!
//! A token is 32 random bytes, shown once; the database knows only its SHA-256, so nobody who reads it can sign in.

mod find;
mod open;
mod sign_in;
mod token;
mod touch;

use crate::{Caller, Id, Timestamp, limits};

pub(crate) use token::{hash as secret_hash, make as secret};

pub use find::{find, list};
pub use open::open;
pub use sign_in::{Credentials, sign_in};
pub use touch::{close, close_others, close_token, sweep, touch};

/// What carries the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A browser's cookie.
    Page,
    /// A program's `Authorization` header.
    Token,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Token => "token",
        }
    }

    fn read(name: &str) -> Self {
        match name {
            "page" => Self::Page,
            _ => Self::Token,
        }
    }

    /// How long it lives without being used; microseconds.
    fn life(self) -> i64 {
        match self {
            Self::Page => limits::SESSION_DAYS * db::DAY,
            Self::Token => limits::TOKEN_DAYS * db::DAY,
        }
    }
}

/// What a session may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// See what the account sees.
    Read,
    /// Post, vote, edit, upload.
    Write,
    /// Follow and unfollow.
    Follow,
    /// Moderate the account's boards.
    Moderate,
    /// Run the node.
    Admin,
}

impl Scope {
    /// All of them, as pages have.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Write,
        Self::Follow,
        Self::Moderate,
        Self::Admin,
    ];

    /// Its name in tokens and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Follow => "follow",
            Self::Moderate => "moderate",
            Self::Admin => "admin",
        }
    }

    /// The scope of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// Somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id; the token is not kept.
    pub id: Id,
    /// Who.
    pub caller: Caller,
    /// For what.
    pub scopes: Vec<Scope>,
    /// How.
    pub kind: Kind,
    /// What the forms of its pages carry.
    pub csrf: String,
    /// What it is called in the list of sessions.
    pub label: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub used_at: Timestamp,
    /// When it ends if it is not used.
    pub expires_at: Timestamp,
}

impl Session {
    /// Whether it may be used for this.
    pub fn allows(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Whether it is time to [`touch`] it.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.since(self.used_at) >= db::HOUR
    }
}
