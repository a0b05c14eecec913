//! `Delete`: a post by its author or by a moderator of its board, or an actor with all its keys.

use domain::post::Post;
use domain::{Id, Tx, Viewer, account, audience, board};
use serde_json::json;

use super::{Ticket, Via, announce, office};
use crate::actor;
use crate::document;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::PUBLIC;
use crate::wire::Envelope;

/// Something is gone.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("the deleted object has no id"))?;
    if uri == envelope.actor {
        return actor_gone(uri, ticket).await;
    }
    let mut conn = hub.cx().read().await?;
    let Some(id) = domain::post::by_uri(&mut conn, uri).await? else {
        drop(conn);
        if hub.is_ours(uri) || !crate::origin::same_text(uri, &envelope.actor) {
            return Err(Trouble::Ignored("a deletion of what is not here"));
        }
        return ticket
            .settle(async |tx| domain::tombstone::bury(tx, uri).await)
            .await;
    };
    let post = domain::post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    let by = account::by_uri(&mut conn, &envelope.actor).await?;
    let by_author = post.author.uri == envelope.actor;
    let named = match &by {
        Some(by) => board::is_named_moderator(&mut conn, post.board.id, by.id).await?,
        None => false,
    };
    drop(conn);

    let activity = via.board().is_none().then(|| ticket.activity()).flatten();
    // A board has the last word on what stands on it.
    let board_says = via.board().is_some_and(|board| board.id == post.board.id);
    if by_author && (board_says || via.board().is_none()) {
        return ticket
            .settle(async |tx| {
                domain::post::accept_delete(tx, uri, activity)
                    .await
                    .map(|_| ())
            })
            .await;
    }
    // Its moderators speak to it themselves; so does its server where it is none of ours.
    let board_home = crate::origin::same_text(&post.board.uri, &envelope.actor);
    let in_office = named || board_home && !post.board.is_local();
    let moderator_says = via.board().is_none() && in_office;
    if !board_says && !moderator_says {
        return Err(Trouble::refused("somebody deletes a post of somebody else"));
    }
    let by = match by {
        Some(by) => by.id,
        None => actor::ensure(hub, &envelope.actor).await?.id,
    };
    let reason = envelope.summary.clone().unwrap_or_default();
    let activity = ticket.raw.to_owned();
    ticket
        .settle(async |tx| {
            domain::post::accept_remove(tx, id, by, &reason, activity)
                .await
                .map(|_| ())
        })
        .await
}

/// Its key is gone with it; what proves the deletion is that its own server no longer knows it.
async fn actor_gone(uri: &str, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let url = crate::origin::parse(uri)
        .ok_or_else(|| Trouble::refused("the actor's id is no address"))?;
    hub.admit(&url).await?;
    match hub.client.get_json(&url, Some(&hub.instance)).await {
        Ok(fetched) if fetched.value["type"] == "Tombstone" => {}
        Ok(_) => {
            return Err(Trouble::refused(
                "an actor that is said to be gone is still there",
            ));
        }
        Err(error) if error.is_absent() => {}
        Err(error) => return Err(error.into()),
    }
    ticket
        .settle(async |tx| domain::actor::mark_deleted(tx, uri).await)
        .await
}

/// Tells of a post that its author deleted, to all who may have it.
pub(crate) async fn build(tx: &mut Tx, id: Id, activity: Option<&str>) -> domain::Result<()> {
    let post = domain::post::find_any(&mut tx.conn, id, &Viewer::Visitor).await?;
    let audience = audience::of(&mut tx.conn, id).await?;
    let reached = domain::delivery::reached(&mut tx.conn, id).await?;
    if let Some(activity) = activity {
        return announce::build_lasting(tx, &post, &audience, reached, activity).await;
    }
    if !post.author.is_local() {
        return Ok(());
    }
    let deleted = post.deleted.as_ref().map_or(tx.now, |deletion| deletion.at);
    let fields = json!({
        "to": [PUBLIC, post.board.uri],
        "audience": post.board.uri,
        "published": deleted.rfc3339(),
        "object": document::note::tombstone(&post.uri, deleted),
    });
    let parcel = Parcel::new(tx, "Delete", (post.author.id, &post.author.uri), fields)
        .about(post.id, post.thread_id)
        .lasting();
    let mut direct = announce::author_inboxes(tx, &post, &audience).await?;
    direct.extend(reached.iter().cloned());
    parcel.send(tx, &direct).await?;
    announce::build_lasting(tx, &post, &audience, reached, &parcel.body).await
}

/// Tells of a post that a moderator removed, here or elsewhere.
pub(crate) async fn build_removal(
    tx: &mut Tx,
    id: Id,
    by: Id,
    activity: Option<&str>,
) -> domain::Result<()> {
    let post = domain::post::find_any(&mut tx.conn, id, &Viewer::Visitor).await?;
    if activity.is_none() && is_own_affair(tx, &post, by).await? {
        return build(tx, id, None).await;
    }
    let parcel = removal(tx, &post, by).await?.lasting();
    office::build(tx, &post, parcel, activity).await
}

/// Whether a removal is told as if the author had deleted the post: one of ours on a board elsewhere, which does not
/// listen to whom it did not name.
async fn is_own_affair(tx: &mut Tx, post: &Post, by: Id) -> domain::Result<bool> {
    if !post.author.is_local() || post.board.is_local() {
        return Ok(false);
    }
    Ok(!board::is_named_moderator(&mut tx.conn, post.board.id, by).await?)
}

async fn removal(tx: &mut Tx, post: &Post, by: Id) -> domain::Result<Parcel> {
    let moderator = account::by_id(&mut tx.conn, by).await?;
    let reason = post
        .deleted
        .as_ref()
        .and_then(|deletion| deletion.reason.clone())
        .unwrap_or_default();
    let fields = json!({
        "to": [PUBLIC],
        "cc": [post.board.uri],
        "audience": post.board.uri,
        "published": tx.now.rfc3339(),
        "object": post.uri,
        // Its presence is what tells a removal from a deletion (Lemmy).
        "summary": reason,
    });
    Ok(Parcel::new(
        tx,
        "Delete",
        (moderator.id, &moderator.uri),
        fields,
    ))
}
