//! What this node sent to others, as it was sent.

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use serde_json::Value;

use crate::schema::activities;
use crate::{Error, Noun, Result, Tx, delivery};

/// Types on the wire of what may hold a post; all others only name it.
const HOLDING: [&str; 3] = ["Create", "Update", "Announce"];

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
    /// The document; empty where it held a post that is gone.
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
/// `Gone` where it held a post that is gone.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Activity>> {
    let find = activities::table.find(id);
    let found: Option<Activity> =
        run!(conn, c => find.select(Activity::as_select()).first(c).await.optional())?;
    match found {
        Some(activity) if activity.body.is_empty() => Err(Error::Gone(Noun::Post)),
        found => Ok(found),
    }
}

/// Takes the text out of every activity that holds this post, and ends what still waits of them. What only names it (a
/// vote, a pin, a boost) stays and is sent.
pub(crate) async fn forget(tx: &mut Tx, post: Id) -> Result<()> {
    let about = activities::table
        .filter(activities::post_id.eq(post))
        .filter(activities::kind.eq_any(HOLDING))
        .select((activities::id, activities::body));
    let about: Vec<(Id, String)> = run!(tx.conn, c => about.load(c).await)?;
    let holding = about.iter().filter(|(_, body)| holds(body));
    let holding: Vec<Id> = holding.map(|(id, _)| *id).collect();
    if holding.is_empty() {
        return Ok(());
    }
    let empty = diesel::update(activities::table.filter(activities::id.eq_any(&holding)))
        .set(activities::body.eq(""));
    run!(tx.conn, c => empty.execute(c).await)?;
    delivery::abandon(tx, &holding).await
}

/// Whether a document holds what it is about. A board passes on what others wrote, so its shape is anybody's; what
/// cannot be read is not kept either.
fn holds(document: &str) -> bool {
    let document: Option<Value> = serde_json::from_str(document).ok();
    document.is_none_or(|document| document.get("object").is_some_and(is_whole))
}

/// Whether this is a thing and not its address, at the end of all activities around it: what has an author is a thing.
fn is_whole(object: &Value) -> bool {
    match object {
        Value::Array(several) => several.iter().any(is_whole),
        Value::Object(fields) => {
            fields.contains_key("attributedTo") || fields.get("object").is_none_or(is_whole)
        }
        _ => false,
    }
}
