//! Admins suspend an account and let it act again; the public log says so.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{by_id, disable, enable};
use crate::log::{self, Act, Line};
use crate::rules::ban::{Office, may};
use crate::rules::reason::Readers;
use crate::schema::actors;
use crate::{Caller, Denial, Error, Noun, Result, Role, Tx, audit, ban, limits, rate, rules};

/// Suspends an account, here or elsewhere: it is signed out, and nothing it writes is taken. Repeated it changes
/// nothing. Admins may, and say why; no moderator or admin is suspended before their role was taken from them.
///
/// # Errors
/// `Denied`, `Missing`, `Invalid` on `reason`, `Busy`.
pub async fn suspend(tx: &mut Tx, caller: &Caller, account: Id, reason: &str) -> Result<()> {
    decide(tx, caller, account, reason, Act::Suspend).await
}

/// Lets a suspended account act again. Repeated it changes nothing.
///
/// # Errors
/// As [`suspend`].
pub async fn reinstate(tx: &mut Tx, caller: &Caller, account: Id, reason: &str) -> Result<()> {
    decide(tx, caller, account, reason, Act::Reinstate).await
}

async fn decide(tx: &mut Tx, caller: &Caller, account: Id, reason: &str, act: Act) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let suspends = act == Act::Suspend;
    let office = Office {
        may: caller.role == Role::Admin,
        of_staff: suspends && ban::is_staff(&mut tx.conn, account).await?,
    };
    may(office, Denial::NotAdmin)?;
    let reason = match suspends {
        true => rules::reason::given(reason, Readers::Everybody)?,
        false => rules::reason::optional(reason)?,
    };
    let before = actors::table
        .find(account)
        .filter(actors::kind.eq("person"))
        .select(actors::state);
    let before: Option<String> = run!(tx.conn, c => before.first(c).await.optional())?;
    let before = before.ok_or(Error::Missing(Noun::Account))?;
    if before == if suspends { "suspended" } else { "active" } {
        return Ok(());
    }

    match suspends {
        true => disable(tx, account).await?,
        false => enable(tx, account).await?,
    }
    log::write(tx, Line::new(caller.id, act, &reason).concerning(account)).await?;
    let subject = format!("@{}", by_id(&mut tx.conn, account).await?.acct());
    let act = match suspends {
        true => audit::Act::AccountSuspended,
        false => audit::Act::AccountRestored,
    };
    audit::note(tx, caller, act, &subject, &reason).await
}
