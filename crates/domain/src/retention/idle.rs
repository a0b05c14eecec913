//! Foreign threads in which nobody here had a part go some time after the last answer, if an admin wants so.
//!
//! A thread stays if somebody of this node wrote, voted or was named in it, follows who opened it, or if anything else
//! refers to one of its posts or to the thread itself: a report, the log, somebody who watches it. The last is asked of
//! the database's own list of references, so that whatever is added later keeps threads too.

use std::collections::HashSet;

use db::rows::{self, Reference};
use db::{Conn, DAY, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::retention::erase;
use crate::schema::{actors, follows, mentions, posts, settings, threads, votes};
use crate::{Context, Result, Tx};

/// Threads looked at in one round.
const LOOKED_AT: i64 = 200;
/// Posts after which a round ends.
const POSTS: usize = 2_000;
/// Where the next round goes on, in `settings`.
const PLACE: &str = "retention.place";
/// Tables whose rows go with their post.
const PARTS: [&str; 7] = [
    "posts",
    "threads",
    "post_versions",
    "refs",
    "mentions",
    "post_tags",
    "votes",
];

/// Erases idle foreign threads, some at a time; answers how many. Nothing goes unless `Site::foreign_days` is set.
///
/// # Errors
/// The database refuses.
pub async fn forget_idle(cx: &Context) -> Result<usize> {
    let Some(days) = cx.site.foreign_days else {
        return Ok(0);
    };
    let before = cx.now().plus(-days.saturating_mul(DAY));
    let (idle, next) = {
        let mut conn = cx.read().await?;
        let place = place(&mut conn).await?;
        candidates(&mut conn, before, place).await?
    };
    let (mut erased, mut posts) = (0, 0);
    for thread in idle {
        if posts >= POSTS {
            // Those left are met again when the round begins anew.
            break;
        }
        let gone = cx
            .write(async |tx| match is_touched(&mut tx.conn, thread).await? {
                true => Ok(0),
                false => erase::erase(tx, thread).await,
            })
            .await?;
        posts += gone;
        erased += usize::from(gone > 0);
    }
    cx.write(async |tx| set_place(tx, next).await).await?;
    Ok(erased)
}

/// The next idle threads without any part of ours, and where to go on after them.
async fn candidates(
    conn: &mut Conn,
    before: Timestamp,
    (bumped, id): (i64, Id),
) -> Result<(Vec<Id>, (i64, Id))> {
    let after = threads::bumped_at
        .gt(bumped)
        .or(threads::bumped_at.eq(bumped).and(threads::id.gt(id)));
    let query = threads::table
        .filter(threads::local.eq(false))
        .filter(threads::bumped_at.ge(bumped))
        .filter(threads::bumped_at.lt(before))
        .filter(after)
        .order((threads::bumped_at, threads::id))
        .limit(LOOKED_AT)
        .select((threads::bumped_at, threads::id));
    let found: Vec<(i64, Id)> = run!(conn, c => query.load(c).await)?;
    // At the end one begins again: what was touched then may be idle now.
    let next = found.last().copied().unwrap_or((i64::MIN, 0));
    let ids: Vec<Id> = found.into_iter().map(|(_, id)| id).collect();
    let touched = touched(conn, &ids).await?;
    let idle = ids.into_iter().filter(|id| !touched.contains(id));
    Ok((idle.collect(), next))
}

async fn is_touched(conn: &mut Conn, thread: Id) -> Result<bool> {
    Ok(touched(conn, &[thread]).await?.contains(&thread))
}

/// Those of these threads that somebody here has to do with.
async fn touched(conn: &mut Conn, ids: &[Id]) -> Result<HashSet<Id>> {
    let local = || actors::host.eq("");
    let wrote = posts::table
        .inner_join(actors::table.on(actors::id.eq(posts::author_id)))
        .filter(posts::thread_id.eq_any(ids))
        .filter(local())
        .select(posts::thread_id)
        .distinct();
    let voted = posts::table
        .inner_join(votes::table.on(votes::post_id.eq(posts::id)))
        .inner_join(actors::table.on(actors::id.eq(votes::account_id)))
        .filter(posts::thread_id.eq_any(ids))
        .filter(local())
        .select(posts::thread_id)
        .distinct();
    let named = posts::table
        .inner_join(mentions::table.on(mentions::post_id.eq(posts::id)))
        .filter(posts::thread_id.eq_any(ids))
        .filter(mentions::host.eq(""))
        .select(posts::thread_id)
        .distinct();
    let followed = threads::table
        .inner_join(follows::table.on(follows::target_id.eq(threads::author_id)))
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(threads::id.eq_any(ids))
        .filter(local())
        .select(threads::id)
        .distinct();
    let mut touched: HashSet<Id> = HashSet::new();
    let wrote: Vec<Id> = run!(conn, c => wrote.load(c).await)?;
    let voted: Vec<Id> = run!(conn, c => voted.load(c).await)?;
    let named: Vec<Id> = run!(conn, c => named.load(c).await)?;
    let followed: Vec<Id> = run!(conn, c => followed.load(c).await)?;
    touched.extend(wrote.into_iter().chain(voted).chain(named).chain(followed));
    let others = others(conn, ids).await?;
    touched.extend(others);
    Ok(touched)
}

/// Threads that a row of any other table refers to, itself or by one of their posts.
async fn others(conn: &mut Conn, ids: &[Id]) -> Result<Vec<Id>> {
    let to_threads = foreign(rows::references(conn, "threads").await?);
    let to_posts = foreign(rows::references(conn, "posts").await?);
    let found = rows::referred(conn, &to_threads, ids).await?;
    let mut touched: Vec<Id> = found.into_iter().collect();
    let query = posts::table
        .filter(posts::thread_id.eq_any(ids))
        .select((posts::id, posts::thread_id));
    let mine: Vec<(Id, Id)> = run!(conn, c => query.load(c).await)?;
    let posts: Vec<Id> = mine.iter().map(|(post, _)| *post).collect();
    let found = rows::referred(conn, &to_posts, &posts).await?;
    let of = mine.into_iter().filter(|(post, _)| found.contains(post));
    touched.extend(of.map(|(_, thread)| thread));
    Ok(touched)
}

/// References from tables that are no part of a post. A picture is one, by its attachment.
fn foreign(references: Vec<Reference>) -> Vec<Reference> {
    let own = |table: &str| PARTS.contains(&table) || table == "attachments";
    references
        .into_iter()
        .filter(|reference| !own(&reference.table))
        .collect()
}

async fn place(conn: &mut Conn) -> Result<(i64, Id)> {
    let query = settings::table.find(PLACE).select(settings::value);
    let text: Option<String> = run!(conn, c => query.first(c).await.optional())?;
    let place = text.and_then(|text| {
        let (bumped, id) = text.split_once(' ')?;
        Some((bumped.parse().ok()?, id.parse().ok()?))
    });
    Ok(place.unwrap_or((i64::MIN, 0)))
}

async fn set_place(tx: &mut Tx, (bumped, id): (i64, Id)) -> Result<()> {
    let value = format!("{bumped} {id}");
    let row = (settings::name.eq(PLACE), settings::value.eq(&value));
    let keep = diesel::insert_into(settings::table)
        .values(row)
        .on_conflict(settings::name)
        .do_update()
        .set(settings::value.eq(&value));
    run!(tx.conn, c => keep.execute(c).await)?;
    Ok(())
}
