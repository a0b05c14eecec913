//! How often what everybody may see has changed: what was made of it earlier holds as long as the count is the same.
//!
//! Triggers count, in the transaction of each change (`migrations/*/0010_revisions`): no verb can forget to, and other
//! processes on the same database count as well. A page that was read while the count stood still shows what was true
//! at that count. Called by `web::cache`; what is left of closed connections is
//! folded by `retention`.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::revisions;
use crate::{Result, Tx};

/// Buckets of threads; the migration says why it is a prime.
const BUCKETS: i64 = 1021;
/// What lists show: any thread, any count.
const LISTS: i64 = 1021;
/// What every page may show: names, settings, who is suspended.
const WORLD: i64 = 1022;
/// Where the counts of connections that are gone are kept.
const FOLDED: i64 = 0;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Everything that is here.
    Lists,
    /// One thread.
    Thread(Id),
}

/// The counts of one moment. Each grows with every change and never falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    world: i64,
    lists: i64,
    thread: i64,
}

impl Revision {
    /// Whether nothing changed between two moments of all that a page about `subject` may show; both must have been
    /// read [`of`] the same subject.
    pub fn holds(&self, now: &Self, subject: Subject) -> bool {
        let same = match subject {
            Subject::Lists => self.lists == now.lists,
            Subject::Thread(_) => self.thread == now.thread,
        };
        same && self.world == now.world
    }

    /// Whether nothing at all changed between two moments: what counts for a thread counts for the lists too.
    pub fn is_still(&self, now: &Self) -> bool {
        self.world == now.world && self.lists == now.lists
    }
}

/// The counts as they are now, in one statement.
///
/// # Errors
/// The database refuses.
pub async fn of(conn: &mut Conn, subject: Subject) -> Result<Revision> {
    let bucket = match subject {
        Subject::Lists => None,
        Subject::Thread(id) => Some((id % BUCKETS).abs()),
    };
    let scopes: Vec<i64> = [WORLD, LISTS].into_iter().chain(bucket).collect();
    let query = revisions::table
        .filter(revisions::scope.eq_any(scopes))
        .select((revisions::scope, revisions::n));
    let rows: Vec<(i64, i64)> = run!(conn, c => query.load(c).await)?;
    let sum = |scope: i64| {
        let counts = rows.iter().filter(|row| row.0 == scope);
        counts.map(|row| row.1).sum()
    };
    Ok(Revision {
        world: sum(WORLD),
        lists: sum(LISTS),
        thread: bucket.map_or(0, sum),
    })
}

diesel::table! {
    pg_stat_activity (pid) {
        pid -> Integer,
    }
}

/// Adds what connections counted that are gone to the common count, so that the table stays small; answers how many
/// rows went. The sums stay the same whoever counts meanwhile: a row goes with exactly what stands in it, and whoever
/// was waiting for it counts in a new one.
pub(crate) async fn fold(tx: &mut Tx) -> Result<usize> {
    let gone: Vec<(i64, i64)> = match &mut *tx.conn {
        // One process writes, in rows that are always there.
        Conn::Sqlite(_) => return Ok(0),
        Conn::Postgres(c) => {
            let living = pg_stat_activity::table.select(pg_stat_activity::pid);
            let living: Vec<i32> = living.load(c).await?;
            let mut kept: Vec<i64> = living.into_iter().map(i64::from).collect();
            kept.push(FOLDED);
            let gone = diesel::delete(revisions::table.filter(revisions::shard.ne_all(kept)));
            let counts = (revisions::scope, revisions::n);
            gone.returning(counts).get_results(c).await?
        }
    };
    for (scope, n) in &gone {
        let row = (
            revisions::scope.eq(scope),
            revisions::shard.eq(FOLDED),
            revisions::n.eq(n),
        );
        let add = diesel::insert_into(revisions::table)
            .values(row)
            .on_conflict((revisions::scope, revisions::shard))
            .do_update()
            .set(revisions::n.eq(revisions::n + n));
        run!(tx.conn, c => add.execute(c).await)?;
    }
    Ok(gone.len())
}
