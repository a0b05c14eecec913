//! `Block` and its `Undo`: a moderator bans somebody from a board, for a while or until it is taken back.
//!
//! Boards say so for themselves, inside their `Announce`; nobody else is believed. A `Block` without a board is between two
//! people and means nothing here.

use domain::account::Account;
use domain::{Id, Tx, account, ban};
use serde_json::{Value, json};

use super::announce::{self, About};
use super::{Ticket, Via};
use crate::actor;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::{self, PUBLIC};
use crate::wire::Envelope;

/// Somebody was banned from a board.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    apply(envelope, via, ticket, true).await
}

/// Somebody was banned from a board, or is welcome again.
pub(crate) async fn apply(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
    value: bool,
) -> Result<(), Trouble> {
    let target = envelope
        .target
        .as_deref()
        .ok_or(Trouble::Ignored("a block between two people"))?;
    let board = via
        .board()
        .filter(|board| board.uri == target)
        .ok_or_else(|| Trouble::refused("only a board itself says who is banned from it"))?;
    let hub = ticket.hub;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("nobody is banned"))?;
    let known = account::by_uri(&mut *hub.cx().read().await?, uri).await?;
    let banned = match known {
        Some(account) => account,
        None => actor::ensure(hub, uri).await?,
    };
    let by = actor::ensure(hub, &envelope.actor).await?;
    let reason = envelope.summary.clone().unwrap_or_default();
    let until = envelope.until;
    ticket
        .settle(async |tx| {
            let (board, banned, by) = (board.id, banned.id, by.id);
            match value {
                true => ban::accept(tx, board, banned, by, &reason, until).await,
                false => ban::accept_end(tx, board, banned, by).await,
            }
            .map(|_| ())
        })
        .await
}

/// Tells of a ban from a board of ours, or of its end.
pub(crate) async fn build(
    tx: &mut Tx,
    board: Id,
    banned: Id,
    by: Id,
    value: bool,
) -> domain::Result<()> {
    let board = account::by_id(&mut tx.conn, board).await?;
    if !board.is_local() {
        return Ok(());
    }
    let banned = account::by_id(&mut tx.conn, banned).await?;
    let by = account::by_id(&mut tx.conn, by).await?;
    let now = tx.now;
    let bans = ban::of_account(&mut tx.conn, banned.id, now).await?;
    let stands = |ban: &&ban::Ban| ban.board.as_ref().is_some_and(|of| of.id == board.id);
    let stands = bans.iter().find(stands);
    let actor = (by.id, by.uri.as_str());
    let parcel = match (value, stands) {
        (true, Some(ban)) => Parcel::new(tx, "Block", actor, document(&board, &banned, ban)),
        // Lifted before it was told: what follows says so.
        (true, None) => return Ok(()),
        (false, _) => {
            let undone = json!({
                "id": vocabulary::activity(&tx.cx.site.origin, banned.id),
                "type": "Block",
                "actor": by.uri,
                "object": banned.uri,
                "target": board.uri,
            });
            let undo =
                json!({"to": [PUBLIC], "cc": [board.uri], "audience": board.uri, "object": undone});
            Parcel::new(tx, "Undo", actor, undo)
        }
    };
    let about = About {
        board: board.id,
        board_uri: &board.uri,
        post: None,
        no: None,
        lane: banned.id,
    };
    announce::build_on_board(tx, about, &[banned.id], &parcel.body).await
}

fn document(board: &Account, banned: &Account, ban: &ban::Ban) -> Value {
    let mut fields = json!({
        "to": [PUBLIC],
        "cc": [board.uri],
        "audience": board.uri,
        "object": banned.uri,
        "target": board.uri,
        "summary": ban.reason,
        "removeData": false,
    });
    if let Some(until) = ban.until {
        fields["endTime"] = until.rfc3339().into();
    }
    fields
}
