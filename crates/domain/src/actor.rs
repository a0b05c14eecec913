//! What federation needs to know of everything that acts: ids, inboxes, keys, and the one way in for foreign ones.
//!
//! A document of another server never changes a row of this node, and never takes the place of an actor of a third one.

use std::collections::HashMap;

use db::Conn;

use crate::account::{Account, KeyPair, Kind, State};
use crate::board::Posting;
use crate::{Handle, Id, Result, Timestamp, Tx};

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

/// What an actor of this node signs with.
#[derive(Clone)]
pub struct SigningKey {
    /// The id of the public key, as other servers fetch it.
    pub key_id: String,
    /// PKCS#8 in PEM.
    pub private_pem: String,
}

/// Whose key it is that a request was signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Its owner's id.
    pub actor: Id,
    /// Its owner's ActivityPub id.
    pub uri: String,
    /// Its owner's host.
    pub host: String,
    /// SPKI in PEM.
    pub pem: String,
    /// When its owner was last read from its home.
    pub refreshed_at: Timestamp,
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

/// Keeps what another server says about an actor of its own: a new row, or the row of that ActivityPub id.
pub async fn keep(tx: &mut Tx, remote: Remote) -> Result<Account> {
    let _ = (tx, remote);
    todo!()
}

/// Makes the actor of this node itself, where there is none yet.
pub async fn instance(tx: &mut Tx, keys: KeyPair) -> Result<Account> {
    let _ = (tx, keys);
    todo!()
}

/// The actor of this node itself, once it was made.
pub async fn own(conn: &mut Conn) -> Result<Option<Account>> {
    let _ = conn;
    todo!()
}

/// What an actor of this node signs with.
pub async fn key(conn: &mut Conn, actor: Id) -> Result<SigningKey> {
    let _ = (conn, actor);
    todo!()
}

/// The key of that id, where we know it.
pub async fn public_key_of(conn: &mut Conn, key_id: &str) -> Result<Option<PublicKey>> {
    let _ = (conn, key_id);
    todo!()
}

/// Hosts and inboxes of these actors: the shared one where there is one, each once, none of this node.
pub async fn inboxes(conn: &mut Conn, ids: &[Id]) -> Result<Vec<(String, String)>> {
    let _ = (conn, ids);
    todo!()
}

/// The actor of that ActivityPub id.
pub async fn row(conn: &mut Conn, uri: &str) -> Result<Option<Row>> {
    let _ = (conn, uri);
    todo!()
}

/// The actor of that id.
pub async fn by_id(conn: &mut Conn, id: Id) -> Result<Option<Row>> {
    let _ = (conn, id);
    todo!()
}

/// Those of these ids that there are.
pub async fn by_ids(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Row>> {
    let _ = (conn, ids);
    todo!()
}

/// The actor of that name, board or account or the node itself: for WebFinger.
pub async fn by_handle(conn: &mut Conn, handle: &Handle) -> Result<Option<Row>> {
    let _ = (conn, handle);
    todo!()
}

/// Notes that a foreign actor is gone at its home; unknown and local ones are left alone.
pub async fn mark_deleted(tx: &mut Tx, uri: &str) -> Result<()> {
    let _ = (tx, uri);
    todo!()
}

/// Notes that a foreign actor was read from its home just now and has not changed.
pub async fn mark_refreshed(tx: &mut Tx, uri: &str) -> Result<()> {
    let _ = (tx, uri);
    todo!()
}
