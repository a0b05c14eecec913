//! What still has to reach whom: one row per activity and inbox, in lanes.
//!
//! Within a lane (a thread) deliveries to one inbox keep their order; lanes and peers do not wait for each
//! other. A row is pending until the peer took it, refused it for good, or its time ran out.

use db::{Conn, DAY, Id, Timestamp, run};
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::peer::Policy;
use crate::schema::{activities, deliveries, peers};
use crate::{Result, Tx, limits, lock, peer};

/// How long a delivery is tried, in microseconds.
pub const LIFETIME: i64 = 14 * DAY;
/// How long finished deliveries are kept for people to look at, in microseconds.
const KEPT: i64 = 30 * DAY;
/// Written out, because SQLite uses a partial index only where the statement repeats its condition literally.
pub(crate) const PENDING: &str = "deliveries.state = 'pending'";
/// As [`PENDING`], for the others.
const ENDED: &str = "deliveries.state <> 'pending'";

/// Where a delivery goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Inbox {
    /// The peer.
    pub host: String,
    /// The address to post to.
    pub url: String,
}

/// A delivery to be made.
#[derive(Clone, Debug, Queryable)]
pub struct Due {
    /// Its row.
    pub id: Id,
    /// The peer.
    pub host: String,
    /// Where to.
    pub inbox: String,
    /// Its lane.
    pub lane: Id,
    /// How often it was tried.
    pub attempts: i32,
    /// The document.
    pub body: String,
    /// Who signs it.
    pub actor: Id,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it stops being tried.
    pub expires_at: Timestamp,
}

/// How a delivery of a post's activities stands.
#[derive(Clone, Debug, Queryable)]
pub struct Status {
    /// The peer.
    pub host: String,
    /// The type of the activity.
    pub activity: String,
    /// pending, sent, refused, expired.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// The peer's last answer.
    pub answer: Option<i32>,
    /// What went wrong last.
    pub error: Option<String>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it came to its end.
    pub done_at: Option<Timestamp>,
    /// When the peer is tried next.
    pub next_try_at: Option<Timestamp>,
}

/// How a delivery came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The peer took it.
    Sent,
    /// The peer will never take it.
    Refused,
    /// Its time ran out.
    Expired,
}

impl End {
    fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }
}

/// What became of one try.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The delivery.
    pub id: Id,
    /// How it ended; `None` where it is tried again.
    pub end: Option<End>,
    /// The peer's answer.
    pub answer: Option<u16>,
    /// What went wrong.
    pub error: Option<String>,
}

/// Queues an activity for every inbox once. Deletions never expire: whoever has the post must hear of it. Nothing else is
/// queued for a server that is suspended here.
///
/// # Errors
/// The database refuses.
pub async fn enqueue(
    tx: &mut Tx,
    activity: Id,
    lane: Id,
    inboxes: &[Inbox],
    expires_at: Timestamp,
) -> Result<()> {
    let suspended = match expires_at == Timestamp::NEVER {
        true => Vec::new(),
        false => peer::suspended(&mut tx.conn, inboxes).await?,
    };
    let mut met = Vec::new();
    for inbox in inboxes {
        if suspended.contains(&inbox.host) {
            continue;
        }
        if !met.contains(&inbox.host.as_str()) {
            peer::meet(tx, &inbox.host).await?;
            met.push(inbox.host.as_str());
        }
        let row = (
            deliveries::id.eq(tx.id()),
            deliveries::activity_id.eq(activity),
            deliveries::host.eq(&inbox.host),
            deliveries::inbox.eq(&inbox.url),
            deliveries::lane.eq(lane),
            deliveries::created_at.eq(tx.now.0),
            deliveries::expires_at.eq(expires_at.0),
        );
        let insert = diesel::insert_into(deliveries::table)
            .values(row)
            .on_conflict_do_nothing();
        run!(tx.conn, c => insert.execute(c).await)?;
    }
    Ok(())
}

/// Peers that have something waiting, may be tried now and are served by nobody, those that wait longest first.
///
/// # Errors
/// The database refuses.
pub async fn peers_due(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<String>> {
    let waiting =
        deliveries::table.filter(deliveries::host.eq(peers::host).and(sql::<Bool>(PENDING)));
    let due = peers::table
        .filter(peers::next_try_at.le(now.0))
        .filter(peers::policy.eq(Policy::Open.name()))
        .filter(peers::leased_until.le(now.0))
        .filter(exists(waiting))
        .order((peers::next_try_at, peers::host))
        .limit(limit)
        .select(peers::host);
    Ok(run!(conn, c => due.load(c).await)?)
}

/// What waits for `host`, oldest first; nothing where an admin suspended it.
///
/// # Errors
/// The database refuses.
pub async fn waiting(conn: &mut Conn, host: &str, after: Id, limit: i64) -> Result<Vec<Due>> {
    // Its value, not its existence: SQLite makes a join of that, and then sorts all that waits.
    let policy = peers::table
        .filter(peers::host.eq(host))
        .select(peers::policy);
    let waiting = deliveries::table
        .inner_join(activities::table)
        .filter(deliveries::host.eq(host).and(sql::<Bool>(PENDING)))
        .filter(policy.single_value().eq(Policy::Open.name()))
        .filter(deliveries::id.gt(after))
        .order(deliveries::id)
        .limit(limit)
        .select((
            deliveries::id,
            deliveries::host,
            deliveries::inbox,
            deliveries::lane,
            deliveries::attempts,
            activities::body,
            activities::actor_id,
            deliveries::created_at,
            deliveries::expires_at,
        ));
    Ok(run!(conn, c => waiting.load(c).await)?)
}

/// Writes down what became of some tries.
///
/// # Errors
/// The database refuses.
pub async fn record(tx: &mut Tx, outcomes: &[Outcome]) -> Result<()> {
    // In the order that all transactions share, so that none waits for one that waits for it.
    let mut outcomes: Vec<&Outcome> = outcomes.iter().collect();
    outcomes.sort_unstable_by_key(|outcome| outcome.id);
    for outcome in outcomes {
        let row = deliveries::table.find(outcome.id);
        let said = (
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::answer.eq(outcome.answer.map(i32::from)),
            deliveries::error.eq(outcome
                .error
                .as_deref()
                .map(|e| e.chars().take(300).collect::<String>())),
        );
        match outcome.end {
            None => {
                let set = diesel::update(row).set(said);
                run!(tx.conn, c => set.execute(c).await)?;
            }
            Some(end) => {
                let ended = (
                    deliveries::state.eq(end.name()),
                    deliveries::done_at.eq(tx.now.0),
                );
                let set = diesel::update(row).set((said, ended));
                run!(tx.conn, c => set.execute(c).await)?;
            }
        }
    }
    Ok(())
}

/// Ends what still waits of these activities: what they said is gone.
pub(crate) async fn abandon(tx: &mut Tx, of: &[Id]) -> Result<()> {
    lock::waiting(tx, of).await?;
    let waiting = deliveries::table
        .filter(deliveries::activity_id.eq_any(of))
        .filter(sql::<Bool>(PENDING));
    let set = diesel::update(waiting).set((
        deliveries::state.eq(End::Refused.name()),
        deliveries::done_at.eq(tx.now.0),
        deliveries::error.eq("the post is gone"),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

/// Ends deliveries whose time ran out; answers how many.
///
/// # Errors
/// The database refuses.
pub async fn expire(tx: &mut Tx) -> Result<usize> {
    let late = deliveries::table
        .filter(sql::<Bool>(PENDING))
        .filter(deliveries::expires_at.le(tx.now.0))
        .limit(limits::SWEPT)
        .select(deliveries::id);
    let late: Vec<Id> = run!(tx.conn, c => late.load(c).await)?;
    let late = deliveries::table
        .filter(deliveries::id.eq_any(late))
        .filter(sql::<Bool>(PENDING));
    let set = diesel::update(late).set((
        deliveries::state.eq(End::Expired.name()),
        deliveries::done_at.eq(tx.now.0),
    ));
    Ok(run!(tx.conn, c => set.execute(c).await)?)
}

/// Forgets deliveries that ended long ago.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<usize> {
    let before = tx.now.plus(-KEPT).0;
    let old = deliveries::table
        .filter(sql::<Bool>(ENDED))
        .filter(deliveries::done_at.lt(before))
        .order(deliveries::done_at)
        .limit(limits::SWEPT)
        .select(deliveries::id);
    let old: Vec<Id> = run!(tx.conn, c => old.load(c).await)?;
    let delete = diesel::delete(deliveries::table.filter(deliveries::id.eq_any(old)));
    Ok(run!(tx.conn, c => delete.execute(c).await)?)
}

/// How the deliveries of a post's activities stand, newest activity first.
///
/// # Errors
/// The database refuses.
pub async fn of_post(conn: &mut Conn, post: Id, limit: i64) -> Result<Vec<Status>> {
    let statuses = deliveries::table
        .inner_join(activities::table)
        .left_join(peers::table.on(peers::host.eq(deliveries::host)))
        .filter(activities::post_id.eq(post))
        .order((activities::id.desc(), deliveries::id))
        .limit(limit)
        .select((
            deliveries::host,
            activities::kind,
            deliveries::state,
            deliveries::attempts,
            deliveries::answer,
            deliveries::error,
            deliveries::created_at,
            deliveries::done_at,
            peers::next_try_at.nullable(),
        ));
    Ok(run!(conn, c => statuses.load(c).await)?)
}

/// How many deliveries there are in each state, by its name, and when the oldest of them was made. Those that ended
/// are counted for as long as they are kept.
///
/// # Errors
/// The database refuses.
pub async fn tally(conn: &mut Conn) -> Result<Vec<(String, i64, Option<Timestamp>)>> {
    let counts = deliveries::table.group_by(deliveries::state).select((
        deliveries::state,
        diesel::dsl::count_star(),
        diesel::dsl::min(deliveries::created_at),
    ));
    let counts: Vec<(String, i64, Option<i64>)> = run!(conn, c => counts.load(c).await)?;
    let oldest = |(state, count, at): (String, i64, Option<i64>)| (state, count, at.map(Timestamp));
    Ok(counts.into_iter().map(oldest).collect())
}

/// How many deliveries wait, now or later.
///
/// # Errors
/// The database refuses.
pub async fn pending(conn: &mut Conn) -> Result<i64> {
    let count = deliveries::table.filter(sql::<Bool>(PENDING)).count();
    Ok(run!(conn, c => count.get_result(c).await)?)
}

/// Inboxes that were sent anything about a post: whoever may have it must hear when it is gone.
///
/// # Errors
/// The database refuses.
pub async fn reached(conn: &mut Conn, post: Id) -> Result<Vec<Inbox>> {
    let inboxes = deliveries::table
        .inner_join(activities::table)
        .filter(activities::post_id.eq(post))
        .select((deliveries::host, deliveries::inbox))
        .distinct();
    let inboxes: Vec<(String, String)> = run!(conn, c => inboxes.load(c).await)?;
    Ok(inboxes
        .into_iter()
        .map(|(host, url)| Inbox { host, url })
        .collect())
}
