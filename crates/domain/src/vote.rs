//! Votes: a state per account and post, so that repeated and reordered messages end the same everywhere.
//!
//! The later vote stands; of two of the same moment the larger value. An undone vote stays as 0, so that an older one
//! that comes late is known to be older. Likes and dislikes on posts are counts of these rows.

mod likers;

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::post::{self, Ground};
use crate::schema::{posts, threads, votes};
use crate::{Caller, Denial, Error, Event, Noun, Result, Tx, ban, event, limits, lock, rate};

pub use likers::likers;

/// What a vote led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The caller's vote: 1, 0 or -1.
    pub value: i16,
    /// Votes of 1.
    pub likes: i64,
    /// Votes of -1.
    pub dislikes: i64,
}

/// A vote that a peer sent.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// The voter's actor.
    pub voter: Id,
    /// The post.
    pub post: Id,
    /// 1, 0 (undone) or -1.
    pub value: i16,
    /// The id of the vote's activity.
    pub uri: String,
    /// When; the later one counts.
    pub at: Timestamp,
    /// The activity as it came, to be passed on.
    pub activity: Option<String>,
}

/// A vote as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The post.
    pub post: Id,
    /// Whose it is.
    pub account: Id,
    /// 1, 0 or -1.
    pub value: i16,
    /// The id of its activity.
    pub uri: String,
    /// When it was set.
    pub at: Timestamp,
}

/// A post that can be voted on.
struct Poll {
    thread: Id,
    likes: i64,
    dislikes: i64,
    ground: Ground,
}

/// Sets the caller's vote.
///
/// # Errors
/// `Missing`, `Gone`, `Denied` where dislikes are off or the caller is banned, `Invalid` for other values, `Busy`.
pub async fn set(tx: &mut Tx, caller: &Caller, post: Id, value: i16) -> Result<Tally> {
    rate::take(tx, &limits::RATE_VOTES, &caller.id.to_string()).await?;
    if !(-1..=1).contains(&value) {
        let detail = "A vote is 1, 0 or -1.";
        return Err(Error::invalid("value", "out_of_range", detail));
    }
    let poll = poll(tx, post, caller.id).await?;
    ban::check(&mut tx.conn, caller.id, Some(poll.ground.board), tx.now).await?;
    if value < 0 && !poll.ground.dislikes {
        return Err(Denial::NoDislikes.into());
    }
    let old = standing(&mut tx.conn, post, caller.id).await?;

    let before = old.as_ref().map_or(0, |old| old.value);
    if before == value {
        return Ok(poll.tally(before, value));
    }
    let at = old
        .as_ref()
        .map_or(tx.now, |old| tx.now.max(old.at.plus(1)));
    let uri = match old {
        Some(old) if value == 0 => old.uri,
        _ => format!("{}/activities/{}", tx.cx.site.origin, tx.id()),
    };
    let vote = Vote {
        post,
        account: caller.id,
        value,
        uri,
        at,
    };
    keep(tx, &vote).await?;
    count(tx, &poll, post, before, value).await?;

    note(tx, vote, before, None).await?;
    Ok(poll.tally(before, value))
}

/// Counts a vote that a peer sent; answers whether anything changed. Older ones than that which stands,
/// dislikes where they are off, and votes on tombstones change nothing.
///
/// # Errors
/// `Missing` post or voter, `Denied` for a suspended or banned voter or an id of this node.
pub async fn accept(tx: &mut Tx, ballot: Ballot) -> Result<bool> {
    post::guard(tx, &ballot.uri)?;
    let poll = match poll(tx, ballot.post, ballot.voter).await {
        Err(Error::Gone(_)) => return Ok(false),
        poll => poll?,
    };
    // Taking a vote back is always allowed, and a board elsewhere decides about its bans itself.
    if ballot.value != 0 {
        let judged = Some(poll.ground.board).filter(|_| poll.ground.is_local());
        ban::check(&mut tx.conn, ballot.voter, judged, tx.now).await?;
    }
    let old = standing(&mut tx.conn, ballot.post, ballot.voter).await?;

    let vote = Vote {
        post: ballot.post,
        account: ballot.voter,
        value: ballot.value.signum(),
        uri: ballot.uri,
        at: ballot.at.min(tx.now),
    };
    if vote.value < 0 && !poll.ground.dislikes {
        return Ok(false);
    }
    let stands = |old: &Vote| (vote.at, vote.value) <= (old.at, old.value);
    if old.as_ref().is_some_and(stands) {
        return Ok(false);
    }

    let before = old.map_or(0, |old| old.value);
    keep(tx, &vote).await?;
    if vote.value == before {
        return Ok(false);
    }
    count(tx, &poll, vote.post, before, vote.value).await?;

    note(tx, vote, before, ballot.activity).await?;
    Ok(true)
}

/// The vote whose activity has this id.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, uri: &str) -> Result<Option<Vote>> {
    let query = votes::table.filter(votes::uri.eq(uri)).select(COLUMNS);
    let found: Option<Found> = run!(conn, c => query.first(c).await.optional())?;
    Ok(found.map(vote))
}

impl Poll {
    fn tally(&self, before: i16, value: i16) -> Tally {
        let (likes, dislikes) = difference(before, value);
        Tally {
            value,
            likes: self.likes + likes,
            dislikes: self.dislikes + dislikes,
        }
    }
}

type Columns = (
    votes::post_id,
    votes::account_id,
    votes::value,
    votes::uri,
    votes::updated_at,
);
type Found = (Id, Id, i16, String, Timestamp);

const COLUMNS: Columns = (
    votes::post_id,
    votes::account_id,
    votes::value,
    votes::uri,
    votes::updated_at,
);

fn vote((post, account, value, uri, at): Found) -> Vote {
    Vote {
        post,
        account,
        value,
        uri,
        at,
    }
}

/// How likes and dislikes change.
fn difference(before: i16, value: i16) -> (i64, i64) {
    let is = |value: i16, wanted: i16| i64::from(value == wanted);
    (is(value, 1) - is(before, 1), is(value, -1) - is(before, -1))
}

/// The post with its thread held, as this voter finds it.
async fn poll(tx: &mut Tx, post: Id, voter: Id) -> Result<Poll> {
    let query = posts::table
        .find(post)
        .select((posts::thread_id, posts::board_id));
    let found: Option<(Id, Id)> = run!(tx.conn, c => query.first(c).await.optional())?;
    let (thread, board) = found.ok_or(Error::Missing(Noun::Post))?;
    lock::thread(tx, thread).await?;
    let query = posts::table.find(post).select((
        posts::likes,
        posts::dislikes,
        posts::deleted_at.is_not_null(),
    ));
    let (likes, dislikes, deleted): (i64, i64, bool) = run!(tx.conn, c => query.first(c).await)?;
    if deleted {
        return Err(Error::Gone(Noun::Post));
    }
    match post::is_suspended(&mut tx.conn, voter).await? {
        Some(false) => {}
        Some(true) => return Err(Denial::Suspended.into()),
        None => return Err(Error::Missing(Noun::Account)),
    }
    let ground = post::ground(&mut tx.conn, board, voter).await?;
    Ok(Poll {
        thread,
        likes,
        dislikes,
        ground,
    })
}

async fn standing(conn: &mut Conn, post: Id, account: Id) -> Result<Option<Vote>> {
    let query = votes::table.find((post, account)).select(COLUMNS);
    let found: Option<Found> = run!(conn, c => query.first(c).await.optional())?;
    Ok(found.map(vote))
}

async fn keep(tx: &mut Tx, vote: &Vote) -> Result<()> {
    let row = (
        votes::post_id.eq(vote.post),
        votes::account_id.eq(vote.account),
        votes::value.eq(vote.value),
        votes::uri.eq(&vote.uri),
        votes::updated_at.eq(vote.at),
    );
    let set = (
        votes::value.eq(vote.value),
        votes::uri.eq(&vote.uri),
        votes::updated_at.eq(vote.at),
    );
    let upsert = diesel::insert_into(votes::table)
        .values(row)
        .on_conflict((votes::post_id, votes::account_id))
        .do_update()
        .set(set);
    run!(tx.conn, c => upsert.execute(c).await)?;
    Ok(())
}

async fn count(tx: &mut Tx, poll: &Poll, post: Id, before: i16, value: i16) -> Result<()> {
    let (likes, dislikes) = difference(before, value);
    let opening = if post == poll.thread { likes } else { 0 };
    let update = diesel::update(threads::table.find(poll.thread)).set((
        threads::likes.eq(threads::likes + opening),
        threads::revision.eq(threads::revision + 1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    let update = diesel::update(posts::table.find(post)).set((
        posts::likes.eq(posts::likes + likes),
        posts::dislikes.eq(posts::dislikes + dislikes),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

async fn note(tx: &mut Tx, vote: Vote, before: i16, activity: Option<String>) -> Result<()> {
    let event = Event::VoteChanged {
        post: vote.post,
        account: vote.account,
        value: vote.value,
        before,
        uri: vote.uri,
        at: vote.at,
        activity,
    };
    event::note(tx, &event).await
}
