//! Reading follows.

use std::collections::HashMap;

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::account::{self, Account};
use crate::follow::{Follow, State};
use crate::schema::{actors, follows};

diesel::define_sql_function! {
    /// The first that is not NULL.
    #[sql_name = "COALESCE"]
    fn coalesce(first: Nullable<Text>, second: Text) -> Text;
}

/// Whether it follows it.
///
/// # Errors
/// The database refuses.
pub async fn state(conn: &mut Conn, follower: Id, target: Id) -> Result<Option<State>> {
    Ok(find(conn, follower, target)
        .await?
        .map(|follow| follow.state))
}

/// The follow of these two.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, follower: Id, target: Id) -> Result<Option<Follow>> {
    let row = follows::table.find((follower, target)).select((
        follows::state,
        follows::uri,
        follows::created_at,
    ));
    let row: Option<(String, String, Timestamp)> = run!(conn, c => row.first(c).await.optional())?;
    Ok(row.map(|(state, uri, created_at)| Follow {
        follower,
        target,
        state: State::read(&state),
        uri,
        created_at,
    }))
}

/// The follow whose activity has this id.
///
/// # Errors
/// The database refuses.
pub async fn by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Follow>> {
    let pair = follows::table
        .filter(follows::uri.eq(uri))
        .select((follows::follower_id, follows::target_id));
    let pair: Option<(Id, Id)> = run!(conn, c => pair.first(c).await.optional())?;
    match pair {
        Some((follower, target)) => find(conn, follower, target).await,
        None => Ok(None),
    }
}

/// How far one's follows of these targets are.
pub(crate) async fn states(
    conn: &mut Conn,
    follower: Id,
    targets: &[Id],
) -> Result<HashMap<Id, State>> {
    let rows = follows::table
        .filter(follows::follower_id.eq(follower))
        .filter(follows::target_id.eq_any(targets))
        .select((follows::target_id, follows::state));
    let rows: Vec<(Id, String)> = run!(conn, c => rows.load(c).await)?;
    let states = rows
        .into_iter()
        .map(|(id, state)| (id, State::read(&state)));
    Ok(states.collect())
}

/// Whose follows hold, by id; `after` the id of the last seen.
///
/// # Errors
/// The database refuses.
pub async fn followers(
    conn: &mut Conn,
    target: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Account>> {
    let rows = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(follows::target_id.eq(target))
        .filter(follows::state.eq(State::Accepted.name()))
        .filter(follows::follower_id.gt(after.unwrap_or(0)))
        .order(follows::follower_id)
        .limit(limit);
    let rows: Vec<account::Row> =
        run!(conn, c => rows.select(account::Row::as_select()).load(c).await)?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// Hosts and inboxes of the followers elsewhere: the shared one where there is one, each once. One statement, because
/// it runs for every post.
///
/// # Errors
/// The database refuses.
pub async fn follower_inboxes(conn: &mut Conn, target: Id) -> Result<Vec<(String, String)>> {
    let rows = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(follows::target_id.eq(target))
        .filter(follows::state.eq(State::Accepted.name()))
        .filter(actors::host.ne(""))
        .filter(actors::state.ne(account::State::Deleted.name()))
        .select((actors::host, coalesce(actors::shared_inbox, actors::inbox)))
        .distinct();
    Ok(run!(conn, c => rows.load(c).await)?)
}

/// Whether somebody of this node follows it.
///
/// # Errors
/// The database refuses.
pub async fn has_local_followers(conn: &mut Conn, target: Id) -> Result<bool> {
    let local = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(follows::target_id.eq(target))
        .filter(follows::state.eq(State::Accepted.name()))
        .filter(actors::host.eq(""));
    let exists = diesel::select(diesel::dsl::exists(local));
    Ok(run!(conn, c => exists.get_result(c).await)?)
}

/// How many follow it.
///
/// # Errors
/// The database refuses.
pub async fn count(conn: &mut Conn, target: Id) -> Result<i64> {
    let count = follows::table
        .filter(follows::target_id.eq(target))
        .filter(follows::state.eq(State::Accepted.name()))
        .count();
    Ok(run!(conn, c => count.get_result(c).await)?)
}
