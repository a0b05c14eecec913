//! `Add` to and `Remove` from a board's collection of moderators. Boards say so for themselves.

use domain::{Id, Tx, account};
use serde_json::json;

use super::announce::{self, About};
use super::{Ticket, Via};
use crate::actor;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::{self, PUBLIC};
use crate::wire::{Envelope, Kind};

/// Whether an activity is about the moderators of a board.
pub(crate) fn concerns(envelope: &Envelope) -> bool {
    let target = envelope.target.as_deref();
    target.is_some_and(|target| target.ends_with("/moderators"))
}

/// Somebody became a moderator, or is one no more.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let target = envelope.target.as_deref().unwrap_or_default();
    let board = via
        .board()
        .filter(|board| vocabulary::moderators(&board.uri) == target)
        .ok_or_else(|| Trouble::refused("only a board itself names its moderators"))?;
    let hub = ticket.hub;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("nobody is named"))?;
    let named = actor::ensure(hub, uri).await?;
    let by = actor::ensure(hub, &envelope.actor).await?;
    let value = envelope.kind == Kind::Add;
    ticket
        .settle(async |tx| {
            domain::board::accept_moderator(tx, board.id, named.id, by.id, value)
                .await
                .map(|_| ())
        })
        .await
}

/// Tells of a change of moderators of a board of ours.
pub(crate) async fn build(
    tx: &mut Tx,
    board: Id,
    named: Id,
    by: Id,
    value: bool,
) -> domain::Result<()> {
    let board = account::by_id(&mut tx.conn, board).await?;
    if !board.is_local() {
        return Ok(());
    }
    let named = account::by_id(&mut tx.conn, named).await?;
    let by = account::by_id(&mut tx.conn, by).await?;
    let fields = json!({
        "to": [PUBLIC],
        "cc": [board.uri],
        "audience": board.uri,
        "object": named.uri,
        "target": vocabulary::moderators(&board.uri),
    });
    let kind = if value { "Add" } else { "Remove" };
    let parcel = Parcel::new(tx, kind, (by.id, &by.uri), fields);
    let about = About {
        board: board.id,
        board_uri: &board.uri,
        post: None,
        no: None,
        lane: board.id,
    };
    announce::build_on_board(tx, about, &[named.id], &parcel.body).await
}
