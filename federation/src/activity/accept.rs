//! `Accept` and `Reject`: the answers to a `Follow`.

use domain::{Id, Tx, account};
use serde_json::{Value, json};

use super::{Ticket, announce};
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::wire::{Envelope, Object};

/// The answer to a follow of ours; only the one who was asked can give it.
pub(crate) async fn receive(
    envelope: &Envelope,
    ticket: &Ticket<'_>,
    accepted: bool,
) -> Result<(), Trouble> {
    let mut conn = ticket.hub.cx().read().await?;
    let by = account::by_uri(&mut conn, &envelope.actor).await?;
    let by = by.ok_or(Trouble::Ignored("an answer of somebody who was not asked"))?;
    let follower = match envelope
        .object()
        .ok_or_else(|| Trouble::refused("nothing is answered"))?
    {
        Object::Embedded(follow) => {
            let follow = Envelope::read(follow, ticket.hub.cx().now())
                .map_err(|error| Trouble::refused(error.to_string()))?;
            account::by_uri(&mut conn, &follow.actor)
                .await?
                .map(|account| account.id)
        }
        Object::Id(uri) => domain::follow::by_uri(&mut conn, uri)
            .await?
            .map(|follow| follow.follower),
    };
    let follower = follower.ok_or(Trouble::Ignored("an answer to what was not asked"))?;
    drop(conn);
    ticket
        .settle(async |tx| domain::follow::answered(tx, follower, by.id, accepted).await)
        .await
}

/// Agrees to be followed; the whole `Follow` is embedded, because some know it only by its content.
pub(crate) async fn build(
    tx: &mut Tx,
    follower: Id,
    target: Id,
    request: &str,
) -> domain::Result<()> {
    let us = account::by_id(&mut tx.conn, target).await?;
    let them = account::by_id(&mut tx.conn, follower).await?;
    let request: Value = serde_json::from_str(request).map_err(domain::Error::internal)?;
    let fields = json!({"to": [them.uri], "published": tx.now.rfc3339(), "object": request});
    let parcel = Parcel::new(tx, "Accept", (target, &us.uri), fields).in_lane(follower);
    let inboxes = domain::actor::inboxes(&mut tx.conn, &[follower]).await?;
    parcel.send(tx, &announce::set(inboxes)).await
}
