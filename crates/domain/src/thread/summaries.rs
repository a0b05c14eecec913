//! Threads as lists show them, with a constant number of statements.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::post::{self, Post};
use crate::schema::{posts, threads};
use crate::thread::{Row, Summary};
use crate::{Result, Viewer};

/// Replies a summary shows at most.
const REPLIES: usize = 3;

/// The last reply of a thread but so many: one descent of an index each, whatever the thread's length.
macro_rules! reply {
    ($offset:literal) => {
        posts::table
            .filter(posts::thread_id.eq(threads::id))
            .filter(posts::id.gt(threads::id))
            .order(posts::id.desc())
            .limit(1)
            .offset($offset)
            .select(posts::id)
            .single_value()
    };
}

/// The threads with these ids, in this order, each with its opening post and its last `replies` (at most 3).
/// Hidden ones and ids of nothing are left out.
///
/// # Errors
/// The database refuses.
pub async fn summaries(
    conn: &mut Conn,
    ids: &[Id],
    viewer: &Viewer,
    replies: usize,
) -> Result<Vec<Summary>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let shown = threads::table
        .filter(threads::id.eq_any(ids))
        .filter(threads::hidden.eq(false));
    type Last = (Option<Id>, Option<Id>, Option<Id>);
    let rows: Vec<(Row, Last)> = if replies == 0 {
        let rows: Vec<Row> = run!(conn, c => shown.select(Row::as_select()).load(c).await)?;
        rows.into_iter().map(|row| (row, Last::default())).collect()
    } else {
        run!(conn, c => {
            let last = (reply!(0), reply!(1), reply!(2));
            shown.select((Row::as_select(), last)).load(c).await
        })?
    };
    let mut rows: HashMap<Id, (Row, Vec<Id>)> = rows
        .into_iter()
        .map(|(row, last)| {
            let last = [last.0, last.1, last.2].into_iter().flatten();
            let mut last: Vec<Id> = last.take(replies.min(REPLIES)).collect();
            last.reverse();
            (row.id, (row, last))
        })
        .collect();
    let wanted: Vec<Id> = rows
        .iter()
        .flat_map(|(id, (_, last))| std::iter::once(*id).chain(last.iter().copied()))
        .collect();
    let posts = post::hydrate(conn, &wanted, viewer).await?;
    let mut posts: HashMap<Id, Post> = posts.into_iter().map(|post| (post.id, post)).collect();
    let summary = |id: &Id| {
        let (row, last) = rows.remove(id)?;
        let opening = posts.remove(id)?;
        let replies = last.iter().filter_map(|id| posts.remove(id)).collect();
        Some(summary(&row, opening, replies))
    };
    Ok(ids.iter().filter_map(summary).collect())
}

fn summary(row: &Row, opening: Post, replies: Vec<Post>) -> Summary {
    let live = replies.iter().filter(|post| post.deleted.is_none()).count();
    let mut posts = vec![opening];
    posts.extend(replies);
    let pictures: usize = posts.iter().map(|post| post.media.len()).sum();
    let count = |number: usize| i64::try_from(number).unwrap_or_default();
    let opening = &posts[0];
    Summary {
        id: row.id,
        board: opening.board.clone(),
        no: opening.no,
        subject: opening.subject.clone(),
        reply_count: row.reply_count,
        media_count: row.media_count,
        likes: row.likes,
        bumped_at: row.bumped_at,
        pinned: row.pinned,
        locked: row.locked,
        revision: row.revision,
        tags: opening.tags.clone(),
        replies_omitted: row.reply_count - count(live),
        media_omitted: row.media_count - count(pictures),
        posts,
    }
}
