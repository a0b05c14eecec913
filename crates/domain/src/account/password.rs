//! Passwords: argon2id hashes, made and checked off the async threads.
//!
//! Parameters are the crate's defaults (19 MiB, two passes: the second choice of RFC 9106 as OWASP recommends it).
//! At most one hash per core runs at a time, so that a flood of sign-ins costs neither memory nor the other threads.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Argon2, password_hash};
use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tokio::sync::Semaphore;

use crate::account::PasswordHash;
use crate::schema::{logins, sessions};
use crate::{Caller, Context, Error, Noun, Result, Tx, limits, rate, rules};

/// A hash of nothing anybody knows, with the parameters of real ones: checking against it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
    Zm9yIG5vYm9keSBhdCBhbA$QGv0tA6C3vXwqJmH8w8sT2m4J2oN1bH5y5rZ0uZk3nM";

static GATE: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism();
    Semaphore::new(cores.map_or(1, std::num::NonZero::get))
});

/// Hashes a password; takes some 30 ms of a core and 19 MiB, so async code calls [`hash`].
///
/// # Errors
/// `Internal` where hashing fails.
pub fn hash_password(password: &str) -> Result<PasswordHash> {
    let salt: [u8; 16] = rand::random();
    let salt = SaltString::encode_b64(&salt).map_err(internal)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    Ok(PasswordHash(hash.map_err(internal)?.to_string()))
}

/// [`hash_password`] off the async threads, at most one per core at a time.
///
/// # Errors
/// `Internal` where hashing fails.
pub async fn hash(password: String) -> Result<PasswordHash> {
    gated(move || hash_password(&password)).await
}

/// Whether the password is that of the hash. Without a hash the answer is no and takes as long.
pub(crate) async fn verify(hash: Option<String>, password: String) -> Result<bool> {
    gated(move || {
        let known = hash.is_some();
        let hash = hash.as_deref().unwrap_or(NOBODY);
        let parsed = password_hash::PasswordHash::new(hash).map_err(internal)?;
        let right = Argon2::default().verify_password(password.as_bytes(), &parsed);
        Ok(known && right.is_ok())
    })
    .await
}

/// Changes the caller's password and ends all sessions but `keep`. Takes the context and not a transaction: a wrong
/// guess must count although it fails.
///
/// # Errors
/// `Invalid` on `password` or `current`, `Busy` after too many attempts.
pub async fn set_password(
    cx: &Context,
    caller: &Caller,
    current: String,
    new: String,
    keep: Id,
) -> Result<()> {
    let mut faults = Vec::new();
    rules::password::check(&mut faults, &new, &caller.name);
    Error::from_faults(faults)?;
    cx.write(async |tx| rate::take(tx, &limits::RATE_LOGINS, &caller.name).await)
        .await?;
    let stored = logins::table.find(caller.id).select(logins::password_hash);
    let mut conn = cx.read().await?;
    let stored: Option<String> = run!(conn, c => stored.first(c).await.optional())?;
    drop(conn);
    if !verify(stored, current).await? {
        let detail = "This is not your present password.";
        return Err(Error::invalid("current", "wrong_password", detail));
    }
    let hash = hash(new).await?;
    cx.write(async |tx| replace(tx, caller.id, hash, keep).await)
        .await
}

/// Gives an account of this node another password and ends its sessions; for the command line.
///
/// # Errors
/// `Missing`.
pub async fn reset_password(tx: &mut Tx, account: Id, hash: PasswordHash) -> Result<()> {
    replace(tx, account, hash, NO_SESSION).await
}

/// An id that no session has.
const NO_SESSION: Id = 0;

async fn replace(tx: &mut Tx, account: Id, hash: PasswordHash, keep: Id) -> Result<()> {
    let set = diesel::update(logins::table.find(account)).set(logins::password_hash.eq(hash.0));
    let changed = run!(tx.conn, c => set.execute(c).await)?;
    if changed == 0 {
        return Err(Error::Missing(Noun::Account));
    }
    let others = sessions::table
        .filter(sessions::account_id.eq(account))
        .filter(sessions::id.ne(keep));
    let delete = diesel::delete(others);
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

async fn gated<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _permit = GATE.acquire().await.map_err(Error::internal)?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(Error::internal)?
}

fn internal(error: password_hash::Error) -> Error {
    Error::internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_fits_its_hash() {
        let hash = hash_password("correct horse").unwrap().0;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let is = async |password: &str| verify(Some(hash.clone()), password.to_owned()).await;
        assert!(is("correct horse").await.unwrap());
        assert!(!is("Correct horse").await.unwrap());
        assert_ne!(hash_password("correct horse").unwrap().0, hash);
    }

    #[tokio::test]
    async fn nobody_is_checked_with_the_same_parameters() {
        let hash = hash_password("correct horse").unwrap().0;
        let parameters = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(parameters(&hash), parameters(NOBODY));
        assert!(password_hash::PasswordHash::new(NOBODY).is_ok());
        assert!(!verify(None, String::new()).await.unwrap());
    }
}
