//! After many rows at once PostgreSQL's planner must hear of them; its own daemon takes a minute or more to notice.

use crate::{Conn, Engine, Error};

/// Brings the planner's knowledge of all tables up to date. SQLite plans by the schema alone, as it does when a node
/// grows slowly.
///
/// # Errors
/// The database refuses.
pub async fn analyse(conn: &mut Conn) -> Result<(), Error> {
    match conn.engine() {
        Engine::Postgres => Ok(conn.batch("ANALYZE").await?),
        Engine::Sqlite => Ok(()),
    }
}
