//! Reading the log, newest first.

use std::collections::HashMap;
use std::sync::Arc;

use db::{Conn, Id, Timestamp, ids, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account};
use crate::log::{Act, Entry, LoggedPost};
use crate::page::{Page, Slice, falling};
use crate::schema::{log as lines, posts};
use crate::{Result, post};

#[derive(Queryable, Selectable)]
#[diesel(table_name = lines)]
struct Row {
    id: Id,
    board_id: Option<Id>,
    actor_id: Id,
    act: String,
    post_id: Option<Id>,
    account_id: Option<Id>,
    subject: String,
    reason: String,
    until: Option<Timestamp>,
}

type Found = (Row, Option<(Option<i64>, Id)>);

/// The part of the lines that `$which` names, with the numbers and threads of their posts.
macro_rules! part {
    ($conn:expr, $which:expr, $page:expr) => {{
        let span = $page.span::<i64>()?;
        let rows: Vec<Found> = run!($conn, c => {
            let all = lines::table
                .left_join(posts::table.on(posts::id.nullable().eq(lines::post_id)))
                .filter($which)
                .select((Row::as_select(), (posts::no, posts::thread_id).nullable()))
                .limit($page.rows())
                .into_boxed();
            let part = falling!(all, lines::id, span);
            part.load(c).await
        })?;
        let cut = Slice::cut(rows, &$page, &span, |(row, _)| row.id);
        let (rows, places) = cut.into_parts();
        places.with(entries($conn, rows).await?)
    }};
}

/// The log of one board.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn board(conn: &mut Conn, board: Id, page: Page) -> Result<Slice<Entry>> {
    Ok(part!(conn, lines::board_id.eq(board), page))
}

/// The log of this node and all of its boards.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn node(conn: &mut Conn, page: Page) -> Result<Slice<Entry>> {
    Ok(part!(conn, lines::local.eq(true), page))
}

async fn entries(conn: &mut Conn, rows: Vec<Found>) -> Result<Vec<Entry>> {
    let named = |row: &Row| [Some(row.actor_id), row.account_id, row.board_id];
    let mut ids: Vec<Id> = rows
        .iter()
        .flat_map(|(row, _)| named(row))
        .flatten()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let actors = account::by_ids(conn, &ids).await?;
    let actors: HashMap<Id, Arc<Account>> = actors
        .into_iter()
        .map(|(id, account)| (id, Arc::new(account)))
        .collect();
    let rows = rows.into_iter();
    Ok(rows
        .filter_map(|(row, place)| entry(row, place, &actors))
        .collect())
}

fn entry(
    row: Row,
    place: Option<(Option<i64>, Id)>,
    actors: &HashMap<Id, Arc<Account>>,
) -> Option<Entry> {
    let find = |id: Option<Id>| id.and_then(|id| actors.get(&id));
    let post = row.post_id.zip(place);
    Some(Entry {
        id: row.id,
        act: Act::read(&row.act),
        actor: actors.get(&row.actor_id)?.clone(),
        board: find(row.board_id).map(|board| Arc::new(post::board_ref(board))),
        post: post.map(|(id, (no, thread_id))| LoggedPost { id, no, thread_id }),
        account: find(row.account_id).cloned(),
        subject: row.subject,
        reason: row.reason,
        until: row.until,
        at: ids::moment(row.id),
    })
}
