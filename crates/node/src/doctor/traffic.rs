//! What waits: jobs, deliveries, and the peers they are for.

use db::{Conn, Db, HOUR, MINUTE, SECOND, Timestamp};
use domain::peer::{self, State as PeerState};

use super::Finding;

/// How long a job may be due before somebody should look.
const LATE: i64 = 5 * MINUTE;
/// The same for deliveries, some of which always wait for peers that are away.
const SLOW: i64 = 24 * HOUR;
/// Peers read at once, and named at most.
const READ: i64 = 500;
const NAMED: usize = 10;

pub(super) async fn queues(db: &Db, now: Timestamp) -> Finding {
    let tallies = match read(db).await {
        Ok(mut conn) => jobs::tally(&mut conn, now)
            .await
            .map_err(|error| error.to_string()),
        Err(why) => Err(why),
    };
    let tallies = match tallies {
        Ok(tallies) => tallies,
        Err(why) => return broken("queues", why),
    };
    let waiting: i64 = tallies.iter().map(|tally| tally.queue.waiting).sum();
    let since = tallies.iter().filter_map(|tally| tally.due_since).min();
    let late = since.map_or(0, |since| now.since(since));
    if late > LATE {
        return Finding::problem(
            "queues",
            format!("{waiting} jobs wait, the oldest for {} s", late / SECOND),
            "Is the node running? If it is, its log says what it cannot do; /admin lists the jobs.",
        );
    }
    let given_up: i64 = tallies.iter().map(|tally| tally.queue.given_up).sum();
    if given_up > 0 {
        return Finding::notice(
            "queues",
            format!("{waiting} jobs wait, {given_up} were given up after many tries"),
            "Look at them in /admin: retry or drop them.",
        );
    }
    Finding::fine("queues", format!("{waiting} jobs wait, none for long"))
}

pub(super) async fn deliveries(db: &Db, now: Timestamp) -> Finding {
    let tally = match read(db).await {
        Ok(mut conn) => domain::delivery::tally(&mut conn)
            .await
            .map_err(|error| format!("{error:?}")),
        Err(why) => Err(why),
    };
    let tally = match tally {
        Ok(tally) => tally,
        Err(why) => return broken("deliveries", why),
    };
    let pending = tally.iter().find(|(state, _, _)| state == "pending");
    let Some((_, count, since)) = pending else {
        return Finding::fine("deliveries", "none waits");
    };
    let age = since.map_or(0, |since| now.since(since));
    let detail = format!("{count} wait, the oldest for {} s", age / SECOND);
    if age > SLOW {
        return Finding::notice(
            "deliveries",
            detail,
            "Some peer is away; see the finding about peers. They are tried for 14 days.",
        );
    }
    Finding::fine("deliveries", detail)
}

pub(super) async fn peers(db: &Db) -> Finding {
    let counted = match read(db).await {
        Ok(mut conn) => count(&mut conn).await,
        Err(why) => Err(why),
    };
    let (all, failing) = match counted {
        Ok(counted) => counted,
        Err(why) => return broken("peers", why),
    };
    if failing.is_empty() {
        return Finding::fine("peers", format!("{all} are known, none fails"));
    }
    let named: Vec<&str> = failing.iter().take(NAMED).map(String::as_str).collect();
    let detail = format!(
        "{} of {all} do not answer: {}",
        failing.len(),
        named.join(", ")
    );
    // Where most fail, it is rarely they.
    if failing.len() * 2 > all && all > 2 {
        return Finding::problem(
            "peers",
            detail,
            "When most peers fail, look at this machine: its way out (firewall, DNS), its certificates, its clock.",
        );
    }
    Finding::notice(
        "peers",
        detail,
        "Nothing needs to be done: they are tried again with growing pauses.",
    )
}

async fn count(conn: &mut Conn) -> Result<(usize, Vec<String>), String> {
    let (mut all, mut failing, mut after) = (0, Vec::new(), String::new());
    loop {
        let peers = peer::list(conn, &after, READ)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let Some(last) = peers.last() else {
            return Ok((all, failing));
        };
        after.clone_from(&last.host);
        all += peers.len();
        let away = peers.into_iter().filter(|peer| peer.state != PeerState::Up);
        failing.extend(away.map(|peer| match peer.error {
            Some(error) => format!("{} ({error})", peer.host),
            None => peer.host,
        }));
    }
}

async fn read(db: &Db) -> Result<db::Pooled, String> {
    db.read().await.map_err(|error| error.to_string())
}

fn broken(name: &'static str, why: String) -> Finding {
    Finding::problem(name, why, "See the finding about the database.")
}
