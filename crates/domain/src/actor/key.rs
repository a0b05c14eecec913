//! Keys: those our actors sign with, and those others sign with.

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::schema::actors;
use crate::{Error, Noun, Result};

/// What an actor of this node signs with.
#[derive(Clone)]
pub struct SigningKey {
    /// The id of the public key, as other servers fetch it.
    pub key_id: String,
    /// PKCS#8 in PEM.
    pub private_pem: String,
}

/// Whose key it is that a request was signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Its owner's id.
    pub actor: Id,
    /// Its owner's ActivityPub id.
    pub uri: String,
    /// Its owner's host.
    pub host: String,
    /// SPKI in PEM.
    pub pem: String,
    /// When its owner was last read from its home.
    pub refreshed_at: Timestamp,
}

/// What an actor of this node signs with.
///
/// # Errors
/// `Missing` for ids of nothing and of actors of other servers.
pub async fn key(conn: &mut Conn, actor: Id) -> Result<SigningKey> {
    let stored = actors::table
        .find(actor)
        .filter(actors::private_key.is_not_null())
        .select((actors::key_id, actors::private_key.assume_not_null()));
    let stored: Option<(String, String)> = run!(conn, c => stored.first(c).await.optional())?;
    let Some((key_id, private_pem)) = stored else {
        return Err(Error::Missing(Noun::Account));
    };
    Ok(SigningKey {
        key_id,
        private_pem,
    })
}

/// The key of that id, where we know it; never that of an actor whose home deleted it.
///
/// # Errors
/// The database refuses.
pub async fn public_key_of(conn: &mut Conn, key_id: &str) -> Result<Option<PublicKey>> {
    let stored = actors::table
        .filter(actors::key_id.eq(key_id))
        .filter(actors::state.ne(State::Deleted.name()))
        .order(actors::id)
        .select((
            actors::id,
            actors::uri,
            actors::host,
            actors::public_key,
            actors::refreshed_at,
        ));
    let stored: Option<(Id, String, String, String, Timestamp)> =
        run!(conn, c => stored.first(c).await.optional())?;
    Ok(
        stored.map(|(actor, uri, host, pem, refreshed_at)| PublicKey {
            actor,
            uri,
            host,
            pem,
            refreshed_at,
        }),
    )
}
