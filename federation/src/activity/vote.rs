//! `Like`, `Dislike` and `EmojiReact`: a vote, which is a state, so the later one counts.
//!
//! Their `published` is what orders them; peers that send none are ordered by arrival.

use domain::vote::Ballot;
use domain::{Id, Timestamp, Tx, Viewer, audience};
use serde_json::{Value, json};

use super::{Ticket, Via, announce};
use crate::actor;
use crate::parcel::Parcel;
use crate::thread;
use crate::trouble::Trouble;
use crate::wire::{Envelope, Kind};

/// Somebody's vote. Those inside a board's `Announce` are believed on the board's word, for its own posts only:
/// votes cannot be fetched.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let value = match envelope.kind {
        Kind::Dislike => -1,
        _ => 1,
    };
    let uri = envelope.id.as_deref().unwrap_or(ticket.uri);
    let mut conn = ticket.hub.cx().read().await?;
    if domain::tombstone::is_buried(&mut conn, uri).await? {
        return Err(Trouble::Ignored("a vote that was taken back"));
    }
    drop(conn);
    cast(envelope, via, ticket, value, uri).await
}

/// Takes the vote of the envelope's actor on the envelope's object as `value`.
pub(crate) async fn cast(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
    value: i16,
    uri: &str,
) -> Result<(), Trouble> {
    let hub = ticket.hub;
    if hub.is_ours(&envelope.actor) {
        return Err(Trouble::Ignored("our own vote"));
    }
    let object = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("the vote is for nothing"))?;
    let mut conn = hub.cx().read().await?;
    let mut found = domain::post::by_uri(&mut conn, object).await?;
    drop(conn);
    if found.is_none() && !hub.is_ours(object) && via.board().is_some() {
        thread::complete(hub, object).await?;
        found = domain::post::by_uri(&mut *hub.cx().read().await?, object).await?;
    }
    let Some(post) = found else {
        return Err(Trouble::Orphan(object.to_owned()));
    };
    if let Some(board) = via.board() {
        let post =
            domain::post::find_any(&mut *hub.cx().read().await?, post, &Viewer::Visitor).await?;
        if post.board.id != board.id {
            return Err(Trouble::refused("a board passes on votes of another board"));
        }
    }
    let voter = actor::ensure(hub, &envelope.actor).await?.id;
    let at = envelope.published.unwrap_or_else(|| hub.cx().now());
    let activity = via.board().is_none().then(|| ticket.activity()).flatten();
    let ballot = Ballot {
        voter,
        post,
        value,
        uri: uri.to_owned(),
        at,
        activity,
    };
    ticket
        .settle(async |tx| domain::vote::accept(tx, ballot).await.map(|_| ()))
        .await
}

/// A vote that changed.
pub(crate) struct Change<'a> {
    pub(crate) post: Id,
    pub(crate) account: Id,
    pub(crate) value: i16,
    pub(crate) before: i16,
    pub(crate) uri: &'a str,
    pub(crate) at: Timestamp,
}

/// Tells the board of a vote of ours, and the board's followers where the board is ours.
pub(crate) async fn build(
    tx: &mut Tx,
    change: Change<'_>,
    activity: Option<&str>,
) -> domain::Result<()> {
    let post = domain::post::find_any(&mut tx.conn, change.post, &Viewer::Visitor).await?;
    let audience = audience::of(&mut tx.conn, change.post).await?;
    if let Some(activity) = activity {
        return announce::build(tx, &post, &audience, activity).await;
    }
    let voter = domain::account::by_id(&mut tx.conn, change.account).await?;
    if !voter.is_local() {
        return Ok(());
    }
    let parcel = parcel(tx, &change, &voter.uri, &post);
    let inboxes = domain::actor::inboxes(&mut tx.conn, &[post.board.id, post.author.id]).await?;
    parcel.send(tx, &announce::set(inboxes)).await?;
    announce::build(tx, &post, &audience, &parcel.body).await
}

fn parcel(tx: &Tx, change: &Change<'_>, voter: &str, post: &domain::post::Post) -> Parcel {
    let actor = (change.account, voter);
    let published = change.at.rfc3339();
    let body = |object: Value| {
        json!({
            "to": [post.board.uri],
            "audience": post.board.uri,
            "published": published,
            "object": object,
        })
    };
    let kind = |value: i16| if value < 0 { "Dislike" } else { "Like" };
    let parcel = match change.value {
        0 => {
            let undone = json!({
                "id": change.uri,
                "type": kind(change.before),
                "actor": voter,
                "object": post.uri,
            });
            Parcel::new(tx, "Undo", actor, body(undone))
        }
        value => {
            Parcel::new(tx, kind(value), actor, body(post.uri.clone().into())).named(change.uri)
        }
    };
    parcel.about(post.id, post.thread_id)
}
