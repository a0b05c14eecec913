//! Reading accounts.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{Account, Kind, Row, State};
use crate::schema::{actors, logins};
use crate::{Caller, Denial, Error, Handle, Noun, Result, Role};

/// The account of that name; boards and the node itself are none.
///
/// # Errors
/// `Missing`, `Gone` where its home deleted it, and `Denied` where its server is suspended here.
pub async fn find(conn: &mut Conn, handle: &Handle) -> Result<Account> {
    let row = actors::table
        .filter(actors::host.eq(&handle.host))
        .filter(actors::name.eq(&handle.name));
    let row: Option<Row> = run!(conn, c => row.select(Row::as_select()).first(c).await.optional())?;
    let account = row.map(Account::from);
    match account.filter(|account| account.kind == Kind::Person) {
        Some(account) => open(account),
        None => Err(Error::Missing(Noun::Account)),
    }
}

/// The account, board or instance of that id, where it may be shown.
///
/// # Errors
/// As [`find`].
pub async fn shown(conn: &mut Conn, id: Id) -> Result<Account> {
    open(by_id(conn, id).await?)
}

fn open(account: Account) -> Result<Account> {
    match account.state {
        State::Deleted => Err(Error::Gone(Noun::Account)),
        State::Withheld => Err(Denial::PeerSuspended.into()),
        State::Active | State::Suspended => Ok(account),
    }
}

/// The account, board or instance of that id, whatever its state.
///
/// # Errors
/// `Missing`.
pub async fn by_id(conn: &mut Conn, id: Id) -> Result<Account> {
    let row = actors::table.find(id);
    let row: Option<Row> = run!(conn, c => row.select(Row::as_select()).first(c).await.optional())?;
    row.map(Account::from).ok_or(Error::Missing(Noun::Account))
}

/// The account, board or instance of that ActivityPub id, whatever its state.
///
/// # Errors
/// The database refuses.
pub async fn by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Account>> {
    let row = actors::table.filter(actors::uri.eq(uri));
    let row: Option<Row> = run!(conn, c => row.select(Row::as_select()).first(c).await.optional())?;
    Ok(row.map(Account::from))
}

/// Those of these ids that there are, in one statement.
///
/// # Errors
/// The database refuses.
pub async fn by_ids(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Account>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = actors::table.filter(actors::id.eq_any(ids));
    let rows: Vec<Row> = run!(conn, c => rows.select(Row::as_select()).load(c).await)?;
    let accounts = rows.into_iter().map(Account::from);
    Ok(accounts.map(|account| (account.id, account)).collect())
}

/// An account of this node as the one who acts: for the command line, which has no session.
///
/// # Errors
/// `Missing`, or `Denied` where it is suspended.
pub async fn caller(conn: &mut Conn, name: &str) -> Result<Caller> {
    let row = logins::table
        .inner_join(actors::table.on(actors::id.eq(logins::account_id)))
        .filter(actors::host.eq(""))
        .filter(actors::name.eq(name))
        .select((actors::id, actors::name, logins::role, actors::state));
    let row: Option<(Id, String, String, String)> = run!(conn, c => row.first(c).await.optional())?;
    let Some((id, name, role, state)) = row else {
        return Err(Error::Missing(Noun::Account));
    };
    if State::of(&state, false) != State::Active {
        return Err(Denial::Suspended.into());
    }
    let role = Role::parse(&role).unwrap_or_default();
    Ok(Caller { id, name, role })
}

/// The account that has run this node for longest, if any does: for the command line.
///
/// # Errors
/// The database refuses.
pub async fn first_admin(conn: &mut Conn) -> Result<Option<Caller>> {
    let name = logins::table
        .inner_join(actors::table.on(actors::id.eq(logins::account_id)))
        .filter(logins::role.eq(Role::Admin.name()))
        .filter(actors::state.eq(State::Active.name()))
        .order(actors::id)
        .select(actors::name);
    let name: Option<String> = run!(conn, c => name.first(c).await.optional())?;
    match name {
        Some(name) => caller(conn, &name).await.map(Some),
        None => Ok(None),
    }
}
