//! What we learn about a foreign actor without its document.

use db::run;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::schema::{actors, follows, moderators};
use crate::{Id, Result, Tx};

/// Notes that a foreign actor is gone at its home: it follows nobody, nobody follows it, it moderates nothing. What
/// it wrote stays until its home deletes that. Unknown actors and those of this node are left alone.
///
/// # Errors
/// The database refuses.
pub async fn mark_deleted(tx: &mut Tx, uri: &str) -> Result<()> {
    let there = actors::table
        .filter(actors::uri.eq(uri))
        .filter(actors::host.ne(""))
        .filter(actors::state.ne(State::Deleted.name()));
    let set = diesel::update(there)
        .set(actors::state.eq(State::Deleted.name()))
        .returning(actors::id);
    let id: Option<Id> = run!(tx.conn, c => set.get_result(c).await.optional())?;
    let Some(id) = id else {
        return Ok(());
    };
    // Those it followed lose a follower each.
    let followed = follows::table
        .filter(follows::follower_id.eq(id))
        .filter(follows::state.eq("accepted"))
        .select(follows::target_id);
    let less = diesel::update(actors::table.filter(actors::id.eq_any(followed)))
        .set(actors::follower_count.eq(actors::follower_count - 1));
    run!(tx.conn, c => less.execute(c).await)?;
    let involved = follows::follower_id.eq(id).or(follows::target_id.eq(id));
    let delete = diesel::delete(follows::table.filter(involved));
    run!(tx.conn, c => delete.execute(c).await)?;
    let named = moderators::table.filter(moderators::account_id.eq(id));
    let delete = diesel::delete(named);
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

/// Notes that a foreign actor was read from its home just now and has not changed.
///
/// # Errors
/// The database refuses.
pub async fn mark_refreshed(tx: &mut Tx, uri: &str) -> Result<()> {
    let there = actors::table
        .filter(actors::uri.eq(uri))
        .filter(actors::host.ne(""));
    let set = diesel::update(there).set(actors::refreshed_at.eq(tx.now));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}
