//! Who is signed in: browser cookies and programs' tokens.
//!
//! A token is 32 random bytes, shown once; the database knows only its SHA-256, so nobody who reads it can sign in.

use db::Conn;

use crate::{Caller, Context, Id, Result, Timestamp, Tx};

/// What carries the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A browser's cookie.
    Page,
    /// A program's `Authorization` header.
    Token,
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

/// What somebody signs in with, and from where.
#[derive(Clone)]
pub struct Credentials {
    /// The account's name.
    pub name: String,
    /// The password as typed.
    pub password: String,
    /// The network address of the client, for the limit on attempts.
    pub address: String,
}

/// Signs in with name and password; answers the token, which is not kept.
///
/// Takes the context and not a transaction: the attempt must count although it fails, and hashing must not hold the
/// database.
pub async fn sign_in(
    cx: &Context,
    credentials: Credentials,
    kind: Kind,
    label: &str,
) -> Result<(String, Session)> {
    let _ = (cx, credentials, kind, label);
    todo!()
}

/// Opens a session for an account that proved itself otherwise; answers the token, which is not kept.
pub async fn open(
    tx: &mut Tx,
    account: Id,
    kind: Kind,
    scopes: &[Scope],
    label: &str,
) -> Result<(String, Session)> {
    let _ = (tx, account, kind, scopes, label);
    todo!()
}

/// The session of this token, where it is still good: not expired, and its account not suspended.
pub async fn find(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Session>> {
    let _ = (conn, token, now);
    todo!()
}

/// Notes that a session was used and prolongs it; does nothing within the hour.
pub async fn touch(tx: &mut Tx, session: &Session) -> Result<()> {
    let _ = (tx, session);
    todo!()
}

/// Ends one of the caller's sessions.
pub async fn close(tx: &mut Tx, caller: &Caller, session: Id) -> Result<()> {
    let _ = (tx, caller, session);
    todo!()
}

/// Ends the session of this token; none is no error.
pub async fn close_token(tx: &mut Tx, token: &str) -> Result<()> {
    let _ = (tx, token);
    todo!()
}

/// The caller's sessions, newest first.
pub async fn list(conn: &mut Conn, caller: &Caller, now: Timestamp) -> Result<Vec<Session>> {
    let _ = (conn, caller, now);
    todo!()
}

/// Removes expired sessions; a nightly chore.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    let _ = tx;
    todo!()
}
