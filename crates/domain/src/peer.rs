//! Servers we know: whether they answer, and whether we want to talk to them.

mod directory;
mod policy;

use db::{Conn, DAY, Id, Timestamp, run};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::audit::{self, Act};
use crate::delivery::{Inbox, PENDING};
use crate::schema::{deliveries, peers};
use crate::{Caller, Denial, Error, Noun, Result, Role, Tx};

pub use directory::{Census, Filter, census, directory};
pub use policy::set_policy;

/// Distinct days without any success after which a peer is taken for dead.
const DEAD_AFTER_DAYS: i32 = 7;
/// Dead peers are asked once a day whether they are back; microseconds.
const PROBE_EVERY: i64 = DAY;

/// Whether a peer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It took what we sent last.
    Up,
    /// It did not, and we try again with growing pauses.
    Failing,
    /// Nothing got through on seven distinct days; it is asked once a day.
    Dead,
}

/// What an admin decided about a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The usual.
    Open,
    /// Nothing of it is accepted or shown, nothing is sent to it.
    Suspended,
}

impl Policy {
    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Suspended => "suspended",
        }
    }

    fn read(name: &str) -> Self {
        match name {
            "suspended" => Self::Suspended,
            _ => Self::Open,
        }
    }
}

/// A server we know.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Its host, with the port where it is not the scheme's own.
    pub host: String,
    /// What it runs, as its NodeInfo says.
    pub software: Option<String>,
    /// The version of that.
    pub version: Option<String>,
    /// Whether it answers.
    pub state: State,
    /// What an admin decided.
    pub policy: Policy,
    /// Failures since the last success.
    pub attempts: i32,
    /// Not tried before this moment.
    pub next_try_at: Timestamp,
    /// When it last took something from us or sent something to us.
    pub last_ok_at: Option<Timestamp>,
    /// What went wrong last.
    pub error: Option<String>,
    /// Deliveries that wait for it.
    pub queued: i64,
    /// When the oldest of them was made.
    pub queued_since: Option<Timestamp>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = peers)]
struct Row {
    host: String,
    software: Option<String>,
    version: Option<String>,
    state: String,
    policy: String,
    attempts: i32,
    next_try_at: Timestamp,
    last_ok_at: Option<Timestamp>,
    error: Option<String>,
}

/// Makes sure a peer has its row.
///
/// # Errors
/// The database refuses.
pub async fn meet(tx: &mut Tx, host: &str) -> Result<()> {
    let row = (peers::host.eq(host), peers::created_at.eq(tx.now.0));
    let insert = diesel::insert_into(peers::table)
        .values(row)
        .on_conflict_do_nothing();
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}

/// Known peers after `after` in the order of their names, with what waits for each.
///
/// # Errors
/// The database refuses.
pub async fn list(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<Peer>> {
    let rows = peers::table
        .filter(peers::host.gt(after))
        .order(peers::host)
        .limit(limit);
    let rows: Vec<Row> = run!(conn, c => rows.select(Row::as_select()).load(c).await)?;
    with_queues(conn, rows).await
}

/// How many peers are in each state, by its name.
///
/// # Errors
/// The database refuses.
pub async fn tally(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    let counts = peers::table
        .group_by(peers::state)
        .select((peers::state, diesel::dsl::count_star()));
    Ok(run!(conn, c => counts.load(c).await)?)
}

/// One peer.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, host: &str) -> Result<Option<Peer>> {
    let row = peers::table.find(host);
    let row: Option<Row> = run!(conn, c => row.select(Row::as_select()).first(c).await.optional())?;
    Ok(with_queues(conn, row.into_iter().collect()).await?.pop())
}

/// Whether an admin suspended this peer.
///
/// # Errors
/// The database refuses.
pub async fn is_suspended(conn: &mut Conn, host: &str) -> Result<bool> {
    let policy = peers::table.find(host).select(peers::policy);
    let policy: Option<String> = run!(conn, c => policy.first(c).await.optional())?;
    Ok(policy.as_deref() == Some("suspended"))
}

/// Which of the servers of these inboxes an admin suspended.
pub(crate) async fn suspended(conn: &mut Conn, inboxes: &[Inbox]) -> Result<Vec<String>> {
    let hosts = inboxes.iter().map(|inbox| inbox.host.as_str());
    let suspended = peers::table
        .filter(peers::host.eq_any(hosts.collect::<Vec<_>>()))
        .filter(peers::policy.eq(Policy::Suspended.name()))
        .select(peers::host);
    Ok(run!(conn, c => suspended.load(c).await)?)
}

/// Whether it is new here or did not answer lately, so that hearing from it is news.
///
/// # Errors
/// The database refuses.
pub async fn is_silent(conn: &mut Conn, host: &str) -> Result<bool> {
    let state = peers::table.find(host).select(peers::state);
    let state: Option<String> = run!(conn, c => state.first(c).await.optional())?;
    Ok(state.as_deref() != Some("up"))
}

/// It took what we sent, or sent us something that it signed: it is up. Answers what an admin decided about it.
///
/// # Errors
/// The database refuses.
pub async fn succeeded(tx: &mut Tx, host: &str) -> Result<Policy> {
    meet(tx, host).await?;
    let set = diesel::update(peers::table.find(host)).set((
        peers::state.eq("up"),
        peers::attempts.eq(0),
        peers::fail_days.eq(0),
        peers::last_fail_day.eq(0),
        peers::next_try_at.eq(0),
        peers::last_ok_at.eq(tx.now.0),
        peers::error.eq(None::<String>),
    ));
    let set = set.returning(peers::policy);
    let policy: String = run!(tx.conn, c => set.get_result(c).await)?;
    Ok(Policy::read(&policy))
}

/// It did not answer, or answered that it cannot now. `wait` is what it asked for, in microseconds.
///
/// # Errors
/// The database refuses.
pub async fn failed(tx: &mut Tx, host: &str, why: &str, wait: Option<i64>) -> Result<()> {
    meet(tx, host).await?;
    let facts =
        peers::table
            .find(host)
            .select((peers::attempts, peers::fail_days, peers::last_fail_day));
    let (attempts, days, last_day): (i32, i32, i64) = run!(tx.conn, c => facts.first(c).await)?;

    let attempts = attempts.saturating_add(1);
    let today = tx.now.0.div_euclid(DAY);
    let days = if today == last_day {
        days
    } else {
        days.saturating_add(1)
    };
    let dead = days >= DEAD_AFTER_DAYS;
    let pause = if dead {
        PROBE_EVERY
    } else {
        jobs::backoff(attempts)
    };
    let pause = pause.max(wait.unwrap_or(0).min(DAY));

    let set = diesel::update(peers::table.find(host)).set((
        peers::state.eq(if dead { "dead" } else { "failing" }),
        peers::attempts.eq(attempts),
        peers::fail_days.eq(days),
        peers::last_fail_day.eq(today),
        peers::next_try_at.eq(tx.now.plus(pause).0),
        peers::error.eq(why.chars().take(300).collect::<String>()),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

/// Has a peer tried at once that is being left alone after failures; admins may.
///
/// # Errors
/// `Denied`, `Missing`.
pub async fn retry(tx: &mut Tx, caller: &Caller, host: &str) -> Result<()> {
    if caller.role < Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    let set = diesel::update(peers::table.find(host)).set(peers::next_try_at.eq(0));
    if run!(tx.conn, c => set.execute(c).await)? == 0 {
        return Err(Error::Missing(Noun::Peer));
    }
    audit::note(tx, caller, Act::PeerRetried, host, "").await
}

/// What its NodeInfo says it runs.
///
/// # Errors
/// The database refuses.
pub async fn describe(tx: &mut Tx, host: &str, software: &str, version: &str) -> Result<()> {
    meet(tx, host).await?;
    let set = diesel::update(peers::table.find(host))
        .set((peers::software.eq(software), peers::version.eq(version)));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

/// Takes the right to send to this peer for `lease` microseconds; `false` where another process has it.
/// `by` tells processes apart.
///
/// # Errors
/// The database refuses.
pub async fn lease(tx: &mut Tx, host: &str, by: i64, lease: i64) -> Result<bool> {
    let free = peers::leased_until.le(tx.now.0).or(peers::leased_by.eq(by));
    let set = diesel::update(peers::table.filter(peers::host.eq(host).and(free))).set((
        peers::leased_by.eq(by),
        peers::leased_until.eq(tx.now.plus(lease).0),
    ));
    Ok(run!(tx.conn, c => set.execute(c).await)? == 1)
}

/// Gives the right to send back.
///
/// # Errors
/// The database refuses.
pub async fn release(tx: &mut Tx, host: &str, by: i64) -> Result<()> {
    let mine = peers::table.filter(peers::host.eq(host).and(peers::leased_by.eq(by)));
    let set = diesel::update(mine).set(peers::leased_until.eq(0));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

/// Frees all peers: whoever held them is known to be gone.
///
/// # Errors
/// The database refuses.
pub async fn free(tx: &mut Tx) -> Result<()> {
    let set = diesel::update(peers::table.filter(peers::leased_until.gt(0)))
        .set(peers::leased_until.eq(0));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

/// An id of this process for [`lease`], as good as unique.
pub fn lease_token() -> Id {
    rand::random::<i64>() | 1
}

async fn with_queues(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Peer>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let hosts: Vec<&str> = rows.iter().map(|row| row.host.as_str()).collect();
    let queues = deliveries::table
        .filter(deliveries::host.eq_any(hosts))
        .filter(sql::<Bool>(PENDING))
        .group_by(deliveries::host)
        .select((
            deliveries::host,
            diesel::dsl::count_star(),
            diesel::dsl::min(deliveries::created_at),
        ));
    let queues: Vec<(String, i64, Option<i64>)> = run!(conn, c => queues.load(c).await)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let queue = queues.iter().find(|(host, ..)| *host == row.host);
            Peer {
                state: match row.state.as_str() {
                    "dead" => State::Dead,
                    "failing" => State::Failing,
                    _ => State::Up,
                },
                policy: Policy::read(&row.policy),
                host: row.host,
                software: row.software,
                version: row.version,
                attempts: row.attempts,
                next_try_at: row.next_try_at,
                last_ok_at: row.last_ok_at,
                error: row.error,
                queued: queue.map_or(0, |(_, count, _)| *count),
                queued_since: queue.and_then(|(_, _, oldest)| oldest.map(Timestamp)),
            }
        })
        .collect())
}
