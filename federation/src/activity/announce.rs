//! `Announce`: how a board speaks (FEP-1b12). It passes on every activity it accepted, unchanged, to all who
//! follow it; a post's number rides on the outside as `stoa:no`.
//!
//! Opening posts are announced a second time by their address alone: that is what microblogs show as a boost.

use std::collections::BTreeSet;

use domain::audience::Audience;
use domain::delivery::Inbox;
use domain::post::Post;
use domain::{Id, Tx, account};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Ticket, Via, block, create, delete, lock, pin, relocate, undo, update, vote};
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::{self, CONTEXT, PUBLIC};
use crate::wire::{Envelope, Kind, Object};
use crate::{note, thread};

/// What a board says. Only boards are listened to: a boost by a person is no post of ours.
pub(crate) async fn receive(envelope: &Envelope, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let board = account::by_uri(&mut *hub.cx().read().await?, &envelope.actor).await?;
    let Some(board) =
        board.filter(|account| account.kind == account::Kind::Board && !account.is_local())
    else {
        return Err(Trouble::Ignored(
            "an announcement of somebody who is no board we know",
        ));
    };
    let object = envelope
        .object()
        .ok_or_else(|| Trouble::refused("nothing is announced"))?;
    let via = Via::Board {
        board: Box::new(board),
        no: envelope.stoa_no,
    };
    match object {
        Object::Id(uri) => named(uri, &via, ticket).await,
        Object::Embedded(inner) if Envelope::is_activity(inner) => {
            let inner = Envelope::read(inner, ticket.hub.cx().now())
                .map_err(|error| Trouble::refused(error.to_string()))?;
            passed_on(&inner, &via, ticket).await
        }
        Object::Embedded(_) => {
            let uri = object
                .id()
                .ok_or_else(|| Trouble::refused("what is announced has no id"))?;
            named(uri, &via, ticket).await
        }
    }
}

async fn passed_on(inner: &Envelope, via: &Via, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    if !inner.is_of_its_actor() {
        return Err(Trouble::refused(
            "the announced activity is of another server than its actor",
        ));
    }
    match inner.kind {
        Kind::Create => create::receive(inner, via, ticket).await,
        Kind::Update => update::receive(inner, via, ticket).await,
        Kind::Delete => delete::receive(inner, via, ticket).await,
        Kind::Like | Kind::Dislike | Kind::EmojiReact => vote::receive(inner, via, ticket).await,
        Kind::Undo => undo::receive(inner, via, ticket).await,
        Kind::Lock => lock::receive(inner, via, ticket).await,
        Kind::Add | Kind::Remove => pin::receive(inner, via, ticket).await,
        Kind::Block => block::receive(inner, via, ticket).await,
        Kind::Move => relocate::receive(inner, via, ticket).await,
        _ => Err(Trouble::Ignored("boards do not announce this")),
    }
}

/// A board names a post by its address, perhaps with its number: fetched where somebody here follows the board and it
/// is not here yet.
async fn named(uri: &str, via: &Via, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let board = via.board().ok_or(Trouble::Ignored("no board names it"))?;
    let mut conn = hub.cx().read().await?;
    let known = domain::post::by_uri(&mut conn, uri).await?.is_some();
    let followed = domain::follow::has_local_followers(&mut conn, board.id).await?;
    drop(conn);
    if known || hub.is_ours(uri) {
        return create::number(uri, via, ticket).await;
    }
    if !followed {
        return Err(Trouble::Ignored("a boost of what nobody here follows"));
    }
    let post = note::fetch(hub, uri).await?;
    if let Some(parent) = post.parent() {
        thread::complete(hub, parent).await?;
    }
    let mut arrival = note::arrival(hub, &post, Some(board)).await?;
    arrival.no = via.no();
    ticket
        .settle(async |tx| domain::post::accept(tx, arrival).await.map(|_| ()))
        .await
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'a Value,
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    actor: &'a str,
    to: [&'static str; 1],
    cc: [String; 1],
    published: String,
    object: &'a RawValue,
    #[serde(rename = "stoa:no", skip_serializing_if = "Option::is_none")]
    no: Option<i64>,
}

/// Passes `inner` on to the followers of the post's board, where that board is ours, with the text untouched.
pub(crate) async fn build(
    tx: &mut Tx,
    post: &Post,
    audience: &Audience,
    inner: &str,
) -> domain::Result<()> {
    if !post.board.is_local() {
        return Ok(());
    }
    let parcel = wrap(tx, post, inner)?;
    let inboxes = board_inboxes(tx, post, audience).await?;
    parcel.send(tx, &inboxes).await
}

/// As [`build`], for the end of a post: all whom it `reached` are told too, however long it takes.
pub(crate) async fn build_lasting(
    tx: &mut Tx,
    post: &Post,
    audience: &Audience,
    reached: Vec<Inbox>,
    inner: &str,
) -> domain::Result<()> {
    if !post.board.is_local() {
        return Ok(());
    }
    let parcel = wrap(tx, post, inner)?.lasting();
    let mut inboxes = board_inboxes(tx, post, audience).await?;
    inboxes.extend(reached);
    parcel.send(tx, &inboxes).await
}

/// Names a post by its address alone: opening posts for microblogs, others where no activity of their author came.
pub(crate) async fn build_boost(
    tx: &mut Tx,
    post: &Post,
    audience: &Audience,
) -> domain::Result<()> {
    if !post.board.is_local() {
        return Ok(());
    }
    let object = serde_json::to_string(&post.uri).map_err(domain::Error::internal)?;
    let mut parcel = wrap(tx, post, &object)?;
    parcel.kind = "Announce (address)";
    let inboxes = board_inboxes(tx, post, audience).await?;
    parcel.send(tx, &inboxes).await
}

/// Tells the followers of a board of ours, and the servers of these people, what was done on it.
pub(crate) async fn build_on_board(
    tx: &mut Tx,
    about: About<'_>,
    people: &[Id],
    inner: &str,
) -> domain::Result<()> {
    let followers = domain::follow::follower_inboxes(&mut tx.conn, about.board).await?;
    let people = domain::actor::inboxes(&mut tx.conn, people).await?;
    let inboxes = set(followers).into_iter().chain(set(people)).collect();
    speak(tx, about, inner)?.send(tx, &inboxes).await
}

/// Which board speaks, and about what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About<'a> {
    pub(crate) board: Id,
    pub(crate) board_uri: &'a str,
    pub(crate) post: Option<Id>,
    pub(crate) no: Option<i64>,
    /// What is said in one lane arrives in its order.
    pub(crate) lane: Id,
}

fn wrap(tx: &Tx, post: &Post, inner: &str) -> domain::Result<Parcel> {
    let about = About {
        board: post.board.id,
        board_uri: &post.board.uri,
        post: Some(post.id),
        no: post.no,
        lane: post.thread_id,
    };
    speak(tx, about, inner)
}

/// The announcement of `inner`.
pub(crate) fn speak(tx: &Tx, about: About<'_>, inner: &str) -> domain::Result<Parcel> {
    let id = tx.id();
    let uri = vocabulary::activity(&tx.cx.site.origin, id);
    let object: &RawValue = serde_json::from_str(inner).map_err(domain::Error::internal)?;
    let document = Document {
        context: &CONTEXT,
        id: &uri,
        kind: "Announce",
        actor: about.board_uri,
        to: [PUBLIC],
        cc: [vocabulary::followers(about.board_uri)],
        published: tx.now.rfc3339(),
        object,
        no: about.no,
    };
    let body = serde_json::to_string(&document).map_err(domain::Error::internal)?;
    Ok(Parcel {
        id,
        uri,
        actor: about.board,
        kind: "Announce",
        post: about.post,
        body,
        lane: about.lane,
        lasting: false,
    })
}

/// Who hears what a board of ours says about a post: its followers, the author's server (which learns the number
/// so), and the server of whom the post answers.
pub(crate) async fn board_inboxes(
    tx: &mut Tx,
    post: &Post,
    audience: &Audience,
) -> domain::Result<BTreeSet<Inbox>> {
    let followers = domain::follow::follower_inboxes(&mut tx.conn, post.board.id).await?;
    let mut people = vec![post.author.id];
    people.extend(audience.parent.iter().map(|parent| parent.author.id));
    people.extend(audience.mentioned.iter().map(|account| account.id));
    let people = domain::actor::inboxes(&mut tx.conn, &people).await?;
    Ok(set(followers).into_iter().chain(set(people)).collect())
}

/// Who hears what an author of ours says: the board, the author's followers, those the post names or answers.
pub(crate) async fn author_inboxes(
    tx: &mut Tx,
    post: &Post,
    audience: &Audience,
) -> domain::Result<BTreeSet<Inbox>> {
    let followers = domain::follow::follower_inboxes(&mut tx.conn, post.author.id).await?;
    let mut people = vec![post.board.id];
    people.extend(audience.parent.iter().map(|parent| parent.author.id));
    people.extend(audience.mentioned.iter().map(|account| account.id));
    let people = domain::actor::inboxes(&mut tx.conn, &people).await?;
    Ok(set(followers).into_iter().chain(set(people)).collect())
}

pub(crate) fn set(inboxes: Vec<(String, String)>) -> BTreeSet<Inbox> {
    inboxes
        .into_iter()
        .map(|(host, url)| Inbox { host, url })
        .collect()
}
