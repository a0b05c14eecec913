//! Admins give an account of this node another role.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{by_id, set_role};
use crate::audit::{self, Act};
use crate::rules::reason::Readers;
use crate::schema::logins;
use crate::{Caller, Clash, Denial, Error, Noun, Result, Role, Tx, rules};

/// Gives an account of this node another role, which its open sessions have at once; admins may, and say why. The
/// last admin stays one.
///
/// # Errors
/// `Denied`, `Missing`, `Invalid` on `reason`, `Conflict` for the last admin.
pub async fn appoint(
    tx: &mut Tx,
    caller: &Caller,
    account: Id,
    role: Role,
    reason: &str,
) -> Result<()> {
    if caller.role < Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    let reason = rules::reason::given(reason, Readers::Admins)?;
    let named = by_id(&mut tx.conn, account).await?;
    let before = role_of(tx, account).await?;
    if before == role {
        return Ok(());
    }
    if before == Role::Admin && !has_other_admin(tx, account).await? {
        return Err(Error::Conflict(Clash::LastAdmin));
    }

    set_role(tx, account, role).await?;
    let subject = format!("@{} {} \u{2192} {}", named.name, before.name(), role.name());
    audit::note(tx, caller, Act::RoleChanged, &subject, &reason).await
}

async fn role_of(tx: &mut Tx, account: Id) -> Result<Role> {
    let role = logins::table.find(account).select(logins::role);
    let role: Option<String> = run!(tx.conn, c => role.first(c).await.optional())?;
    let role = role.ok_or(Error::Missing(Noun::Account))?;
    Ok(Role::parse(&role).unwrap_or_default())
}

/// Whether somebody else runs the node too. All admins' rows are held, so that two who resign at the same time see
/// each other.
async fn has_other_admin(tx: &mut Tx, account: Id) -> Result<bool> {
    let admins = crate::lock::admins(tx).await?;
    Ok(admins.into_iter().any(|admin| admin != account))
}
