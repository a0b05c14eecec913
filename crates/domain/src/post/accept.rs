//! A post arrives from a peer.
//!
//! Its lengths are cut, never refused. Whoever calls has checked that the peer may speak for it; here it is checked
//! that nobody speaks for this node, and that boards of this node keep their own rules.

use db::{Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::attach::{self, Pictures};
use crate::post::delete;
use crate::post::id;
use crate::post::insert::{self, New, Spot};
use crate::post::tombstone::{By, bury};
use crate::post::{Arrival, Outcome, Place, number};
use crate::rules::post::{cut, is_language};
use crate::schema::posts;
use crate::{Denial, Error, Noun, Result, Tx, ban, limits, lock, post, rules, thread, tombstone};

/// Bytes of an ActivityPub id or address.
const ADDRESS: usize = 2_048;

/// Keeps a post that a peer sent. One whose deletion came first is kept as the tombstone it is by now: answers to
/// it find their thread.
///
/// # Errors
/// On a board of this node `Denied`, as for its own authors; `Denied` for an id of this node; `Missing` author or
/// board.
pub async fn accept(tx: &mut Tx, mut arrival: Arrival) -> Result<Outcome> {
    guard(tx, &arrival.uri)?;
    let buried = tombstone::is_buried(&mut tx.conn, &arrival.uri).await?;
    if buried {
        empty(&mut arrival);
    }
    if let Some(outcome) = known(tx, &arrival.uri, arrival.no).await? {
        return Ok(outcome);
    }
    let answered = match &arrival.place {
        Place::Thread => None,
        Place::Reply { parent_uri } => match place_of(tx, parent_uri).await? {
            Some(place) => Some(place),
            None => return Ok(Outcome::Orphan(parent_uri.clone())),
        },
    };
    let (board, thread) = match answered {
        Some((_, thread)) => {
            let row = thread::hold(tx, thread).await?;
            (row.board_id, Some(row))
        }
        None => {
            lock::board(tx, arrival.board).await?;
            (arrival.board, None)
        }
    };
    // Another delivery of the same post may have come first while this one waited for the board.
    if let Some(outcome) = known(tx, &arrival.uri, arrival.no).await? {
        return Ok(outcome);
    }
    let ground = post::ground(&mut tx.conn, board, arrival.author).await?;
    let suspended = post::is_suspended(&mut tx.conn, arrival.author).await?;
    let suspended = suspended.ok_or(Error::Missing(Noun::Account))?;

    let locked = thread.as_ref().is_some_and(|thread| thread.locked);
    if ground.is_local() {
        rules::post::admit(ground.facts(suspended, locked))?;
    } else if suspended {
        return Err(Denial::Suspended.into());
    }
    // A board elsewhere decides about its bans itself: what it let through, it wants.
    let judged = Some(board).filter(|_| ground.is_local());
    ban::check(&mut tx.conn, arrival.author, judged, tx.now).await?;

    let spot = match (&thread, answered) {
        (Some(thread), Some((parent, _))) => Spot::Answers { thread, parent },
        _ => Spot::Opens,
    };
    let created_at = arrival.published.min(tx.now);
    let id = id::choose(tx, created_at, spot.thread()).await?;
    let new = tidy(arrival, &ground, spot, id, tx.now);
    if !buried {
        return Ok(Outcome::New(insert::insert(tx, new).await?));
    }
    // Nobody was told of it, so nobody is told that it is gone.
    let id = new.id;
    insert::place(tx, new).await?;
    let (row, place) = delete::hold(tx, id).await?;
    bury(tx, &row, &place, &ground, By::Author).await?;
    Ok(Outcome::Deleted)
}

/// Keeps the place of an opening post on a board elsewhere that was deleted before it came here: what others answered is
/// told all the same, and stands below it. Who wrote it is not known any more; the board stands in for them.
///
/// # Errors
/// As [`accept`].
pub async fn accept_gone(tx: &mut Tx, uri: &str, board: Id, published: Timestamp) -> Result<()> {
    tombstone::bury(tx, uri).await?;
    let arrival = Arrival {
        uri: uri.to_owned(),
        url: uri.to_owned(),
        author: board,
        board,
        place: Place::Thread,
        no: None,
        subject: None,
        body: String::new(),
        html: markup::Rendered::default(),
        media: Vec::new(),
        tags: Vec::new(),
        sensitive: false,
        content_warning: None,
        language: None,
        sage: true,
        published,
        edited: None,
        activity: None,
    };
    accept(tx, arrival).await.map(drop)
}

/// Nothing of a deleted post is kept but its place.
fn empty(arrival: &mut Arrival) {
    arrival.subject = None;
    arrival.body.clear();
    arrival.html = markup::Rendered::default();
    arrival.media.clear();
    arrival.tags.clear();
    arrival.content_warning = None;
    arrival.sage = true;
}

/// Nobody else writes under this node's addresses.
///
/// # Errors
/// `Denied`; `Invalid` for an address that is too long to keep.
pub(crate) fn guard(tx: &Tx, uri: &str) -> Result<()> {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if tx.cx.site.is_local(host) {
        return Err(Denial::NotAuthor.into());
    }
    if uri.len() > ADDRESS || uri.contains('\0') {
        let detail = format!("An id may have up to {ADDRESS} bytes.");
        return Err(Error::invalid("id", "too_long", detail));
    }
    Ok(())
}

async fn known(tx: &mut Tx, uri: &str, no: Option<i64>) -> Result<Option<Outcome>> {
    let query = posts::table.filter(posts::uri.eq(uri)).select((
        posts::id,
        posts::no,
        posts::deleted_at.is_not_null(),
    ));
    let found: Option<(Id, Option<i64>, bool)> =
        run!(tx.conn, c => query.first(c).await.optional())?;
    let Some((id, old, deleted)) = found else {
        return Ok(None);
    };
    if let (None, Some(no)) = (old, no) {
        number(tx, id, no).await?;
    }
    Ok(Some(if deleted {
        Outcome::Deleted
    } else {
        Outcome::Known(id)
    }))
}

/// The post of this id and its thread.
async fn place_of(tx: &mut Tx, uri: &str) -> Result<Option<(Id, Id)>> {
    let query = posts::table
        .filter(posts::uri.eq(uri))
        .select((posts::id, posts::thread_id));
    Ok(run!(tx.conn, c => query.first(c).await.optional())?)
}

fn tidy<'a>(
    arrival: Arrival,
    ground: &'a post::Ground,
    spot: Spot<'a>,
    id: Id,
    now: Timestamp,
) -> New<'a> {
    let url = if arrival.url.is_empty() || arrival.url.len() > ADDRESS || arrival.url.contains('\0')
    {
        arrival.uri.clone()
    } else {
        arrival.url
    };
    let subject = match spot {
        Spot::Opens => line(arrival.subject.as_deref(), limits::SUBJECT),
        Spot::Answers { .. } => None,
    };
    New {
        id,
        ground,
        author: arrival.author,
        spot,
        no: arrival.no,
        uri: arrival.uri,
        url,
        subject,
        body: body(&arrival.body),
        tags: rules::post::tags(&arrival.tags, &arrival.html),
        html: arrival.html,
        pictures: Pictures::Remote(attach::believable(arrival.media)),
        sensitive: arrival.sensitive,
        content_warning: line(arrival.content_warning.as_deref(), limits::CONTENT_WARNING),
        language: arrival.language.filter(|language| is_language(language)),
        sage: arrival.sage,
        created_at: arrival.published.min(now),
        edited_at: arrival.edited.map(|edited| edited.min(now)),
        activity: arrival.activity,
    }
}

/// A foreign line of text, cut to its limit.
pub(crate) fn line(text: Option<&str>, most: usize) -> Option<String> {
    rules::post::clean_line(text).map(|line| cut(&line, most))
}

/// A foreign text, cut to its limit.
pub(crate) fn body(text: &str) -> String {
    let text = rules::post::clean_body(text);
    if text.len() <= limits::FOREIGN_BODY {
        return text;
    }
    let end = text.floor_char_boundary(limits::FOREIGN_BODY - 3);
    format!("{}\u{2026}", &text[..end])
}
