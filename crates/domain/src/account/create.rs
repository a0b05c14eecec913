//! New accounts of this node.

use db::{Conn, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{Draft, KeyPair, Kind, PasswordHash};
use crate::schema::{actors, logins};
use crate::{
    Caller, Clash, Context, Denial, Error, Fault, Registration, Result, Role, Site, Tx, actor,
    limits, rate, rules, search, site,
};

/// Everything that is wrong with a sign-up from `address`, before anything costly (password hash, keys) is made for
/// it: whether sign-up is open, the fields, whether the name is free and whether the address may try again.
///
/// # Errors
/// `Denied`, `Invalid`, `Conflict` or `Busy`.
pub async fn admit(conn: &mut Conn, cx: &Context, draft: &Draft, address: &str) -> Result<()> {
    open(conn, &cx.site).await?;
    check(draft, &cx.site)?;
    free(conn, &rules::name::normal(&draft.name)).await?;
    rate::check(conn, &cx.site, &limits::RATE_SIGNUPS, address, cx.now()).await
}

/// The faults of a draft that can be seen without the database, all at once.
///
/// # Errors
/// `Invalid`.
pub fn check(draft: &Draft, site: &Site) -> Result<()> {
    let name = rules::name::normal(&draft.name);
    let mut faults: Vec<Fault> = Vec::new();
    rules::name::check(&mut faults, &name, site);
    rules::password::check(&mut faults, &draft.password, &name);
    if let Some(email) = email(draft) {
        rules::password::check_email(&mut faults, email);
    }
    Error::from_faults(faults)
}

/// An account for somebody who came to the site from `address`; [`admit`] goes before.
///
/// # Errors
/// As [`admit`], as things are now.
pub async fn sign_up(
    tx: &mut Tx,
    draft: Draft,
    keys: KeyPair,
    hash: PasswordHash,
    address: &str,
) -> Result<Caller> {
    let site = tx.cx.site.clone();
    open(&mut tx.conn, &site).await?;
    rate::take(tx, &limits::RATE_SIGNUPS, address).await?;
    create(tx, draft, Role::Member, keys, hash).await
}

/// An account, whether sign-up is open or not: for the command line.
///
/// # Errors
/// `Invalid` or `Conflict`.
pub async fn create(
    tx: &mut Tx,
    draft: Draft,
    role: Role,
    keys: KeyPair,
    hash: PasswordHash,
) -> Result<Caller> {
    check(&draft, &tx.cx.site)?;
    let name = rules::name::normal(&draft.name);
    free(&mut tx.conn, &name).await?;
    let id = actor::add_local(tx, Kind::Person, &name, &keys).await?;
    let row = (
        logins::account_id.eq(id),
        logins::password_hash.eq(hash.0),
        logins::email.eq(email(&draft).map(str::to_owned)),
        logins::role.eq(role.name()),
    );
    let insert = diesel::insert_into(logins::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    search::keep_actor(tx, id).await?;
    Ok(Caller { id, name, role })
}

/// Whether strangers may make accounts.
async fn open(conn: &mut Conn, site: &Site) -> Result<()> {
    match site::masthead(conn, site).await?.registration {
        Registration::Open => Ok(()),
        Registration::Closed => Err(Denial::RegistrationClosed.into()),
    }
}

/// Whether no account or board of this node has the name.
pub(crate) async fn free(conn: &mut Conn, name: &str) -> Result<()> {
    let taken = actors::table
        .filter(actors::host.eq(""))
        .filter(actors::name.eq(name))
        .select(actors::id);
    let taken: Option<i64> = run!(conn, c => taken.first(c).await.optional())?;
    match taken {
        Some(_) => Err(Error::Conflict(Clash::NameTaken)),
        None => Ok(()),
    }
}

fn email(draft: &Draft) -> Option<&str> {
    let email = draft.email.as_deref()?.trim();
    (!email.is_empty()).then_some(email)
}
