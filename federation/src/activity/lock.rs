//! `Lock` and its `Undo`: a thread takes replies no more, or again. Boards say so for their own threads.

use domain::{Id, Tx, Viewer, account, audience};
use serde_json::json;

use super::{Ticket, Via, announce};
use crate::actor;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::{self, PUBLIC};
use crate::wire::Envelope;

/// A thread was locked.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    apply(envelope, via, ticket, true).await
}

/// A thread was locked, or opened again.
pub(crate) async fn apply(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
    value: bool,
) -> Result<(), Trouble> {
    let (thread, by) = moderated(envelope, via, ticket).await?;
    ticket
        .settle(async |tx| {
            domain::thread::accept_locked(tx, thread, by, value)
                .await
                .map(|_| ())
        })
        .await
}

/// The thread a board's announcement is about, and the moderator it names.
pub(crate) async fn moderated(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(Id, Id), Trouble> {
    let hub = ticket.hub;
    let board = via
        .board()
        .ok_or(Trouble::Ignored("only boards moderate their threads"))?;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("no thread is named"))?;
    let mut conn = hub.cx().read().await?;
    let id = domain::post::by_uri(&mut conn, uri).await?;
    let id = id.ok_or_else(|| Trouble::Orphan(uri.to_owned()))?;
    let post = domain::post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    drop(conn);
    if post.board.id != board.id || !post.is_op {
        return Err(Trouble::refused(
            "a board moderates what is no thread of its own",
        ));
    }
    let by = actor::ensure(hub, &envelope.actor).await?;
    Ok((id, by.id))
}

/// Tells of a lock.
pub(crate) async fn build(tx: &mut Tx, thread: Id, by: Id, value: bool) -> domain::Result<()> {
    let fields = |uri: &str, board: &str| json!({"to": [PUBLIC], "cc": [board], "object": uri, "audience": board});
    let post = domain::post::find_any(&mut tx.conn, thread, &Viewer::Visitor).await?;
    let moderator = account::by_id(&mut tx.conn, by).await?;
    let actor = (moderator.id, moderator.uri.as_str());
    let lock = Parcel::new(tx, "Lock", actor, fields(&post.uri, &post.board.uri));
    let parcel = if value {
        lock
    } else {
        let undone = json!({
            "id": vocabulary::activity(&tx.cx.site.origin, thread),
            "type": "Lock",
            "actor": moderator.uri,
            "object": post.uri,
        });
        let undo = json!({"to": [PUBLIC], "cc": [post.board.uri], "audience": post.board.uri, "object": undone});
        Parcel::new(tx, "Undo", actor, undo)
    };
    let audience = audience::of(&mut tx.conn, thread).await?;
    announce::build(tx, &post, &audience, &parcel.body).await
}
