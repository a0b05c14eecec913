//! Working on an activity that came: one match on its type, each type in its own module.

use jobs::Job;

use super::Arrived;
use crate::activity::{
    Ticket, Via, accept, announce, block, create, delete, flag, follow, lock, pin, undo, update,
    vote,
};
use crate::hub::Hub;
use crate::trouble::Trouble;
use crate::wire::{Envelope, Kind};

/// Has an activity's effect.
pub(crate) async fn work(hub: &Hub, job: &Job) -> Result<(), Trouble> {
    let arrived: Arrived = serde_json::from_str(&job.payload).map_err(domain::Error::internal)?;
    let value = serde_json::from_str(&arrived.raw).map_err(domain::Error::internal)?;
    let envelope = Envelope::read(&value, hub.cx().now())
        .map_err(|error| Trouble::refused(error.to_string()))?;
    let ticket = Ticket {
        hub,
        job,
        uri: &arrived.uri,
        raw: &arrived.raw,
    };
    let via = Via::Actor;
    match envelope.kind {
        Kind::Create => create::receive(&envelope, &via, &ticket).await,
        Kind::Update => update::receive(&envelope, &via, &ticket).await,
        Kind::Delete => delete::receive(&envelope, &via, &ticket).await,
        Kind::Announce => announce::receive(&envelope, &ticket).await,
        Kind::Follow => follow::receive(&envelope, &ticket).await,
        Kind::Accept => accept::receive(&envelope, &ticket, true).await,
        Kind::Reject => accept::receive(&envelope, &ticket, false).await,
        Kind::Like | Kind::Dislike | Kind::EmojiReact => {
            vote::receive(&envelope, &via, &ticket).await
        }
        Kind::Flag => flag::receive(&envelope, &ticket).await,
        Kind::Block => block::receive(&envelope, &via, &ticket).await,
        Kind::Lock => lock::receive(&envelope, &via, &ticket).await,
        Kind::Add | Kind::Remove => pin::receive(&envelope, &via, &ticket).await,
        Kind::Undo => undo::receive(&envelope, &via, &ticket).await,
        _ => Err(Trouble::Ignored(
            "activities of this type mean nothing here",
        )),
    }
}
