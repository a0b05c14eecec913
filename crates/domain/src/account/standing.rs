//! What the people who run the node decide about an account: its role, and whether it may act.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::schema::{actors, logins, sessions};
use crate::{Error, Noun, Result, Role, Tx};

/// Gives an account of this node another role; its open sessions have it at once.
///
/// # Errors
/// `Missing`.
pub async fn set_role(tx: &mut Tx, account: Id, role: Role) -> Result<()> {
    let set = diesel::update(logins::table.find(account)).set(logins::role.eq(role.name()));
    found(run!(tx.conn, c => set.execute(c).await)?)
}

/// Suspends an account, here or elsewhere, and ends its sessions.
///
/// # Errors
/// `Missing`.
pub async fn disable(tx: &mut Tx, account: Id) -> Result<()> {
    set_state(tx, account, State::Suspended).await?;
    let delete = diesel::delete(sessions::table.filter(sessions::account_id.eq(account)));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

/// Lets a suspended account act again.
///
/// # Errors
/// `Missing`.
pub async fn enable(tx: &mut Tx, account: Id) -> Result<()> {
    set_state(tx, account, State::Active).await
}

/// Accounts that their home deleted stay deleted.
async fn set_state(tx: &mut Tx, account: Id, state: State) -> Result<()> {
    let there = actors::table
        .find(account)
        .filter(actors::kind.eq("person"))
        .filter(actors::state.ne(State::Deleted.name()));
    let set = diesel::update(there).set(actors::state.eq(state.name()));
    found(run!(tx.conn, c => set.execute(c).await)?)
}

fn found(rows: usize) -> Result<()> {
    if rows == 0 {
        return Err(Error::Missing(Noun::Account));
    }
    Ok(())
}
