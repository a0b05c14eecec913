//! Boards: of this node, and those of others that somebody here looked at.

use db::Conn;

use crate::account::{Account, KeyPair};
use crate::page::{Page, Slice};
use crate::{Caller, Handle, Id, Result, Timestamp, Tx, Viewer, follow, thread};

/// Who may post on a board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Posting {
    /// Any account, here or elsewhere.
    #[default]
    Accounts,
    /// Its moderators.
    Moderators,
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

/// A new board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name; lower-cased before it is looked at.
    pub name: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its description, Markdown.
    pub about: String,
    /// Its rules, text.
    pub rules: String,
    /// How it works.
    pub settings: Settings,
}

/// Changes to a board; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// Its title.
    pub title: Option<String>,
    /// Its description.
    pub about: Option<String>,
    /// Its rules.
    pub rules: Option<String>,
    /// As in [`Settings`].
    pub nsfw: Option<bool>,
    /// As in [`Settings`].
    pub dislikes: Option<bool>,
    /// As in [`Settings`].
    pub require_alt: Option<bool>,
    /// As in [`Settings`].
    pub bump_limit: Option<i64>,
    /// As in [`Settings`].
    pub posting: Option<Posting>,
    /// An uploaded picture of the caller's; `Some(None)` removes it.
    pub avatar: Option<Option<Id>>,
    /// As `avatar`.
    pub banner: Option<Option<Id>>,
}

/// Which boards a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of this node.
    #[default]
    Local,
    /// Those the viewer follows, or asked to.
    Followed,
    /// All we know.
    Known,
}

/// The order of a list of boards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Last posted on first.
    #[default]
    Activity,
    /// Those of this node first, then by host; by name within each.
    Name,
    /// Newest first.
    New,
}

/// The order of a board's threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Pinned first, then last raised first.
    #[default]
    Bump,
    /// Newest first.
    New,
    /// Most replies first.
    Replies,
    /// Most likes first.
    Votes,
}

/// A line of a board's public moderation log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its id.
    pub id: Id,
    /// lock, unlock, pin, unpin or remove.
    pub act: String,
    /// Who did it.
    pub actor: Account,
    /// The post, or the opening post of the thread.
    pub post: Id,
    /// Its number.
    pub post_no: Option<i64>,
    /// Its thread.
    pub thread_id: Id,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Makes a board of this node; moderators and admins of the node may.
pub async fn create(tx: &mut Tx, caller: &Caller, draft: Draft, keys: KeyPair) -> Result<Board> {
    let _ = (tx, caller, draft, keys);
    todo!()
}

/// Changes a board of this node; its moderators may.
pub async fn update(tx: &mut Tx, caller: &Caller, board: &Handle, patch: Patch) -> Result<Board> {
    let _ = (tx, caller, board, patch);
    todo!()
}

/// The board of that name.
pub async fn find(conn: &mut Conn, handle: &Handle, viewer: &Viewer) -> Result<Board> {
    let _ = (conn, handle, viewer);
    todo!()
}

/// The board of that id.
pub async fn by_id(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Board> {
    let _ = (conn, id, viewer);
    todo!()
}

/// Boards of a scope in an order.
pub async fn list(
    conn: &mut Conn,
    scope: Scope,
    order: Order,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<Board>> {
    let _ = (conn, scope, order, viewer, page);
    todo!()
}

/// Who moderates it, first named first.
pub async fn moderators(conn: &mut Conn, board: Id) -> Result<Vec<Account>> {
    let _ = (conn, board);
    todo!()
}

/// Makes somebody a moderator of a board of this node; its moderators may.
pub async fn add_moderator(tx: &mut Tx, caller: &Caller, board: Id, account: Id) -> Result<()> {
    let _ = (tx, caller, board, account);
    todo!()
}

/// Takes somebody's moderatorship of a board of this node; its moderators may.
pub async fn remove_moderator(tx: &mut Tx, caller: &Caller, board: Id, account: Id) -> Result<()> {
    let _ = (tx, caller, board, account);
    todo!()
}

/// Whether the caller moderates the board: named there, or a moderator of the node the board is of.
pub async fn is_moderator(conn: &mut Conn, board: Id, caller: &Caller) -> Result<bool> {
    let _ = (conn, board, caller);
    todo!()
}

/// Whether an actor, also a foreign one, is named as a moderator of the board.
pub async fn is_named_moderator(conn: &mut Conn, board: Id, actor: Id) -> Result<bool> {
    let _ = (conn, board, actor);
    todo!()
}

/// Sets the moderators of a foreign board, as its home says.
pub async fn keep_moderators(tx: &mut Tx, board: Id, accounts: &[Id]) -> Result<()> {
    let _ = (tx, board, accounts);
    todo!()
}

/// The board's threads with their last replies.
pub async fn threads(
    conn: &mut Conn,
    board: &Board,
    sort: Sort,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let _ = (conn, board, sort, viewer, page);
    todo!()
}

/// The board's threads, only their opening posts.
pub async fn catalog(
    conn: &mut Conn,
    board: &Board,
    sort: Sort,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<thread::Summary>> {
    let _ = (conn, board, sort, viewer, page);
    todo!()
}

/// The public moderation log, newest first.
pub async fn log(conn: &mut Conn, board: Id, page: Page) -> Result<Slice<LogEntry>> {
    let _ = (conn, board, page);
    todo!()
}
