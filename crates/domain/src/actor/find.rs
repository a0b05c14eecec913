//! Reading actors as federation sees them.

use std::collections::HashMap;

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account, Kind, State};
use crate::actor::Row;
use crate::schema::actors;
use crate::{Handle, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = actors)]
struct Stored {
    id: Id,
    uri: String,
    name: String,
    host: String,
    kind: String,
    inbox: String,
    shared_inbox: Option<String>,
    outbox: Option<String>,
    followers: Option<String>,
    public_key: String,
    key_id: String,
    refreshed_at: Timestamp,
    state: String,
    withheld: bool,
}

impl From<Stored> for Row {
    fn from(stored: Stored) -> Self {
        Self {
            id: stored.id,
            uri: stored.uri,
            name: stored.name,
            host: stored.host,
            kind: Kind::read(&stored.kind),
            inbox: stored.inbox,
            shared_inbox: stored.shared_inbox,
            outbox: stored.outbox,
            followers: stored.followers,
            public_key: stored.public_key,
            key_id: stored.key_id,
            refreshed_at: stored.refreshed_at,
            state: State::of(&stored.state, stored.withheld),
        }
    }
}

/// The actor of that ActivityPub id.
///
/// # Errors
/// The database refuses.
pub async fn row(conn: &mut Conn, uri: &str) -> Result<Option<Row>> {
    let stored = actors::table.filter(actors::uri.eq(uri));
    let stored: Option<Stored> =
        run!(conn, c => stored.select(Stored::as_select()).first(c).await.optional())?;
    Ok(stored.map(Row::from))
}

/// The actor of that id.
///
/// # Errors
/// The database refuses.
pub async fn by_id(conn: &mut Conn, id: Id) -> Result<Option<Row>> {
    let stored = actors::table.find(id);
    let stored: Option<Stored> =
        run!(conn, c => stored.select(Stored::as_select()).first(c).await.optional())?;
    Ok(stored.map(Row::from))
}

/// Those of these ids that there are, in one statement.
///
/// # Errors
/// The database refuses.
pub async fn by_ids(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Row>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let stored = actors::table.filter(actors::id.eq_any(ids));
    let stored: Vec<Stored> = run!(conn, c => stored.select(Stored::as_select()).load(c).await)?;
    let rows = stored.into_iter().map(Row::from);
    Ok(rows.map(|row| (row.id, row)).collect())
}

/// The actor of that name, be it a board, an account or the node itself: for WebFinger.
///
/// # Errors
/// The database refuses.
pub async fn by_handle(conn: &mut Conn, handle: &Handle) -> Result<Option<Row>> {
    let stored = actors::table
        .filter(actors::host.eq(&handle.host))
        .filter(actors::name.eq(&handle.name));
    let stored: Option<Stored> =
        run!(conn, c => stored.select(Stored::as_select()).first(c).await.optional())?;
    Ok(stored.map(Row::from))
}

/// The actor of this node itself, once it was made.
///
/// # Errors
/// The database refuses.
pub async fn own(conn: &mut Conn) -> Result<Option<Account>> {
    let stored = actors::table
        .filter(actors::kind.eq(Kind::Instance.name()))
        .filter(actors::host.eq(""));
    let stored: Option<account::Row> =
        run!(conn, c => stored.select(account::Row::as_select()).first(c).await.optional())?;
    Ok(stored.map(Account::from))
}

/// Hosts and inboxes of those of these actors that live elsewhere: the shared inbox where there is one, each once.
///
/// # Errors
/// The database refuses.
pub async fn inboxes(conn: &mut Conn, ids: &[Id]) -> Result<Vec<(String, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let inbox = crate::follow::coalesce(actors::shared_inbox, actors::inbox);
    let rows = actors::table
        .filter(actors::id.eq_any(ids))
        .filter(actors::host.ne(""))
        .filter(actors::state.ne(State::Deleted.name()))
        .select((actors::host, inbox))
        .distinct();
    Ok(run!(conn, c => rows.load(c).await)?)
}
