//! Signing in with name and password.
//!
//! An unknown name takes as long as a wrong password and answers the same, and attempts are counted per network
//! address and per name: neither tells who has an account here, nor lets somebody try many passwords.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::{actors, logins};
use crate::session::{Kind, Scope, Session, open};
use crate::{Context, Denial, Result, account, limits, rate, rules};

/// What somebody signs in with, and from where.
#[derive(Clone)]
pub struct Credentials {
    /// The account's name.
    pub name: String,
    /// The password as typed.
    pub password: String,
    /// The network address of the client, for the limit on attempts.
    pub address: String,
}

/// Signs in with name and password, for everything the account may do; answers the token, which is not kept.
///
/// Takes the context and not a transaction: an attempt must count although it fails, and hashing must not hold the
/// database.
///
/// # Errors
/// `Denied` for a wrong name or password and for suspended accounts, `Busy` after too many attempts.
pub async fn sign_in(
    cx: &Context,
    credentials: Credentials,
    kind: Kind,
    label: &str,
) -> Result<(String, Session)> {
    let name = rules::name::normal(&credentials.name);
    let name = name.strip_prefix('@').unwrap_or(&name);
    cx.write(async |tx| {
        let address = format!("address {}", credentials.address);
        rate::take(tx, &limits::RATE_LOGINS, &address).await?;
        rate::take(tx, &limits::RATE_LOGINS, &format!("name {name}")).await
    })
    .await?;

    let login = logins::table
        .inner_join(actors::table.on(actors::id.eq(logins::account_id)))
        .filter(actors::host.eq(""))
        .filter(actors::name.eq(name))
        .select((logins::account_id, logins::password_hash));
    let mut conn = cx.read().await?;
    let login: Option<(Id, String)> = run!(conn, c => login.first(c).await.optional())?;
    drop(conn);
    let (id, hash) = login.unzip();
    let right = account::verify(hash, credentials.password).await?;
    let Some(id) = id.filter(|_| right) else {
        return Err(Denial::BadCredentials.into());
    };
    cx.write(async |tx| open(tx, id, kind, &Scope::ALL, label).await)
        .await
}
