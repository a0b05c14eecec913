//! Looking into the queue, and setting right by hand what went wrong: for the people who run the node.

use db::{Conn, Error, Id, Timestamp, run};
use diesel::dsl::{count_star, min, sql};
use diesel::prelude::*;
use diesel::sql_types::SmallInt;
use diesel_async::RunQueryDsl;

use crate::queue::{GIVEN_UP, WAITING, jobs};

/// A job as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct Listed {
    /// Its id.
    pub id: Id,
    /// Which worker it is for.
    pub queue: String,
    /// Its lane.
    pub lane: Option<String>,
    /// What the worker needs to know.
    pub payload: String,
    /// Not before this moment.
    pub run_at: Timestamp,
    /// How often it was claimed.
    pub attempts: i32,
    /// Until when a worker has it.
    pub leased_until: Timestamp,
    state: i16,
    /// What went wrong last.
    pub error: Option<String>,
    /// When it was enqueued.
    pub created_at: Timestamp,
}

impl Listed {
    /// Whether nobody will try it again.
    pub fn is_given_up(&self) -> bool {
        self.state == GIVEN_UP
    }

    /// Whether a worker has it right now.
    pub fn is_running(&self, now: Timestamp) -> bool {
        self.state == WAITING && self.leased_until > now
    }
}

/// How full a queue is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// Jobs that wait, now or later.
    pub waiting: i64,
    /// Jobs that nobody will try again.
    pub given_up: i64,
    /// When the first of those that wait may run, or might have run.
    pub next_at: Option<Timestamp>,
}

/// Where in a list to look: its beginning, what follows a key, or what goes before it, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<K> {
    /// From its beginning.
    Start,
    /// What follows.
    After(K),
    /// What goes before, backwards.
    Before(K),
}

/// Jobs that nobody will try again, the newest first; their key is their id.
///
/// # Errors
/// The database refuses.
pub async fn given_up(conn: &mut Conn, part: Part<Id>, limit: i64) -> Result<Vec<Listed>, Error> {
    let id = jobs::id;
    // A literal, so that the index of these few is seen to fit.
    let state = jobs::state.eq(sql::<SmallInt>("1"));
    Ok(run!(conn, c => {
        let all = jobs::table
            .filter(state)
            .select(Listed::as_select())
            .limit(limit)
            .into_boxed();
        let part = match part {
            Part::Start => all.order(id.desc()),
            Part::After(i) => all.filter(id.lt(i)).order(id.desc()),
            Part::Before(i) => all.filter(id.gt(i)).order(id.asc()),
        };
        part.load(c).await
    })?)
}

/// Jobs of a queue that wait, the first to run first; their key is when they may run, and their id.
///
/// # Errors
/// The database refuses.
pub async fn waiting_in(
    conn: &mut Conn,
    queue: &str,
    part: Part<(i64, Id)>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let (at, id) = (jobs::run_at, jobs::id);
    let state = jobs::state.eq(sql::<SmallInt>("0"));
    Ok(run!(conn, c => {
        let all = jobs::table
            .filter(state)
            .filter(jobs::queue.eq(queue))
            .select(Listed::as_select())
            .limit(limit)
            .into_boxed();
        let part = match part {
            Part::Start => all.order((at.asc(), id.asc())),
            Part::After((a, i)) => all
                .filter(at.ge(a).and(at.gt(a).or(id.gt(i))))
                .order((at.asc(), id.asc())),
            Part::Before((a, i)) => all
                .filter(at.le(a).and(at.lt(a).or(id.lt(i))))
                .order((at.desc(), id.desc())),
        };
        part.load(c).await
    })?)
}

/// One job; `None` where it is done or never was.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Listed>, Error> {
    let row = jobs::table.find(id);
    Ok(run!(conn, c => row.select(Listed::as_select()).first(c).await.optional())?)
}

/// How full each queue is that holds anything, by name.
///
/// # Errors
/// The database refuses.
pub async fn queues(conn: &mut Conn) -> Result<Vec<Queue>, Error> {
    let counts = jobs::table
        .group_by((jobs::queue, jobs::state))
        .order((jobs::queue, jobs::state))
        .select((jobs::queue, jobs::state, count_star(), min(jobs::run_at)));
    let counts: Vec<(String, i16, i64, Option<i64>)> = run!(conn, c => counts.load(c).await)?;
    let mut queues: Vec<Queue> = Vec::new();
    for (name, state, count, first) in counts {
        if queues.last().is_none_or(|last| last.name != name) {
            queues.push(Queue {
                name,
                waiting: 0,
                given_up: 0,
                next_at: None,
            });
        }
        let Some(queue) = queues.last_mut() else {
            continue;
        };
        if state == WAITING {
            queue.waiting = count;
            queue.next_at = first.map(Timestamp);
        } else {
            queue.given_up += count;
        }
    }
    Ok(queues)
}

/// Lets a job run at once, as if it had never been tried; `false` where a worker has it, or it is gone.
///
/// # Errors
/// The database refuses.
pub async fn run_again(conn: &mut Conn, id: Id, now: Timestamp) -> Result<bool, Error> {
    let free = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::leased_until.le(now.0).or(jobs::state.eq(GIVEN_UP)));
    let set = diesel::update(free).set((
        jobs::state.eq(WAITING),
        jobs::run_at.eq(now.0),
        jobs::attempts.eq(0),
        jobs::leased_until.eq(0),
    ));
    Ok(run!(conn, c => set.execute(c).await)? == 1)
}

/// Throws a job away; `false` where a worker has it, or it is gone.
///
/// # Errors
/// The database refuses.
pub async fn drop_job(conn: &mut Conn, id: Id, now: Timestamp) -> Result<bool, Error> {
    let free = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::leased_until.le(now.0).or(jobs::state.eq(GIVEN_UP)));
    let delete = diesel::delete(free);
    Ok(run!(conn, c => delete.execute(c).await)? == 1)
}
