//! Posts of ours, their threads, and the activities we sent about them.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::Conn;
use domain::page::Page;
use domain::post::{self, Post};
use domain::{Denial, Error, Id, Viewer, audience, thread};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::reply::{self, Absent};
use crate::document::{self, collection, note as documents};
use crate::hub::Hub;
use crate::wire::read;
use crate::{origin, vocabulary};

/// Posts on one page of a thread's collection.
const PAGE: i64 = 50;

/// A post, or its tombstone with 410.
pub(super) async fn note(State(hub): State<Hub>, Path(id): Path<Id>) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let post = find(&mut conn, id).await?;
    if !post.author.is_local() {
        return Ok(reply::home(&post.uri));
    }
    if let Some(deletion) = &post.deleted {
        let tombstone = documents::tombstone(&post.uri, deletion.at);
        return Ok(reply::gone(&document::with_context(tombstone)));
    }
    let audience = audience::of(&mut conn, id).await?;
    let note = documents::note(hub.site(), &post, &audience);
    Ok(reply::document(&document::with_context(note)))
}

/// The address people share: its opening post is what it means.
pub(super) async fn thread(
    State(hub): State<Hub>,
    Path((name, no)): Path<(String, i64)>,
) -> Result<Response, Absent> {
    let handle = domain::handle::Handle::parse(&name, hub.site()).ok_or(Absent::MISSING)?;
    let mut conn = hub.cx().read().await?;
    let id = thread::by_no(&mut conn, &handle, no).await?;
    Ok(reply::home(&find(&mut conn, id).await?.uri))
}

/// A post or tombstone; not where it is withheld, because a tombstone would tell others that it is gone.
async fn find(conn: &mut Conn, id: Id) -> Result<Post, Absent> {
    let post = post::find_any(conn, id, &Viewer::Visitor).await?;
    match &post.deleted {
        Some(deletion) if deletion.withheld => Err(Error::from(Denial::PeerSuspended).into()),
        _ => Ok(post),
    }
}

#[derive(Deserialize)]
pub(super) struct After {
    after: Option<String>,
    page: Option<bool>,
}

/// All posts of a thread, oldest first (FEP-7888); ours whole, others by their ids, each with its number where
/// the board is ours.
pub(super) async fn context(
    State(hub): State<Hub>,
    Path(id): Path<Id>,
    Query(query): Query<After>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let opening = post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    if !opening.is_op || !opening.uri.starts_with(&hub.site().origin) {
        return Err(Absent::MISSING);
    }
    let collection_id = vocabulary::context(&opening.uri);
    if query.after.is_none() && query.page.is_none() {
        let thread = thread::view(&mut conn, id, &Viewer::Visitor).await?;
        let first = format!("{collection_id}?page=true");
        let mut whole = collection::paged(&collection_id, thread.reply_count + 1, &first);
        whole["attributedTo"] = opening.board.uri.clone().into();
        return Ok(reply::document(&document::with_context(whole)));
    }
    let page = Page::asked(Some(PAGE), None, query.after.as_deref());
    let posts = thread::posts(&mut conn, id, &Viewer::Visitor, page).await?;
    let mut items = Vec::new();
    let mut numbers = Map::new();
    for post in posts.items.iter().filter(|post| post.deleted.is_none()) {
        items.push(item(&hub, &mut conn, post).await?);
        if let Some(no) = post.no.filter(|_| post.board.is_local()) {
            numbers.insert(post.uri.clone(), no.into());
        }
    }
    let own = match &query.after {
        Some(after) => format!("{collection_id}?after={after}"),
        None => format!("{collection_id}?page=true"),
    };
    let next = posts
        .next
        .map(|next| format!("{collection_id}?after={next}"));
    let mut page = collection::page(&own, &collection_id, &items, next.as_deref());
    page["stoa:numbers"] = Value::Object(numbers);
    Ok(reply::document(&document::with_context(page)))
}

async fn item(hub: &Hub, conn: &mut Conn, post: &Post) -> Result<Value, Absent> {
    if !post.author.is_local() {
        return Ok(post.uri.clone().into());
    }
    let audience = audience::of(conn, post.id).await?;
    Ok(documents::note(hub.site(), post, &audience))
}

/// The posts that answer a post.
pub(super) async fn replies(
    State(hub): State<Hub>,
    Path(id): Path<Id>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let post = post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    if !post.author.is_local() {
        return Err(Absent::MISSING);
    }
    let uris = post::answers(&mut conn, id, PAGE).await?;
    let items: Vec<Value> = uris.into_iter().map(Value::String).collect();
    let replies = collection::whole(&format!("{}/replies", post.uri), &items);
    Ok(reply::document(&document::with_context(replies)))
}

/// An activity, as it was sent; not where it passed on what somebody of a server did that is suspended now.
pub(super) async fn activity(
    State(hub): State<Hub>,
    Path(id): Path<Id>,
) -> Result<Response, Absent> {
    let activity = domain::activity::find(&mut *hub.cx().read().await?, id).await?;
    let activity = activity.ok_or(Absent::MISSING)?;
    if let Some(theirs) = whose(&activity.body) {
        hub.admit(&theirs).await?;
    }
    Ok(reply::text(activity.body))
}

/// Whose the object of an activity is: its actor or author, or its own address where it is only named.
fn whose(activity: &str) -> Option<Url> {
    let document: Value = serde_json::from_str(activity).ok()?;
    let object = document.get("object")?;
    let owner = object
        .get("actor")
        .or_else(|| object.get("attributedTo"))
        .unwrap_or(object);
    origin::parse(read::id_of(owner)?)
}
