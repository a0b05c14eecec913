//! `Lock` and its `Undo`: a thread takes replies no more, or again. Boards say so for their own threads, and moderators
//! to the board that named them.

use domain::{Id, Tx, Viewer, account};
use serde_json::json;

use super::{Ticket, Via, office};
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
    let (post, by) = office::decided(envelope, via, ticket).await?;
    if !post.is_op {
        return Err(Trouble::Ignored("a lock of what opens no thread"));
    }
    let activity = ticket.raw.to_owned();
    ticket
        .settle(async |tx| {
            domain::thread::accept_locked(tx, post.id, by, value, activity)
                .await
                .map(|_| ())
        })
        .await
}

/// Tells of a lock.
pub(crate) async fn build(
    tx: &mut Tx,
    thread: Id,
    by: Id,
    value: bool,
    activity: Option<&str>,
) -> domain::Result<()> {
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
    office::build(tx, &post, parcel, activity).await
}
