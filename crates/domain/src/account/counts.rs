//! What the node holds, for its front page and NodeInfo.

use db::{Conn, run};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::schema::{actors, boards, peers};

/// What the node holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InstanceCounts {
    /// Accounts of this node.
    pub accounts: i64,
    /// Posts of its accounts.
    pub posts: i64,
    /// Threads on its boards.
    pub threads: i64,
    /// Boards of this node.
    pub boards: i64,
    /// Servers it knows.
    pub peers: i64,
}

/// What the node holds; sums of counters, so that no post is touched.
///
/// # Errors
/// The database refuses.
pub async fn counts(conn: &mut Conn) -> Result<InstanceCounts> {
    // PostgreSQL sums 64-bit numbers to a type that diesel knows only with one more crate.
    let people = actors::table
        .filter(actors::kind.eq("person").and(actors::host.eq("")))
        .select((
            diesel::dsl::count_star(),
            sql::<BigInt>("CAST(COALESCE(SUM(actors.post_count), 0) AS BIGINT)"),
        ));
    let (accounts, posts): (i64, i64) = run!(conn, c => people.first(c).await)?;
    let local = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(actors::kind.eq("board").and(actors::host.eq("")))
        .select((
            diesel::dsl::count_star(),
            sql::<BigInt>("CAST(COALESCE(SUM(boards.thread_count), 0) AS BIGINT)"),
        ));
    let (boards, threads): (i64, i64) = run!(conn, c => local.first(c).await)?;
    let known = peers::table.count();
    let peers: i64 = run!(conn, c => known.get_result(c).await)?;
    Ok(InstanceCounts {
        accounts,
        posts,
        threads,
        boards,
        peers,
    })
}
