//! What this node sent to others, as it was sent.

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::activities;
use crate::{Result, Tx};

/// An activity that was built.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = activities)]
pub struct Activity {
    /// Its row.
    pub id: Id,
    /// Its ActivityPub id.
    pub uri: String,
    /// The account or board that signs it.
    pub actor_id: Id,
    /// Its type on the wire, e.g. `Create`.
    pub kind: String,
    /// The post it is about.
    pub post_id: Option<Id>,
    /// The document.
    pub body: String,
    /// When it was built.
    pub created_at: Timestamp,
}

/// An activity to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// Its row; part of its ActivityPub id.
    pub id: Id,
    /// Its ActivityPub id.
    pub uri: &'a str,
    /// The account or board that signs it.
    pub actor: Id,
    /// Its type on the wire.
    pub kind: &'a str,
    /// The post it is about.
    pub post: Option<Id>,
    /// The document.
    pub body: &'a str,
}

/// Keeps an activity; `false` where one of this id was kept before.
///
/// # Errors
/// The database refuses.
pub async fn keep(tx: &mut Tx, draft: Draft<'_>) -> Result<bool> {
    let row = (
        activities::id.eq(draft.id),
        activities::uri.eq(draft.uri),
        activities::actor_id.eq(draft.actor),
        activities::kind.eq(draft.kind),
        activities::post_id.eq(draft.post),
        activities::body.eq(draft.body),
        activities::created_at.eq(tx.now.0),
    );
    let insert = diesel::insert_into(activities::table)
        .values(row)
        .on_conflict_do_nothing();
    Ok(run!(tx.conn, c => insert.execute(c).await)? == 1)
}

/// The activity with this row id.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Activity>> {
    let find = activities::table.find(id);
    Ok(run!(conn, c => find.select(Activity::as_select()).first(c).await.optional())?)
}
