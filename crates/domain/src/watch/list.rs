//! Reading what is watched: a constant number of statements for any number of threads.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::dsl::{count_star, exists, min};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::page::{Page, Slice, falling};
use crate::schema::{posts, threads, watches};
use crate::watch::{Fate, Place, Watched};
use crate::{Caller, Result, Viewer, post, thread};

/// How far the caller has read a thread, where they watch it.
///
/// # Errors
/// The database refuses.
pub async fn find(conn: &mut Conn, caller: &Caller, thread: Id) -> Result<Option<Place>> {
    let seen = watches::table
        .find((caller.id, thread))
        .select(watches::seen_id);
    let seen: Option<Id> = run!(conn, c => seen.first(c).await.optional())?;
    let Some(seen) = seen else {
        return Ok(None);
    };
    let unread = unread(conn, caller.id, &[thread]).await?;
    Ok(Some(place(thread, seen, &unread)))
}

/// In how many of the threads the caller watches something is unread; counted no further than one above `most`.
///
/// # Errors
/// The database refuses.
pub async fn fresh(conn: &mut Conn, caller: &Caller, most: i64) -> Result<i64> {
    let unread = posts::table
        .filter(posts::thread_id.eq(watches::thread_id))
        .filter(posts::id.gt(watches::seen_id))
        .filter(posts::deleted_at.is_null());
    let fresh = watches::table
        .inner_join(threads::table.on(threads::id.eq(watches::thread_id)))
        .filter(watches::account_id.eq(caller.id))
        .filter(threads::hidden.eq(false).and(threads::withheld.eq(false)))
        .filter(exists(unread))
        .select(watches::thread_id)
        .limit(most + 1);
    let found: Vec<Id> = run!(conn, c => fresh.load(c).await)?;
    Ok(i64::try_from(found.len()).unwrap_or(most))
}

/// What the caller watches, the newest thread first, those that were deleted among them.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn list(conn: &mut Conn, caller: &Caller, page: Page) -> Result<Slice<Watched>> {
    let span = page.span::<Id>()?;
    let rows: Vec<(Id, Id)> = run!(conn, c => {
        let theirs = watches::table
            .filter(watches::account_id.eq(caller.id))
            .select((watches::thread_id, watches::seen_id))
            .limit(page.rows())
            .into_boxed();
        let part = falling!(theirs, watches::thread_id, span);
        part.load(c).await
    })?;
    let mut slice = Slice::cut(rows, &page, &span, |(thread, _)| *thread);
    let rows = std::mem::take(&mut slice.items);
    let ids: Vec<Id> = rows.iter().map(|(thread, _)| *thread).collect();
    let viewer = Viewer::Account(caller.clone());
    let unread = unread(conn, caller.id, &ids).await?;
    let mut fates = fates(conn, &ids, &viewer).await?;
    let watched = |(thread, seen): (Id, Id)| {
        Some(Watched {
            place: place(thread, seen, &unread),
            fate: fates.remove(&thread)?,
        })
    };
    Ok(slice.with(rows.into_iter().filter_map(watched).collect()))
}

async fn fates(conn: &mut Conn, ids: &[Id], viewer: &Viewer) -> Result<HashMap<Id, Fate>> {
    let alive = thread::summaries(conn, ids, viewer, 0).await?;
    let mut fates: HashMap<Id, Fate> = alive
        .into_iter()
        .map(|summary| (summary.id, Fate::Alive(Box::new(summary))))
        .collect();
    let gone: Vec<Id> = ids
        .iter()
        .copied()
        .filter(|id| !fates.contains_key(id))
        .collect();
    for post in post::hydrate(conn, &gone, viewer).await? {
        fates.insert(post.id, Fate::Gone(Box::new(post)));
    }
    Ok(fates)
}

/// How many posts of these threads are unread, and the first of them.
async fn unread(conn: &mut Conn, account: Id, ids: &[Id]) -> Result<HashMap<Id, (i64, Id)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let later = watches::table
        .inner_join(
            posts::table.on(posts::thread_id
                .eq(watches::thread_id)
                .and(posts::id.gt(watches::seen_id))),
        )
        .filter(watches::account_id.eq(account))
        .filter(watches::thread_id.eq_any(ids))
        .filter(posts::deleted_at.is_null())
        .group_by(watches::thread_id)
        .select((watches::thread_id, count_star(), min(posts::id)));
    let rows: Vec<(Id, i64, Option<Id>)> = run!(conn, c => later.load(c).await)?;
    let counted = rows
        .into_iter()
        .filter_map(|(thread, count, first)| Some((thread, (count, first?))));
    Ok(counted.collect())
}

fn place(thread: Id, seen: Id, unread: &HashMap<Id, (i64, Id)>) -> Place {
    let found = unread.get(&thread);
    Place {
        thread,
        seen,
        unread: found.map_or(0, |(count, _)| *count),
        first: found.map(|(_, first)| *first),
    }
}
