//! Actors of this node: their permanent addresses, and their first row.

use db::{Id, run};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel_async::RunQueryDsl;

use crate::account::{self, Account, KeyPair, Kind};
use crate::actor::own;
use crate::schema::actors;
use crate::{Clash, Error, Result, Tx};

/// Makes the actor of this node itself, where there is none yet: it signs fetches and stands for the node.
///
/// # Errors
/// The database refuses.
pub async fn instance(tx: &mut Tx, keys: KeyPair) -> Result<Account> {
    if let Some(account) = own(&mut tx.conn).await? {
        return Ok(account);
    }
    let host = tx.cx.site.host.clone();
    let id = add_local(tx, Kind::Instance, &host, &keys).await?;
    account::by_id(&mut tx.conn, id).await
}

/// Adds the row of an actor of this node. Its addresses follow from its kind and name and never change.
///
/// # Errors
/// `Conflict` where the name is taken.
pub(crate) async fn add_local(tx: &mut Tx, kind: Kind, name: &str, keys: &KeyPair) -> Result<Id> {
    let id = tx.id();
    let origin = tx.cx.site.origin.clone();
    let uri = match kind {
        Kind::Person => format!("{origin}/u/{name}"),
        Kind::Board => format!("{origin}/b/{name}"),
        Kind::Instance => format!("{origin}/"),
    };
    let base = uri.trim_end_matches('/');
    let inbox = match kind {
        Kind::Instance => format!("{origin}/inbox"),
        Kind::Person | Kind::Board => format!("{base}/inbox"),
    };
    let row = (
        actors::id.eq(id),
        actors::kind.eq(kind.name()),
        actors::host.eq(""),
        actors::name.eq(name),
        actors::uri.eq(&uri),
        actors::url.eq(&uri),
        actors::inbox.eq(inbox),
        actors::shared_inbox.eq(format!("{origin}/inbox")),
        actors::outbox.eq(format!("{base}/outbox")),
        actors::followers.eq(format!("{base}/followers")),
        actors::key_id.eq(format!("{uri}#main-key")),
        actors::public_key.eq(&keys.public_pem),
        actors::private_key.eq(&keys.private_pem),
        actors::created_at.eq(tx.now),
        actors::refreshed_at.eq(tx.now),
    );
    let insert = diesel::insert_into(actors::table).values(row);
    run!(tx.conn, c => insert.execute(c).await).map_err(|error| match error {
        QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
            Error::Conflict(Clash::NameTaken)
        }
        other => other.into(),
    })?;
    Ok(id)
}
