//! The ground floor: connections to either engine, transactions, migrations, the clock and the ids.
//!
//! It knows no table of the product. `domain` and `jobs` write their statements once, in diesel, and
//! [`run!`] hands them to the engine that [`Db`] was opened with.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

mod clock;
mod conn;
mod flush;
pub mod ids;
mod migrate;
mod open;
mod pool;
pub mod rows;
pub mod testing;
mod timestamp;

pub use clock::Clock;
pub use conn::{Conn, Engine};
pub use ids::{Id, Ids};
pub use migrate::Schema;
pub use open::{Connections, Db, Durability, Error, Settings};
pub use pool::{Pooled, Transaction};
pub use timestamp::{DAY, HOUR, MINUTE, SECOND, Timestamp};
