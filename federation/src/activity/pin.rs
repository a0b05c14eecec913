//! `Add` to and `Remove` from a board's `featured` collection: pinned threads. Boards say so for their own threads, and
//! moderators to the board that named them.

use domain::{Id, Tx, Viewer, account};
use serde_json::json;

use super::{Ticket, Via, moderator, office};
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::{self, PUBLIC};
use crate::wire::{Envelope, Kind};

/// A thread was pinned or unpinned. Other collections are not ours to keep.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    if moderator::concerns(envelope) {
        return moderator::receive(envelope, via, ticket).await;
    }
    let (post, by) = office::decided(envelope, via, ticket).await?;
    // People keep collections of their own, which are none of the board's.
    let target = envelope.target.as_deref().unwrap_or_default();
    let of_board = via.board().is_some() || target == vocabulary::featured(&post.board.uri);
    if !post.is_op || !of_board {
        return Err(Trouble::Ignored("a pin of what opens no thread of a board"));
    }
    let value = envelope.kind == Kind::Add;
    let activity = ticket.raw.to_owned();
    ticket
        .settle(async |tx| {
            domain::thread::accept_pinned(tx, post.id, by, value, activity)
                .await
                .map(|_| ())
        })
        .await
}

/// Tells of a pin.
pub(crate) async fn build(
    tx: &mut Tx,
    thread: Id,
    by: Id,
    value: bool,
    activity: Option<&str>,
) -> domain::Result<()> {
    let post = domain::post::find_any(&mut tx.conn, thread, &Viewer::Visitor).await?;
    let moderator = account::by_id(&mut tx.conn, by).await?;
    let fields = json!({
        "to": [PUBLIC],
        "cc": [post.board.uri],
        "audience": post.board.uri,
        "object": post.uri,
        "target": vocabulary::featured(&post.board.uri),
    });
    let kind = if value { "Add" } else { "Remove" };
    let parcel = Parcel::new(tx, kind, (moderator.id, &moderator.uri), fields);
    office::build(tx, &post, parcel, activity).await
}
