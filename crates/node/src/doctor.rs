//! Is this node well? Each look answers what it found and, where something is wrong, what to do about it.
//!
//! No migration is applied. What it may make is what a first start would: the folder of pictures and the node's own
//! actor. Looks that need what an earlier one found broken are left out. Called by `stoa doctor`.

mod database;
mod finding;
mod host;
mod network;
mod traffic;

use db::{Clock, Db};
pub use finding::{Finding, State};
pub(crate) use host::free_bytes;

use crate::config::Config;

/// Looks at everything, in the order in which one thing needs the other.
pub async fn examine(config: &Config, clock: &Clock) -> Vec<Finding> {
    let mut found = vec![host::storage(config), host::space("media", &config.media)];
    let db = match Db::connect(&config.database) {
        Ok(db) => db,
        Err(error) => {
            found.push(database::unreachable(&error));
            return found;
        }
    };
    let schema = database::schema(&db).await;
    let usable = schema.state != State::Problem;
    found.push(schema);
    if !usable {
        return found;
    }
    found.push(host::clock(&db, clock).await);
    found.push(traffic::queues(&db, clock.now()).await);
    found.push(traffic::deliveries(&db, clock.now()).await);
    found.push(traffic::peers(&db).await);
    found.push(network::address(config));
    found.push(network::mirror(config, clock).await);
    found
}
