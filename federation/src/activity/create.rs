//! `Create`: a post. Sent by its author's node; passed on by its board inside an `Announce`.

use domain::post::{Outcome, Place, Post};
use domain::{Id, Tx, Viewer, audience};
use serde_json::json;

use super::{Ticket, Via, announce};
use crate::document;
use crate::note::{self, Note};
use crate::parcel::Parcel;
use crate::thread;
use crate::trouble::Trouble;
use crate::vocabulary::PUBLIC;
use crate::wire::Envelope;

/// How often a post waits for what it answers.
const WAITS: i32 = 2;

/// A post of somebody else.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("the created object has no id"))?;
    if hub.is_ours(uri) {
        return number(uri, via, ticket).await;
    }
    let post = believed(envelope, via, ticket).await?;
    if post.doc.is_vote {
        return Err(Trouble::Ignored("an answer to a poll"));
    }
    store(&post, via, ticket).await
}

/// The post as its author's own server tells it: the embedded one where the sender is that server, else fetched.
pub(crate) async fn believed(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<Note, Trouble> {
    let speaker = via
        .board()
        .map_or(envelope.actor.as_str(), |board| board.uri.as_str());
    let embedded = envelope.object().and_then(|object| object.embedded());
    if let Some(object) = embedded
        && let Ok(post) = Note::read(ticket.hub, object)
        && post.author == envelope.actor
        && crate::origin::same_text(&post.id, speaker)
    {
        return Ok(post);
    }
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("the object has no id"))?;
    note::fetch(ticket.hub, uri).await
}

/// Keeps a believed post, with the rest of its thread where that is not here yet.
pub(crate) async fn store(post: &Note, via: &Via, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let hub = ticket.hub;
    note::check_interest(hub, post, via).await?;
    let lost = match post.parent() {
        Some(parent) => complete(post, parent, via, ticket).await?,
        None => None,
    };
    let activity = via.board().is_none().then(|| ticket.activity()).flatten();
    let mut arrival = note::arrival(hub, post, via.board()).await?;
    arrival.no = via.no();
    arrival.activity = activity;
    if let Some(parent_uri) = lost {
        arrival.place = Place::Reply { parent_uri };
    }
    let mut orphan = None;
    let settled = ticket.settle(async |tx| match domain::post::accept(tx, arrival).await? {
        Outcome::Known(id) => match via.no() {
            Some(no) => domain::post::number(tx, id, no).await,
            None => Ok(()),
        },
        Outcome::New(_) | Outcome::Deleted => Ok(()),
        Outcome::Orphan(parent) => {
            orphan = Some(parent);
            Err(domain::Error::Missing(domain::Noun::Post))
        }
    });
    let settled = settled.await;
    match orphan {
        Some(parent) => Err(Trouble::Orphan(parent)),
        None => settled,
    }
}

/// Makes sure that what a post answers is here. Where that was deleted before we saw it, the post waits for a
/// while and then answers the thread's opening post, or what is left of it.
async fn complete(
    post: &Note,
    parent: &str,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<Option<String>, Trouble> {
    match thread::complete(ticket.hub, parent).await {
        Err(Trouble::Orphan(lost)) if ticket.job.attempts > WAITS => {
            let context = post.doc.context.as_deref().unwrap_or_default();
            let opening = context.strip_suffix("/context").unwrap_or(&lost).to_owned();
            let before = post.doc.published.unwrap_or_else(|| ticket.hub.cx().now());
            thread::open(ticket.hub, &opening, via.board(), before).await?;
            Ok(Some(opening))
        }
        completed => completed.map(|()| None),
    }
}

/// A post that is here came back from its board: now we know its number.
pub(crate) async fn number(uri: &str, via: &Via, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let (Some(board), Some(no)) = (via.board(), via.no()) else {
        return Err(Trouble::Ignored("what is here already"));
    };
    let mut conn = ticket.hub.cx().read().await?;
    let id = domain::post::by_uri(&mut conn, uri).await?;
    let id = id.ok_or(Trouble::Ignored("a post of ours that never was"))?;
    let post = domain::post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    drop(conn);
    if post.board.id != board.id {
        return Err(Trouble::refused("a board numbered a post of another board"));
    }
    ticket
        .settle(async |tx| domain::post::number(tx, id, no).await)
        .await
}

/// Tells of a post: its author's followers and those it names, its board, and its board's followers.
pub(crate) async fn build(tx: &mut Tx, id: Id, activity: Option<&str>) -> domain::Result<()> {
    domain::post::freeze(tx, id).await?;
    let post = domain::post::find_any(&mut tx.conn, id, &Viewer::Visitor).await?;
    if post.deleted.is_some() {
        return Ok(());
    }
    let audience = audience::of(&mut tx.conn, id).await?;
    let own = match activity {
        Some(_) => None,
        None if post.author.is_local() => {
            let parcel = parcel(tx, &post, &audience, "Create");
            let inboxes = announce::author_inboxes(tx, &post, &audience).await?;
            parcel.send(tx, &inboxes).await?;
            Some(parcel)
        }
        // We fetched it ourselves: nobody else need have heard of it, and its author does not know its number.
        None => return announce::build_boost(tx, &post, &audience).await,
    };
    let inner = own
        .as_ref()
        .map(|parcel| parcel.body.as_str())
        .or(activity)
        .unwrap_or_default();
    announce::build(tx, &post, &audience, inner).await?;
    if post.is_op {
        announce::build_boost(tx, &post, &audience).await?;
    }
    Ok(())
}

/// `Create` or `Update` of a post of ours.
pub(crate) fn parcel(
    tx: &Tx,
    post: &Post,
    audience: &audience::Audience,
    kind: &'static str,
) -> Parcel {
    let note = document::note::note(&tx.cx.site, post, audience);
    let fields = json!({
        "to": [PUBLIC, post.board.uri],
        "cc": note["cc"],
        "audience": post.board.uri,
        "published": post.edited_at.unwrap_or(post.created_at).rfc3339(),
        "object": note,
    });
    Parcel::new(tx, kind, (post.author.id, &post.author.uri), fields).about(post.id, post.thread_id)
}
