//! Whom a post speaks to, beside its board: what its `Note` says and where it is delivered.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account};
use crate::schema::{actors, mentions, posts};
use crate::{Error, Noun, Result};

/// Whom a post speaks to.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The id of the thread's opening post.
    pub opening_uri: String,
    /// What it answers; `None` for an opening post.
    pub parent: Option<Parent>,
    /// Accounts it names that are known here.
    pub mentioned: Vec<Account>,
}

/// The post that is answered.
#[derive(Clone, Debug)]
pub struct Parent {
    /// Its ActivityPub id.
    pub uri: String,
    /// Who wrote it.
    pub author: Account,
}

/// Whom the post `id` speaks to.
///
/// # Errors
/// There is no such post, or the database refuses.
pub async fn of(conn: &mut Conn, id: Id) -> Result<Audience> {
    let facts = posts::table
        .find(id)
        .select((posts::thread_id, posts::parent_id));
    let facts: Option<(Id, Option<Id>)> = run!(conn, c => facts.first(c).await.optional())?;
    let (thread, parent_id) = facts.ok_or(Error::Missing(Noun::Post))?;

    let wanted: Vec<Id> = [Some(thread), parent_id].into_iter().flatten().collect();
    let near = posts::table.filter(posts::id.eq_any(wanted)).select((
        posts::id,
        posts::uri,
        posts::author_id,
    ));
    let near: Vec<(Id, String, Id)> = run!(conn, c => near.load(c).await)?;
    let named = mentions::table
        .inner_join(
            actors::table.on(actors::host
                .eq(mentions::host)
                .and(actors::name.eq(mentions::name))),
        )
        .filter(mentions::post_id.eq(id))
        .order(actors::id)
        .select(actors::id);
    let named: Vec<Id> = run!(conn, c => named.load(c).await)?;

    let parent_row = near.iter().find(|(id, ..)| Some(*id) == parent_id);
    let mut ids = named.clone();
    ids.extend(parent_row.map(|(_, _, author)| *author));
    let accounts = account::by_ids(conn, &ids).await?;
    let parent = parent_row.and_then(|(_, uri, author)| {
        accounts.get(author).map(|author| Parent {
            uri: uri.clone(),
            author: author.clone(),
        })
    });
    let opening = near.iter().find(|(id, ..)| *id == thread);
    Ok(Audience {
        opening_uri: opening.map(|(_, uri, _)| uri.clone()).unwrap_or_default(),
        parent,
        mentioned: named
            .iter()
            .filter_map(|id| accounts.get(id).cloned())
            .collect(),
    })
}
