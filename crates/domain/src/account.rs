//! People: accounts of this node, and those of others we have heard of.
//!
//! Boards and instances are rows of the same table (everything that acts on the network has a name, a key and an
//! inbox), so lists of authors and followers are [`Account`]s too, whatever their kind.

use std::collections::HashMap;

use db::Conn;

use crate::page::{Page, Slice};
use crate::{Caller, Context, Handle, Id, Result, Role, Site, Timestamp, Tx, Viewer, post};

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

/// Whether it may still act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As usual.
    Active,
    /// Stopped by the people who run this node.
    Suspended,
    /// Gone at its home.
    Deleted,
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

/// Changes to a profile; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Display name.
    pub title: Option<String>,
    /// Biography.
    pub about: Option<String>,
    /// An uploaded picture of the caller's; `Some(None)` removes it.
    pub avatar: Option<Option<Id>>,
    /// As `avatar`.
    pub banner: Option<Option<Id>>,
    /// All fields.
    pub fields: Option<Vec<(String, String)>>,
}

/// What the node holds, for its front page and NodeInfo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InstanceCounts {
    /// Accounts of this node.
    pub accounts: i64,
    /// Posts of its accounts.
    pub posts: i64,
    /// Threads on its boards.
    pub threads: i64,
    /// Boards of this node.
    pub boards: i64,
    /// Servers it knows.
    pub peers: i64,
}

/// Everything that is wrong with a sign-up, before anything costly is done for it: the fields, whether sign-up is open,
/// whether the name is free and whether `address` may try again.
pub async fn admit(conn: &mut Conn, cx: &Context, draft: &Draft, address: &str) -> Result<()> {
    let _ = (conn, cx, draft, address);
    todo!()
}

/// An account for somebody who came to the site; [`admit`] goes before.
pub async fn sign_up(
    tx: &mut Tx,
    draft: Draft,
    keys: KeyPair,
    hash: PasswordHash,
    address: &str,
) -> Result<Caller> {
    let _ = (tx, draft, keys, hash, address);
    todo!()
}

/// An account, whether sign-up is open or not.
pub async fn create(
    tx: &mut Tx,
    draft: Draft,
    role: Role,
    keys: KeyPair,
    hash: PasswordHash,
) -> Result<Caller> {
    let _ = (tx, draft, role, keys, hash);
    todo!()
}

/// The faults of a sign-up that can be seen without the database.
pub fn check(draft: &Draft, site: &Site) -> Result<()> {
    let _ = (draft, site);
    todo!()
}

/// Hashes a password; takes some 30 ms of a core and 19 MiB.
pub fn hash_password(password: &str) -> Result<PasswordHash> {
    let _ = password;
    todo!()
}

/// [`hash_password`] off the async threads, at most one per core at a time.
pub async fn hash(password: String) -> Result<PasswordHash> {
    let _ = password;
    todo!()
}

/// The account of that name (not a board).
pub async fn find(conn: &mut Conn, handle: &Handle) -> Result<Account> {
    let _ = (conn, handle);
    todo!()
}

/// The account, board or instance of that id.
pub async fn by_id(conn: &mut Conn, id: Id) -> Result<Account> {
    let _ = (conn, id);
    todo!()
}

/// The account, board or instance of that ActivityPub id.
pub async fn by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Account>> {
    let _ = (conn, uri);
    todo!()
}

/// Those of these ids that there are.
pub async fn by_ids(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Account>> {
    let _ = (conn, ids);
    todo!()
}

/// Whoever may act as this account of the node; for commands and tokens.
pub async fn caller(conn: &mut Conn, name: &str) -> Result<Caller> {
    let _ = (conn, name);
    todo!()
}

/// Changes the caller's profile.
pub async fn update(tx: &mut Tx, caller: &Caller, profile: Profile) -> Result<Account> {
    let _ = (tx, caller, profile);
    todo!()
}

/// Changes the caller's password and closes all sessions but `keep`.
pub async fn set_password(
    cx: &Context,
    caller: &Caller,
    current: String,
    new: String,
    keep: Id,
) -> Result<()> {
    let _ = (cx, caller, current, new, keep);
    todo!()
}

/// Gives an account another password and closes its sessions; for the command line.
pub async fn reset_password(tx: &mut Tx, account: Id, hash: PasswordHash) -> Result<()> {
    let _ = (tx, account, hash);
    todo!()
}

/// Gives an account of this node another role.
pub async fn set_role(tx: &mut Tx, account: Id, role: Role) -> Result<()> {
    let _ = (tx, account, role);
    todo!()
}

/// Suspends an account and closes its sessions.
pub async fn disable(tx: &mut Tx, account: Id) -> Result<()> {
    let _ = (tx, account);
    todo!()
}

/// Lets a suspended account act again.
pub async fn enable(tx: &mut Tx, account: Id) -> Result<()> {
    let _ = (tx, account);
    todo!()
}

/// The account's posts, newest first.
pub async fn posts(
    conn: &mut Conn,
    account: Id,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<post::Post>> {
    let _ = (conn, account, viewer, page);
    todo!()
}

/// What the node holds.
pub async fn counts(conn: &mut Conn) -> Result<InstanceCounts> {
    let _ = conn;
    todo!()
}
