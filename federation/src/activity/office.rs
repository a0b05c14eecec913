//! What moderators decide about a thread or a post: a board of ours passes it on to all who follow it; a board elsewhere
//! is told by its moderator here, and tells the rest itself.
//!
//! What is done on a board elsewhere holds here at once; should the board not agree, it says nothing, and others never
//! hear of it.

use std::collections::BTreeSet;

use domain::delivery::Inbox;
use domain::post::Post;
use domain::{Tx, Viewer, account, audience, board};

use super::{Ticket, Via, announce};
use crate::actor;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::wire::Envelope;

/// The post a decision is about, and who took it: a board decides what stands on it, and a board of ours listens to
/// those who speak for themselves; the verb knows whether they are its moderators.
pub(crate) async fn decided(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(Post, domain::Id), Trouble> {
    let hub = ticket.hub;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("no thread is named"))?;
    let mut conn = hub.cx().read().await?;
    let id = match (domain::post::by_uri(&mut conn, uri).await?, via.board()) {
        (Some(id), _) => id,
        (None, Some(_)) => return Err(Trouble::Orphan(uri.to_owned())),
        (None, None) => return Err(Trouble::Ignored("a decision about what is not here")),
    };
    let post = domain::post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    let Some(board) = via.board() else {
        if !post.board.is_local() {
            return Err(Trouble::Ignored("only boards moderate their threads"));
        }
        let by = account::by_uri(&mut conn, &envelope.actor).await?;
        let by = by.ok_or(Trouble::Ignored("a decision of somebody unknown"))?;
        return Ok((post, by.id));
    };
    drop(conn);
    if post.board.id != board.id {
        return Err(Trouble::refused(
            "a board moderates what is no thread of its own",
        ));
    }
    let by = actor::ensure(hub, &envelope.actor).await?;
    Ok((post, by.id))
}

/// Tells of what a moderator did, here or elsewhere: `parcel` as made here, `activity` as it came. What is to last goes
/// to all who have the post.
pub(crate) async fn build(
    tx: &mut Tx,
    post: &Post,
    parcel: Parcel,
    activity: Option<&str>,
) -> domain::Result<()> {
    if !post.board.is_local() {
        let home = home(tx, post, &parcel, activity).await?;
        if home.is_empty() {
            return Ok(());
        }
        return parcel.about(post.id, post.thread_id).send(tx, &home).await;
    }
    let audience = audience::of(&mut tx.conn, post.id).await?;
    let said = activity.unwrap_or(&parcel.body);
    if parcel.lasting {
        let reached = domain::delivery::reached(&mut tx.conn, post.id).await?;
        return announce::build_lasting(tx, post, &audience, reached, said).await;
    }
    announce::build(tx, post, &audience, said).await
}

/// Where a moderator here tells of what they did on a board elsewhere; nowhere where that board told us, or where it
/// did not name them.
async fn home(
    tx: &mut Tx,
    post: &Post,
    parcel: &Parcel,
    activity: Option<&str>,
) -> domain::Result<BTreeSet<Inbox>> {
    let board = post.board.id;
    let named = board::is_named_moderator(&mut tx.conn, board, parcel.actor).await?;
    if activity.is_some() || !named {
        return Ok(BTreeSet::new());
    }
    let inboxes = domain::actor::inboxes(&mut tx.conn, &[board]).await?;
    Ok(announce::set(inboxes))
}
