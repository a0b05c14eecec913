//! Ids that sort by time: 41 bits of milliseconds since 2025-01-01, 10 bits of process number, 12 bits
//! of sequence, of which the upper half is for moments in the past. They fit a `BIGINT` and a JSON client that sorts
//! them as numbers.
//!
//! The process number is leased from the database, so that two processes on one database never
//! give out the same id.

use std::sync::{Arc, Mutex, PoisonError};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{Clock, Conn, Db, Error, MINUTE, Timestamp, run};

/// The id of a row.
pub type Id = i64;

/// 2025-01-01T00:00:00Z in milliseconds since 1970.
const EPOCH: i64 = 1_735_689_600_000;
const SEQUENCE_BITS: u32 = 12;
const PROCESS_BITS: u32 = 10;
/// Where the sequences of [`Ids::at`] begin; [`Ids::next`] stays below, so that the two never meet.
const PAST: i64 = 1 << (SEQUENCE_BITS - 1);
/// How long a process keeps its number without renewing it.
const LEASE: i64 = 10 * MINUTE;

diesel::table! {
    processes (number) {
        number -> BigInt,
        token -> BigInt,
        leased_until -> BigInt,
    }
}

/// Gives out ids for one process.
#[derive(Clone)]
pub struct Ids {
    process: i64,
    token: i64,
    last: Arc<Mutex<Last>>,
}

struct Last {
    millis: i64,
    sequence: i64,
    /// For ids in the past, where the millisecond may have been used before.
    past: i64,
}

impl Ids {
    /// Leases a process number from the database.
    ///
    /// # Errors
    /// The database cannot be written, or all 1024 numbers are taken.
    pub async fn lease(db: &Db, clock: &Clock) -> Result<Self, Error> {
        let now = clock.now();
        let token: i64 = rand::random();
        let process = db.write(async |conn| claim(conn, now, token).await).await?;
        let past = i64::from(rand::random::<u16>());
        let last = Arc::new(Mutex::new(Last {
            millis: 0,
            sequence: 0,
            past,
        }));
        Ok(Self {
            process,
            token,
            last,
        })
    }

    /// Prolongs the lease; the node calls it every few minutes. It lasts beyond the latest id that was given, so that
    /// a process that begins after the clock was set back takes another number.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn renew(&self, db: &Db, clock: &Clock) -> Result<(), Error> {
        let given = self
            .last
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .millis;
        let latest = clock.now().max(moment(compose(given, 0, 0)));
        let until = latest.plus(LEASE);
        let mine = processes::table.filter(
            processes::number
                .eq(self.process)
                .and(processes::token.eq(self.token)),
        );
        let set = diesel::update(mine).set(processes::leased_until.eq(until.0));
        db.write(async |conn| Ok(run!(conn, c => set.execute(c).await).map(|_| ())?))
            .await
    }

    /// The next id; later than every id given before, also when the clock goes back.
    pub fn next(&self, now: Timestamp) -> Id {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let millis = millis(now);
        if millis > last.millis {
            last.millis = millis;
            last.sequence = 0;
        } else {
            last.sequence += 1;
            if last.sequence == PAST {
                last.millis += 1;
                last.sequence = 0;
            }
        }
        compose(last.millis, self.process, last.sequence)
    }

    /// An id as of `moment`, for things that were made elsewhere and earlier: they take their place in every list.
    /// It may have been given before, for the same millisecond; who uses it asks.
    pub fn at(&self, moment: Timestamp) -> Id {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.past += 1;
        compose(millis(moment), self.process, PAST + last.past % PAST)
    }
}

/// The smallest id that can have been made at this moment: things with smaller ids are older.
pub fn floor(moment: Timestamp) -> Id {
    compose(millis(moment), 0, 0)
}

/// The moment an id was made for, in whole milliseconds.
pub fn moment(id: Id) -> Timestamp {
    Timestamp(((id >> (SEQUENCE_BITS + PROCESS_BITS)) + EPOCH).saturating_mul(1000))
}

fn millis(moment: Timestamp) -> i64 {
    (moment.0.div_euclid(1000) - EPOCH).clamp(0, (1 << 41) - 1)
}

fn compose(millis: i64, process: i64, sequence: i64) -> Id {
    millis << (SEQUENCE_BITS + PROCESS_BITS) | process << SEQUENCE_BITS | sequence
}

async fn claim(conn: &mut Conn, now: Timestamp, token: i64) -> Result<i64, Error> {
    for number in 0..(1 << PROCESS_BITS) {
        let until = now.plus(LEASE).0;
        let row = (
            processes::number.eq(number),
            processes::token.eq(token),
            processes::leased_until.eq(until),
        );
        let insert = diesel::insert_into(processes::table)
            .values(row)
            .on_conflict_do_nothing();
        if run!(conn, c => insert.execute(c).await)? == 1 {
            return Ok(number);
        }
        let free = processes::number
            .eq(number)
            .and(processes::leased_until.lt(now.0));
        let take = diesel::update(processes::table.filter(free)).set((
            processes::token.eq(token),
            processes::leased_until.eq(until),
        ));
        if run!(conn, c => take.execute(c).await)? == 1 {
            return Ok(number);
        }
    }
    Err(Error::Migrate(
        "all 1024 process numbers are leased".to_owned(),
    ))
}
