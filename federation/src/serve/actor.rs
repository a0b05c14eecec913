//! Actors of ours and their collections.

use axum::extract::{Path, State};
use axum::response::Response;
use db::Conn;
use domain::account::{Account, Kind};
use domain::board::{self, Sort};
use domain::handle::Handle;
use domain::page::Page;
use domain::{Noun, Viewer, audience};
use serde_json::{Value, json};

use super::reply::{self, Absent};
use crate::document::{self, actor as documents, collection};
use crate::hub::Hub;
use crate::vocabulary::{self, PUBLIC};

/// Threads an outbox shows.
const OUTBOX: i64 = 20;

/// The node itself.
pub(super) async fn instance(State(hub): State<Hub>) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let account = domain::actor::own(&mut conn)
        .await?
        .ok_or(Absent::MISSING)?;
    let (id, pem) = key(&mut conn, &account).await?;
    let key = documents::PublicKey { id: &id, pem: &pem };
    let name = domain::site::masthead(&mut conn, hub.site()).await?.name;
    Ok(whole(documents::application(
        hub.site(),
        &name,
        &account,
        &key,
    )))
}

/// An account.
pub(super) async fn account(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let account = domain::account::find(&mut conn, &handle(&hub, &name)?).await?;
    if !account.is_local() {
        return Ok(reply::home(&account.uri));
    }
    let (id, pem) = key(&mut conn, &account).await?;
    let key = documents::PublicKey { id: &id, pem: &pem };
    Ok(whole(documents::person(hub.site(), &account, &key)))
}

/// A board.
pub(super) async fn board(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let board = board::find(&mut conn, &handle(&hub, &name)?, &Viewer::Visitor).await?;
    if !board.is_local() {
        return Ok(reply::home(&board.uri));
    }
    let account = domain::account::by_id(&mut conn, board.id).await?;
    let (id, pem) = key(&mut conn, &account).await?;
    let key = documents::PublicKey { id: &id, pem: &pem };
    Ok(whole(documents::group(hub.site(), &account, &board, &key)))
}

/// A board's newest threads, as announcements with their numbers: what a new follower starts with.
pub(super) async fn board_outbox(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let board = board::find(&mut conn, &handle(&hub, &name)?, &Viewer::Visitor).await?;
    if !board.is_local() {
        return Ok(reply::home(&board.uri));
    }
    let page = Page::first(OUTBOX);
    let threads = board::threads(&mut conn, &board, Sort::New, &Viewer::Visitor, page).await?;
    let mut items = Vec::new();
    for thread in &threads.items {
        let Some(post) = thread.posts.first().filter(|post| post.deleted.is_none()) else {
            continue;
        };
        let object: Value = if post.author.is_local() {
            let audience = audience::of(&mut conn, post.id).await?;
            document::note::note(hub.site(), post, &audience)
        } else {
            post.uri.clone().into()
        };
        items.push(json!({
            "id": format!("{}#announce", post.uri),
            "type": "Announce",
            "actor": board.uri,
            "to": [PUBLIC],
            "cc": [vocabulary::followers(&board.uri)],
            "published": post.created_at.rfc3339(),
            "object": object,
            "stoa:no": post.no,
        }));
    }
    Ok(whole(collection::whole(
        &format!("{}/outbox", board.uri),
        &items,
    )))
}

/// An account's posts are on its boards; its outbox says how many there are.
pub(super) async fn account_outbox(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let account = person(&hub, &mut conn, &name).await?;
    Ok(whole(collection::counted(
        &format!("{}/outbox", account.uri),
        account.post_count,
    )))
}

/// How many follow a board.
pub(super) async fn board_followers(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let board = board::find(&mut conn, &handle(&hub, &name)?, &Viewer::Visitor).await?;
    let count = domain::follow::count(&mut conn, board.id).await?;
    Ok(whole(collection::counted(
        &vocabulary::followers(&board.uri),
        count,
    )))
}

/// How many follow an account.
pub(super) async fn account_followers(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let account = person(&hub, &mut conn, &name).await?;
    let count = domain::follow::count(&mut conn, account.id).await?;
    Ok(whole(collection::counted(
        &vocabulary::followers(&account.uri),
        count,
    )))
}

/// Whom an account follows is its own business.
pub(super) async fn account_following(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let account = person(&hub, &mut conn, &name).await?;
    Ok(whole(collection::counted(
        &format!("{}/following", account.uri),
        0,
    )))
}

/// Boards follow nobody.
pub(super) async fn board_following(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let board = board::find(&mut conn, &handle(&hub, &name)?, &Viewer::Visitor).await?;
    Ok(whole(collection::counted(
        &format!("{}/following", board.uri),
        0,
    )))
}

/// The node publishes nothing itself.
pub(super) async fn instance_outbox(State(hub): State<Hub>) -> Response {
    whole(collection::counted(
        &format!("{}/outbox", hub.site().origin),
        0,
    ))
}

/// Nobody follows the node itself.
pub(super) async fn instance_followers(State(hub): State<Hub>) -> Response {
    whole(collection::counted(
        &format!("{}/followers", hub.site().origin),
        0,
    ))
}

/// Who moderates a board: others believe their acts because of this list.
pub(super) async fn moderators(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let board = board::find(&mut conn, &handle(&hub, &name)?, &Viewer::Visitor).await?;
    let items: Vec<Value> = board::moderators(&mut conn, board.id)
        .await?
        .into_iter()
        .map(|account| Value::String(account.uri))
        .collect();
    Ok(whole(collection::whole(
        &vocabulary::moderators(&board.uri),
        &items,
    )))
}

/// A board's pinned threads.
pub(super) async fn featured(
    State(hub): State<Hub>,
    Path(name): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let board = board::find(&mut conn, &handle(&hub, &name)?, &Viewer::Visitor).await?;
    let page = Page::first(OUTBOX);
    let threads = board::threads(&mut conn, &board, Sort::Bump, &Viewer::Visitor, page).await?;
    let pinned = threads.items.iter().filter(|thread| thread.pinned);
    let items: Vec<Value> = pinned
        .filter_map(|thread| Some(thread.posts.first()?.uri.clone().into()))
        .collect();
    Ok(whole(collection::whole(
        &vocabulary::featured(&board.uri),
        &items,
    )))
}

async fn person(hub: &Hub, conn: &mut Conn, name: &str) -> Result<Account, Absent> {
    let account = domain::account::find(conn, &handle(hub, name)?).await?;
    if account.kind == Kind::Person && account.is_local() {
        Ok(account)
    } else {
        Err(Absent::MISSING)
    }
}

async fn key(conn: &mut Conn, account: &Account) -> Result<(String, String), Absent> {
    let row = domain::actor::by_id(conn, account.id).await?;
    let row = row.ok_or(domain::Error::Missing(Noun::Account))?;
    Ok((row.key_id, row.public_key))
}

fn handle(hub: &Hub, name: &str) -> Result<Handle, Absent> {
    Handle::parse(name, hub.site()).ok_or(Absent::MISSING)
}

fn whole(value: Value) -> Response {
    reply::document(&document::with_context(value))
}
