//! `Undo`: of a follow, a vote, a lock, a ban. Whoever did it may take it back, nobody else.

use domain::account;

use super::{Ticket, Via, block, lock, vote};
use crate::trouble::Trouble;
use crate::wire::{Envelope, Kind, Object};

/// Something is taken back.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let inner = match envelope
        .object()
        .ok_or_else(|| Trouble::refused("nothing is taken back"))?
    {
        Object::Embedded(inner) => Envelope::read(inner, ticket.hub.cx().now())
            .map_err(|error| Trouble::refused(error.to_string()))?,
        Object::Id(uri) => return by_id(uri, envelope, ticket).await,
    };
    if inner.actor != envelope.actor {
        return Err(Trouble::refused(
            "somebody takes back what somebody else did",
        ));
    }
    match inner.kind {
        Kind::Follow => unfollow(&inner, ticket).await,
        Kind::Like | Kind::Dislike | Kind::EmojiReact => {
            unvote(&inner, envelope, via, ticket).await
        }
        Kind::Lock => lock::apply(&inner, via, ticket, false).await,
        Kind::Block => block::apply(&inner, via, ticket, false).await,
        _ => Err(Trouble::Ignored("taking this back means nothing here")),
    }
}

async fn unfollow(inner: &Envelope, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let mut conn = ticket.hub.cx().read().await?;
    let follower = account::by_uri(&mut conn, &inner.actor).await?;
    let target = match inner.object_id() {
        Some(uri) => account::by_uri(&mut conn, uri).await?,
        None => None,
    };
    drop(conn);
    let (Some(follower), Some(target)) = (follower, target) else {
        return Err(Trouble::Ignored("the end of a follow that never was"));
    };
    ticket
        .settle(async |tx| domain::follow::undone(tx, follower.id, target.id).await)
        .await
}

/// The vote becomes 0 as of now; should it come only later, it is known to be undone.
async fn unvote(
    inner: &Envelope,
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let mut state = inner.clone();
    state.published = envelope.published;
    let uri = inner.id.as_deref().unwrap_or(ticket.uri);
    if crate::origin::same_text(uri, &envelope.actor) {
        ticket
            .hub
            .cx()
            .write(async |tx| domain::tombstone::bury(tx, uri).await)
            .await?;
    }
    vote::cast(&state, via, ticket, 0, uri).await
}

/// Only the id is given: it can be a vote or a follow we know.
async fn by_id(uri: &str, envelope: &Envelope, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let mut conn = ticket.hub.cx().read().await?;
    let actor = account::by_uri(&mut conn, &envelope.actor).await?;
    let actor = actor.ok_or(Trouble::Ignored("somebody unknown takes something back"))?;
    if let Some(follow) = domain::follow::by_uri(&mut conn, uri).await? {
        drop(conn);
        if follow.follower != actor.id {
            return Err(Trouble::refused(
                "somebody ends the follow of somebody else",
            ));
        }
        let undone =
            ticket.settle(async |tx| domain::follow::undone(tx, actor.id, follow.target).await);
        return undone.await;
    }
    let vote = domain::vote::find(&mut conn, uri)
        .await?
        .filter(|vote| vote.account == actor.id);
    drop(conn);
    let at = envelope.published.unwrap_or_else(|| ticket.hub.cx().now());
    let activity = ticket.activity();
    ticket
        .settle(async |tx| {
            domain::tombstone::bury(tx, uri).await?;
            let Some(vote) = vote else { return Ok(()) };
            let ballot = domain::vote::Ballot {
                voter: actor.id,
                post: vote.post,
                value: 0,
                uri: uri.to_owned(),
                at,
                activity,
            };
            domain::vote::accept(tx, ballot).await.map(|_| ())
        })
        .await
}
