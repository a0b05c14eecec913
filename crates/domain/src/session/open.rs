//! New sessions.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::schema::{actors, logins, sessions};
use crate::session::{Kind, Scope, Session, token};
use crate::{Caller, Denial, Error, Noun, Result, Role, Tx, limits};

/// Opens a session for an account of this node that proved itself otherwise; answers the token, which is not kept.
///
/// # Errors
/// `Missing`, or `Denied` where the account is suspended.
pub async fn open(
    tx: &mut Tx,
    account: Id,
    kind: Kind,
    scopes: &[Scope],
    label: &str,
) -> Result<(String, Session)> {
    let caller = owner(tx, account).await?;
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    let secret = token::make();
    let session = Session {
        id: tx.id(),
        caller,
        scopes,
        kind,
        csrf: token::csrf(),
        label: markup::plain_line(label)
            .chars()
            .take(limits::LABEL)
            .collect(),
        created_at: tx.now,
        used_at: tx.now,
        expires_at: tx.now.plus(kind.life()),
    };
    make_room(tx, account).await?;
    insert(tx, &secret, &session).await?;
    Ok((secret, session))
}

async fn owner(tx: &mut Tx, account: Id) -> Result<Caller> {
    let row = logins::table
        .inner_join(actors::table.on(actors::id.eq(logins::account_id)))
        .filter(logins::account_id.eq(account))
        .select((actors::name, logins::role, actors::state));
    let row: Option<(String, String, String)> = run!(tx.conn, c => row.first(c).await.optional())?;
    let Some((name, role, state)) = row else {
        return Err(Error::Missing(Noun::Account));
    };
    if State::of(&state, false) != State::Active {
        return Err(Denial::Suspended.into());
    }
    let role = Role::parse(&role).unwrap_or_default();
    Ok(Caller {
        id: account,
        name,
        role,
    })
}

/// Ends expired sessions of the account, and the oldest where there are too many.
async fn make_room(tx: &mut Tx, account: Id) -> Result<()> {
    let expired = sessions::table
        .filter(sessions::account_id.eq(account))
        .filter(sessions::expires_at.le(tx.now));
    let delete = diesel::delete(expired);
    run!(tx.conn, c => delete.execute(c).await)?;
    let newest = sessions::table
        .filter(sessions::account_id.eq(account))
        .order(sessions::id.desc())
        .limit(limits::SESSIONS)
        .select(sessions::id);
    let newest: Vec<Id> = run!(tx.conn, c => newest.load(c).await)?;
    let full = i64::try_from(newest.len()).is_ok_and(|open| open >= limits::SESSIONS);
    if let Some(oldest) = newest.last().filter(|_| full) {
        let old = sessions::table
            .filter(sessions::account_id.eq(account))
            .filter(sessions::id.le(*oldest));
        let delete = diesel::delete(old);
        run!(tx.conn, c => delete.execute(c).await)?;
    }
    Ok(())
}

async fn insert(tx: &mut Tx, secret: &str, session: &Session) -> Result<()> {
    let scopes: Vec<&str> = session.scopes.iter().map(|scope| scope.name()).collect();
    let row = (
        sessions::token_hash.eq(token::hash(secret)),
        sessions::account_id.eq(session.caller.id),
        sessions::id.eq(session.id),
        sessions::kind.eq(session.kind.name()),
        sessions::scopes.eq(scopes.join(" ")),
        sessions::label.eq(&session.label),
        sessions::csrf.eq(&session.csrf),
        sessions::created_at.eq(session.created_at),
        sessions::used_at.eq(session.used_at),
        sessions::expires_at.eq(session.expires_at),
    );
    let insert = diesel::insert_into(sessions::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}
