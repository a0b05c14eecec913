//! Reading sessions.

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::schema::{actors, logins, sessions};
use crate::session::{Kind, Scope, Session, token};
use crate::{Caller, Result, Role, limits};

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct Row {
    id: Id,
    kind: String,
    scopes: String,
    label: String,
    csrf: String,
    created_at: Timestamp,
    used_at: Timestamp,
    expires_at: Timestamp,
}

/// The session of this token, where it is still good: not expired, and its account not suspended.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Session>> {
    let row = sessions::table
        .inner_join(actors::table.on(actors::id.eq(sessions::account_id)))
        .inner_join(logins::table.on(logins::account_id.eq(sessions::account_id)))
        .filter(sessions::token_hash.eq(token::hash(token)))
        .filter(sessions::expires_at.gt(now))
        .filter(actors::state.eq(State::Active.name()));
    let row: Option<(Row, Id, String, String)> = run!(conn, c => {
        let columns = (Row::as_select(), actors::id, actors::name, logins::role);
        row.select(columns).first(c).await.optional()
    })?;
    Ok(row.map(|(row, id, name, role)| {
        let role = Role::parse(&role).unwrap_or_default();
        session(row, Caller { id, name, role })
    }))
}

/// The caller's sessions that are still good, newest first.
///
/// # Errors
/// The database refuses.
pub async fn list(conn: &mut Conn, caller: &Caller, now: Timestamp) -> Result<Vec<Session>> {
    let rows = sessions::table
        .filter(sessions::account_id.eq(caller.id))
        .filter(sessions::expires_at.gt(now))
        .order(sessions::id.desc())
        .limit(limits::SESSIONS);
    let rows: Vec<Row> = run!(conn, c => rows.select(Row::as_select()).load(c).await)?;
    let sessions = rows.into_iter().map(|row| session(row, caller.clone()));
    Ok(sessions.collect())
}

fn session(row: Row, caller: Caller) -> Session {
    Session {
        id: row.id,
        caller,
        scopes: row.scopes.split(' ').filter_map(Scope::parse).collect(),
        kind: Kind::read(&row.kind),
        csrf: row.csrf,
        label: row.label,
        created_at: row.created_at,
        used_at: row.used_at,
        expires_at: row.expires_at,
    }
}
