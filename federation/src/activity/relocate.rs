//! `Move` of a thread from one board to another of the same server, told by the board it leaves.
//!
//! `origin` and `target` are the boards, `object` is the opening post, and `stoa:numbers` has the new number of each post by
//! its id. Servers that do not know it keep the thread where it was.

use domain::thread::{self, Numbers};
use domain::{Id, Tx, Viewer, account, audience};
use serde_json::{Map, Value, json};

use super::announce::{self, About};
use super::{Ticket, Via};
use crate::actor;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::PUBLIC;
use crate::wire::Envelope;
use crate::{backfill, origin};

/// Bytes of ids that one activity carries; posts beyond keep no number until they are read again.
const IDS: usize = 600_000;

/// A thread went to another board.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let board = via
        .board()
        .ok_or(Trouble::Ignored("only boards move threads"))?;
    let hub = ticket.hub;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("no thread is named"))?;
    let target = envelope.target.as_deref().unwrap_or_default();
    if !origin::same_text(target, &board.uri) {
        return Err(Trouble::refused("a board moves a thread to another server"));
    }
    let to = actor::ensure(hub, target).await?;
    let known = domain::post::by_uri(&mut *hub.cx().read().await?, uri).await?;
    let Some(id) = known else {
        return arrive(uri, &to, envelope, ticket).await;
    };
    let mut conn = hub.cx().read().await?;
    let post = domain::post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    drop(conn);
    if !post.is_op || ![board.id, to.id].contains(&post.board.id) {
        return Err(Trouble::refused(
            "a board moves what is no thread of its own",
        ));
    }
    let by = actor::ensure(hub, &envelope.actor).await?.id;
    let numbers: &Numbers = &envelope.numbers;
    ticket
        .settle(async |tx| {
            thread::accept_relocate(tx, id, to.id, by, numbers)
                .await
                .map(|_| ())
        })
        .await
}

/// A thread that is not here came to a board that somebody here follows: it is fetched.
async fn arrive(
    uri: &str,
    to: &account::Account,
    envelope: &Envelope,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let mut conn = hub.cx().read().await?;
    let followed = domain::follow::has_local_followers(&mut conn, to.id).await?;
    drop(conn);
    if !followed {
        return Err(Trouble::Ignored("a move between boards nobody here reads"));
    }
    let no = envelope.numbers.get(uri).copied();
    backfill::thread(hub, to, uri, no).await?;
    ticket.settle(async |_| Ok(())).await
}

/// Tells of a thread that left a board of ours.
pub(crate) async fn build(tx: &mut Tx, id: Id, from: Id, by: Id) -> domain::Result<()> {
    let from = account::by_id(&mut tx.conn, from).await?;
    if !from.is_local() {
        return Ok(());
    }
    let post = domain::post::find_any(&mut tx.conn, id, &Viewer::Visitor).await?;
    let by = account::by_id(&mut tx.conn, by).await?;
    let numbers = thread::numbers(&mut tx.conn, id).await?;
    let fields = json!({
        "to": [PUBLIC],
        "cc": [from.uri, post.board.uri],
        "audience": from.uri,
        "object": post.uri,
        "origin": from.uri,
        "target": post.board.uri,
        "stoa:numbers": given(numbers),
    });
    let parcel = Parcel::new(tx, "Move", (by.id, &by.uri), fields);
    let about = About {
        board: from.id,
        board_uri: &from.uri,
        post: Some(id),
        no: None,
        lane: id,
    };
    let audience = audience::of(&mut tx.conn, id).await?;
    let mut inboxes = announce::board_inboxes(tx, &post, &audience).await?;
    let left = domain::follow::follower_inboxes(&mut tx.conn, from.id).await?;
    inboxes.extend(announce::set(left));
    let authors = thread::authors(&mut tx.conn, id).await?;
    let authors = domain::actor::inboxes(&mut tx.conn, &authors).await?;
    inboxes.extend(announce::set(authors));
    announce::speak(tx, about, &parcel.body)?
        .send(tx, &inboxes)
        .await?;
    match post.deleted.is_some() {
        true => Ok(()),
        false => announce::build_boost(tx, &post, &audience).await,
    }
}

/// As many numbers as fit.
fn given(numbers: Vec<(String, i64)>) -> Map<String, Value> {
    let mut bytes = 0;
    let fits = |(uri, _): &(String, i64)| {
        bytes += uri.len();
        bytes <= IDS
    };
    let kept = numbers.into_iter().take_while(fits);
    kept.map(|(uri, no)| (uri, no.into())).collect()
}
