//! `Follow`: somebody wants to hear of an account or a board.

use domain::{Id, Tx, account};
use serde_json::{Value, json};

use super::{Ticket, announce};
use crate::actor;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::wire::Envelope;

/// Somebody elsewhere wants to follow one of ours.
pub(crate) async fn receive(envelope: &Envelope, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let object = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("nobody is followed"))?;
    let target = account::by_uri(&mut *hub.cx().read().await?, object).await?;
    let target =
        target.filter(|target| target.is_local() && target.kind != account::Kind::Instance);
    let target = target.ok_or(Trouble::Ignored("a follow of nobody here"))?;
    let follower = actor::ensure(hub, &envelope.actor).await?;
    let activity = ticket.raw.to_owned();
    ticket
        .settle(async |tx| {
            domain::follow::arrived(tx, follower.id, target.id, ticket.uri, activity).await
        })
        .await
}

/// Asks to follow.
pub(crate) async fn build(tx: &mut Tx, follower: Id, target: Id) -> domain::Result<()> {
    let Some(follow) = domain::follow::find(&mut tx.conn, follower, target).await? else {
        return Ok(());
    };
    let us = account::by_id(&mut tx.conn, follower).await?;
    let them = account::by_id(&mut tx.conn, target).await?;
    let fields = json!({"to": [them.uri], "object": them.uri, "published": tx.now.rfc3339()});
    let parcel = Parcel::new(tx, "Follow", (follower, &us.uri), fields)
        .named(&follow.uri)
        .in_lane(target);
    let inboxes = domain::actor::inboxes(&mut tx.conn, &[target]).await?;
    parcel.send(tx, &announce::set(inboxes)).await
}

/// No longer follows.
pub(crate) async fn build_end(
    tx: &mut Tx,
    follower: Id,
    target: Id,
    uri: &str,
) -> domain::Result<()> {
    let us = account::by_id(&mut tx.conn, follower).await?;
    let them = account::by_id(&mut tx.conn, target).await?;
    let fields = json!({
        "to": [them.uri],
        "published": tx.now.rfc3339(),
        "object": document(uri, &us.uri, &them.uri),
    });
    let parcel = Parcel::new(tx, "Undo", (follower, &us.uri), fields).in_lane(target);
    let inboxes = domain::actor::inboxes(&mut tx.conn, &[target]).await?;
    parcel.send(tx, &announce::set(inboxes)).await
}

fn document(uri: &str, follower: &str, target: &str) -> Value {
    json!({"id": uri, "type": "Follow", "actor": follower, "object": target})
}
