//! `Add` to and `Remove` from a board's `featured` collection: pinned threads.

use domain::{Id, Tx, Viewer, account, audience};
use serde_json::json;

use super::{Ticket, Via, announce, lock, moderator};
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
    let (thread, by) = lock::moderated(envelope, via, ticket).await?;
    let value = envelope.kind == Kind::Add;
    ticket
        .settle(async |tx| {
            domain::thread::accept_pinned(tx, thread, by, value)
                .await
                .map(|_| ())
        })
        .await
}

/// Tells of a pin.
pub(crate) async fn build(tx: &mut Tx, thread: Id, by: Id, value: bool) -> domain::Result<()> {
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
    let audience = audience::of(&mut tx.conn, thread).await?;
    announce::build(tx, &post, &audience, &parcel.body).await
}
