//! The first admin of a new node: a link with a secret, printed once at each start until somebody used it.
//!
//! Only the secret's hash is kept, in a row that the making of the first admin deletes: of two who use the link at the
//! same time one finds the row gone. Where an admin exists, made in whatever way, the link leads nowhere.

use db::{Conn, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Draft, KeyPair, PasswordHash};
use crate::audit::{self, Act};
use crate::schema::settings as rows;
use crate::session::{secret, secret_hash};
use crate::{Caller, Error, Noun, Result, Role, Tx};

/// The row of the secret's hash.
const ROW: &str = "first_run";

/// A new secret, where the node has no admin; the one before is no longer good. For the start of a node, which shows
/// it to whoever started it.
///
/// # Errors
/// The database refuses.
pub async fn offer(tx: &mut Tx) -> Result<Option<String>> {
    withdraw(tx).await?;
    if account::first_admin(&mut tx.conn).await?.is_some() {
        return Ok(None);
    }
    let secret = secret();
    let row = (rows::name.eq(ROW), rows::value.eq(secret_hash(&secret)));
    let insert = diesel::insert_into(rows::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(Some(secret))
}

/// Whether the secret is still good.
///
/// # Errors
/// `Missing` where it is not.
pub async fn check(conn: &mut Conn, secret: &str) -> Result<()> {
    let row = rows::table.find(ROW).select(rows::value);
    let kept: Option<String> = run!(conn, c => row.first(c).await.optional())?;
    let good = kept.is_some_and(|kept| kept == secret_hash(secret));
    if good && account::first_admin(conn).await?.is_none() {
        return Ok(());
    }
    Err(Error::Missing(Noun::Page))
}

/// Makes the first admin; [`check`] goes before, because keys and hash cost much.
///
/// # Errors
/// `Missing` where the secret is not, or no longer, good; `Invalid` on `name` or `password`, `Conflict`.
pub async fn make_admin(
    tx: &mut Tx,
    secret: &str,
    draft: Draft,
    keys: KeyPair,
    hash: PasswordHash,
) -> Result<Caller> {
    let mine = rows::table
        .filter(rows::name.eq(ROW))
        .filter(rows::value.eq(secret_hash(secret)));
    let delete = diesel::delete(mine);
    let deleted = run!(tx.conn, c => delete.execute(c).await)?;
    if deleted == 0 || account::first_admin(&mut tx.conn).await?.is_some() {
        return Err(Error::Missing(Noun::Page));
    }
    let admin = account::create(tx, draft, Role::Admin, keys, hash).await?;
    let subject = format!("@{}", admin.name);
    audit::note(tx, &admin, Act::FirstAdmin, &subject, "").await?;
    Ok(admin)
}

async fn withdraw(tx: &mut Tx) -> Result<()> {
    let delete = diesel::delete(rows::table.find(ROW));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}
