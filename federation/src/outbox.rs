//! Events become activities: one row each, and one delivery row for every inbox that must hear of it.
//!
//! The activities, their deliveries and the end of the event's job are one transaction, so a crash leads to all
//! of them or to one more try. Posts are read when the event is worked on: an edit that came in between is sent
//! with the first activity already, and a post that is gone by then is not sent at all.

use domain::{Event, Tx, event};
use jobs::{Job, NewJob};

use crate::activity::{
    block, create, delete, flag, follow, lock, moderator, pin, relocate, update, vote,
};
use crate::hub::Hub;
use crate::trouble::Trouble;

/// The queue of things to be fetched from others.
pub(crate) const FETCH: &str = "fetch";

/// Turns one event into what peers must hear of it.
pub(crate) async fn work(hub: &Hub, job: &Job) -> Result<(), Trouble> {
    let event: Event = serde_json::from_str(&job.payload).map_err(domain::Error::internal)?;
    let done = hub.cx().write(async |tx| {
        build(tx, &event, &job.payload).await?;
        jobs::finish(&mut tx.conn, job.id).await?;
        Ok(())
    });
    Ok(done.await?)
}

async fn build(tx: &mut Tx, event: &Event, payload: &str) -> domain::Result<()> {
    match event {
        Event::PostCreated { post, activity } => {
            create::build(tx, *post, activity.as_deref()).await
        }
        Event::PostEdited { post, activity } => {
            update::build_post(tx, *post, activity.as_deref()).await
        }
        Event::PostDeleted { post, activity } => {
            delete::build(tx, *post, activity.as_deref()).await
        }
        Event::PostRemoved { post, by, activity } => {
            delete::build_removal(tx, *post, *by, activity.as_deref()).await
        }
        Event::VoteChanged {
            post,
            account,
            value,
            before,
            uri,
            at,
            activity,
        } => {
            let change = vote::Change {
                post: *post,
                account: *account,
                value: *value,
                before: *before,
                uri,
                at: *at,
            };
            vote::build(tx, change, activity.as_deref()).await
        }
        Event::FollowRequested { follower, target } => follow::build(tx, *follower, *target).await,
        Event::FollowEnded {
            follower,
            target,
            uri,
        } => follow::build_end(tx, *follower, *target, uri).await,
        Event::FollowAccepted {
            follower,
            target,
            activity,
        } => crate::activity::accept::build(tx, *follower, *target, activity).await,
        Event::ThreadLocked {
            thread,
            by,
            value,
            activity,
        } => lock::build(tx, *thread, *by, *value, activity.as_deref()).await,
        Event::ThreadPinned {
            thread,
            by,
            value,
            activity,
        } => pin::build(tx, *thread, *by, *value, activity.as_deref()).await,
        Event::BanChanged {
            board,
            account,
            by,
            value,
        } => block::build(tx, *board, *account, *by, *value).await,
        Event::ModeratorChanged {
            board,
            account,
            by,
            value,
        } => moderator::build(tx, *board, *account, *by, *value).await,
        Event::ThreadMoved { thread, from, by } => relocate::build(tx, *thread, *from, *by).await,
        Event::ReportForwarded { report } => flag::build(tx, *report).await,
        Event::ActorChanged { actor } => update::build_actor(tx, *actor).await,
        Event::BoardWanted { board } => fetch_later(tx, &format!("board {board}"), payload).await,
        Event::MediaWanted { .. } => fetch_later(tx, "", payload).await,
    }
}

/// Fetching takes its time: it has a queue of its own, so that nothing waits behind it.
async fn fetch_later(tx: &mut Tx, lane: &str, payload: &str) -> domain::Result<()> {
    let lane = Some(lane).filter(|lane| !lane.is_empty());
    let job = NewJob {
        id: tx.id(),
        queue: FETCH,
        lane,
        payload,
        run_at: tx.now,
    };
    let now = tx.now;
    Ok(jobs::enqueue(&mut tx.conn, job, now).await?)
}

/// The queue of events for this consumer.
pub(crate) const EVENTS: &str = event::FEDERATION;
