//! A moderator removes a post; the public log says so.

use db::Id;

use crate::attachment::attach;
use crate::attachment::refs;
use crate::log::{self, Act, Line};
use crate::post::delete::hold;
use crate::post::tombstone::{By, bury};
use crate::rules::post::cut;
use crate::{Caller, Denial, Error, Event, Result, Tx, ban, event, limits, post, rate, rules};

/// Makes a post a tombstone by a moderator's will; admins may on boards of other servers too. With `with_media` its
/// pictures go from every post of this node that shows the same files, so only who moderates all of it may.
///
/// # Errors
/// `Missing`, `Gone`, `Denied` where the caller does not moderate the board, is kept out of it or may not take files,
/// `Invalid`.
pub async fn remove(
    tx: &mut Tx,
    caller: &Caller,
    id: Id,
    reason: &str,
    with_media: bool,
) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let (post, place) = hold(tx, id).await?;
    let ground = post::ground(&mut tx.conn, post.board_id, caller.id).await?;
    let ground = ground.seen_by(caller);
    if !caller.may_remove(ground.moderates) {
        return Err(Denial::NotModerator.into());
    }
    if with_media && !caller.may_withdraw() {
        return Err(Denial::NotStaff.into());
    }
    ban::may_act(tx, caller, Some(ground.board)).await?;
    let reason = rules::reason::optional(reason)?;

    let names = if with_media {
        attach::files(&mut tx.conn, id).await?
    } else {
        Vec::new()
    };
    for name in names {
        refs::withdraw(tx, &name).await?;
    }
    let by = By::Moderator {
        id: caller.id,
        reason: &reason,
    };
    bury(tx, &post, &place, &ground, by).await?;
    let line = Line::new(caller.id, Act::Remove, &reason);
    log::write(tx, line.on(post.board_id).of(id)).await?;

    let removed = Event::PostRemoved {
        post: id,
        by: caller.id,
        activity: None,
    };
    event::note(tx, &removed).await
}

/// The same, told by the board's server or, on a board of this node, by a moderator elsewhere in `activity`; answers
/// whether anything changed.
///
/// # Errors
/// `Missing`, or `Denied` where somebody decides on a board of this node who does not moderate it.
pub async fn accept_remove(
    tx: &mut Tx,
    id: Id,
    by: Id,
    reason: &str,
    activity: String,
) -> Result<bool> {
    let (post, place) = match hold(tx, id).await {
        Err(Error::Gone(_)) => return Ok(false),
        held => held?,
    };
    let ground = post::ground(&mut tx.conn, post.board_id, by).await?;
    post::may_decide(tx, &ground, by).await?;
    let reason = cut(&markup::plain_text(reason), limits::REASON);

    let moderator = By::Moderator {
        id: by,
        reason: &reason,
    };
    bury(tx, &post, &place, &ground, moderator).await?;
    let line = Line::new(by, Act::Remove, &reason);
    log::write(tx, line.on(post.board_id).of(id)).await?;

    let removed = Event::PostRemoved {
        post: id,
        by,
        activity: Some(activity),
    };
    event::note(tx, &removed).await?;
    Ok(true)
}
