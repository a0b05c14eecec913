//! The bans that stand.

use std::collections::HashMap;
use std::sync::Arc;

use db::{Conn, DAY, Id, Timestamp, ids, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account};
use crate::ban::Ban;
use crate::page::{Page, Slice, falling};
use crate::schema::bans;
use crate::{Result, Tx, limits, post};

/// How long a ban is kept after its end, in microseconds.
const KEPT: i64 = 30 * DAY;

#[derive(Queryable, Selectable)]
#[diesel(table_name = bans)]
struct Row {
    id: Id,
    account_id: Id,
    board_id: Option<Id>,
    by_id: Id,
    reason: String,
    expires_at: Option<Timestamp>,
}

/// The part of the standing bans that `$which` names, newest first.
macro_rules! part {
    ($conn:expr, $which:expr, $now:expr, $page:expr) => {{
        let span = $page.span::<i64>()?;
        let rows: Vec<Row> = run!($conn, c => {
            let all = bans::table
                .filter($which)
                .filter(bans::expires_at.is_null().or(bans::expires_at.gt($now).assume_not_null()))
                .select(Row::as_select())
                .limit($page.rows())
                .into_boxed();
            let part = falling!(all, bans::id, span);
            part.load(c).await
        })?;
        let (rows, places) = Slice::cut(rows, &$page, &span, |row| row.id).into_parts();
        places.with(dress($conn, rows).await?)
    }};
}

/// Who is banned from a board, newest ban first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn of_board(
    conn: &mut Conn,
    board: Id,
    now: Timestamp,
    page: Page,
) -> Result<Slice<Ban>> {
    Ok(part!(conn, bans::board_id.eq(board), now, page))
}

/// Who is banned from all of this node, newest ban first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn of_node(conn: &mut Conn, now: Timestamp, page: Page) -> Result<Slice<Ban>> {
    Ok(part!(conn, bans::board_id.is_null(), now, page))
}

/// From where somebody is banned, newest ban first; one page of it.
///
/// # Errors
/// The database refuses.
pub async fn of_account(conn: &mut Conn, account: Id, now: Timestamp) -> Result<Vec<Ban>> {
    let page = Page::first(limits::PAGE_MOST);
    let part: Slice<Ban> = part!(conn, bans::account_id.eq(account), now, page);
    Ok(part.items)
}

/// Forgets bans that ended long ago; answers how many.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<usize> {
    let before = tx.now.plus(-KEPT);
    let delete = diesel::delete(bans::table.filter(bans::expires_at.lt(before)));
    Ok(run!(tx.conn, c => delete.execute(c).await)?)
}

async fn dress(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Ban>> {
    let mut ids: Vec<Id> = rows
        .iter()
        .flat_map(|row| [Some(row.account_id), Some(row.by_id), row.board_id])
        .flatten()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let actors = account::by_ids(conn, &ids).await?;
    let actors: HashMap<Id, Arc<Account>> = actors
        .into_iter()
        .map(|(id, account)| (id, Arc::new(account)))
        .collect();
    let of = |row: Row| {
        let board = row.board_id.and_then(|id| actors.get(&id));
        Some(Ban {
            id: row.id,
            account: actors.get(&row.account_id)?.clone(),
            board: board.map(|board| Arc::new(post::board_ref(board))),
            by: actors.get(&row.by_id)?.clone(),
            reason: row.reason,
            until: row.expires_at,
            at: ids::moment(row.id),
        })
    };
    Ok(rows.into_iter().filter_map(of).collect())
}
