//! Reading reports, as far as the caller decides about them.

use std::collections::HashMap;
use std::sync::Arc;

use db::{Conn, Id, Timestamp, ids, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account};
use crate::page::{Page, Slice, falling};
use crate::post::{self, Post};
use crate::report::{Report, State};
use crate::schema::{boards, moderators, reports};
use crate::{Caller, Denial, Error, Noun, Result, Role, Viewer};

/// Open reports that are counted at most.
const COUNTED: i64 = 100;

#[derive(Queryable, Selectable)]
#[diesel(table_name = reports)]
struct Row {
    id: Id,
    account_id: Id,
    post_id: Option<Id>,
    board_id: Option<Id>,
    reporter_id: Id,
    reason: String,
    state: String,
    decided_by: Option<Id>,
    note: String,
    decided_at: Option<Timestamp>,
    forwarded_at: Option<Timestamp>,
}

/// About which boards somebody decides.
enum Say {
    /// All, and what is on none.
    Everything,
    /// These.
    Boards(Vec<Id>),
}

/// The reports in a state that the caller decides about, newest first.
///
/// # Errors
/// `Denied` where the caller moderates nothing, `Invalid` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    caller: &Caller,
    state: State,
    page: Page,
) -> Result<Slice<Report>> {
    let say = say(conn, caller).await?;
    let span = page.span::<i64>()?;
    let rows: Vec<Row> = run!(conn, c => {
        let all = reports::table
            .filter(reports::state.eq(state.name()))
            .select(Row::as_select())
            .limit(page.rows())
            .into_boxed();
        let mine = match say {
            Say::Everything => all,
            Say::Boards(boards) => all.filter(reports::board_id.eq_any(boards)),
        };
        let part = falling!(mine, reports::id, span);
        part.load(c).await
    })?;
    let (rows, places) = Slice::cut(rows, &page, &span, |row| row.id).into_parts();
    Ok(places.with(dress(conn, rows, caller).await?))
}

/// How many open reports wait for the caller, at most a hundred; `None` for those who decide about nothing.
///
/// # Errors
/// The database refuses.
pub async fn open_count(conn: &mut Conn, caller: &Caller) -> Result<Option<usize>> {
    let say = match say(conn, caller).await {
        Err(Error::Denied(_)) => return Ok(None),
        say => say?,
    };
    let open: Vec<Id> = run!(conn, c => {
        let all = reports::table
            .filter(reports::state.eq(State::Open.name()))
            .select(reports::id)
            .order(reports::id.desc())
            .limit(COUNTED)
            .into_boxed();
        let mine = match say {
            Say::Everything => all,
            Say::Boards(boards) => all.filter(reports::board_id.eq_any(boards)),
        };
        mine.load(c).await
    })?;
    Ok(Some(open.len()))
}

/// One report.
///
/// # Errors
/// `Missing`, also where the caller has no say in it; `Denied` where they moderate nothing.
pub async fn find(conn: &mut Conn, caller: &Caller, id: Id) -> Result<Report> {
    let say = say(conn, caller).await?;
    let row = one(conn, id).await?;
    let mine = match (&say, row.board_id) {
        (Say::Everything, _) => true,
        (Say::Boards(boards), Some(board)) => boards.contains(&board),
        (Say::Boards(_), None) => false,
    };
    if !mine {
        return Err(Error::Missing(Noun::Report));
    }
    let found = dress(conn, vec![row], caller).await?.pop();
    found.ok_or(Error::Missing(Noun::Report))
}

/// One report, to be told to other servers: nobody asks for it.
///
/// # Errors
/// `Missing`.
pub async fn for_forwarding(conn: &mut Conn, id: Id) -> Result<Report> {
    let row = one(conn, id).await?;
    let found = hydrate(conn, vec![row], &Viewer::Visitor).await?.pop();
    found.ok_or(Error::Missing(Noun::Report))
}

async fn one(conn: &mut Conn, id: Id) -> Result<Row> {
    let row = reports::table.find(id);
    let row: Option<Row> = run!(conn, c => row.select(Row::as_select()).first(c).await.optional())?;
    row.ok_or(Error::Missing(Noun::Report))
}

/// Admins decide about everything, moderators of the node about its boards, all others about the boards of this node
/// that name them.
async fn say(conn: &mut Conn, caller: &Caller) -> Result<Say> {
    let ours = boards::table
        .filter(boards::local.eq(true))
        .select(boards::actor_id);
    let boards: Vec<Id> = match caller.role {
        Role::Admin => return Ok(Say::Everything),
        Role::Moderator => run!(conn, c => ours.load(c).await)?,
        Role::Member => {
            let named = moderators::table
                .filter(moderators::account_id.eq(caller.id))
                .select(moderators::board_id);
            let named = ours.filter(boards::actor_id.eq_any(named));
            run!(conn, c => named.load(c).await)?
        }
    };
    if boards.is_empty() && caller.role == Role::Member {
        return Err(Denial::NotModerator.into());
    }
    Ok(Say::Boards(boards))
}

async fn dress(conn: &mut Conn, rows: Vec<Row>, caller: &Caller) -> Result<Vec<Report>> {
    hydrate(conn, rows, &Viewer::Account(caller.clone())).await
}

async fn hydrate(conn: &mut Conn, rows: Vec<Row>, viewer: &Viewer) -> Result<Vec<Report>> {
    let posts: Vec<Id> = rows.iter().filter_map(|row| row.post_id).collect();
    let posts = post::hydrate(conn, &posts, viewer).await?;
    let posts: HashMap<Id, Post> = posts.into_iter().map(|post| (post.id, post)).collect();
    let named = |row: &Row| {
        [
            Some(row.account_id),
            Some(row.reporter_id),
            row.decided_by,
            row.board_id,
        ]
    };
    let mut people: Vec<Id> = rows.iter().flat_map(named).flatten().collect();
    people.sort_unstable();
    people.dedup();
    let people = account::by_ids(conn, &people).await?;
    let people: HashMap<Id, Arc<Account>> = people
        .into_iter()
        .map(|(id, account)| (id, Arc::new(account)))
        .collect();
    let rows = rows.into_iter();
    Ok(rows
        .filter_map(|row| report(row, &posts, &people))
        .collect())
}

fn report(
    row: Row,
    posts: &HashMap<Id, Post>,
    people: &HashMap<Id, Arc<Account>>,
) -> Option<Report> {
    let board = row.board_id.and_then(|id| people.get(&id));
    Some(Report {
        id: row.id,
        account: people.get(&row.account_id)?.clone(),
        post: row.post_id.and_then(|id| posts.get(&id)).cloned(),
        board: board.map(|board| Arc::new(post::board_ref(board))),
        reporter: people.get(&row.reporter_id)?.clone(),
        reason: row.reason,
        state: State::read(&row.state),
        note: row.note,
        decided_by: row.decided_by.and_then(|id| people.get(&id)).cloned(),
        decided_at: row.decided_at,
        forwarded_at: row.forwarded_at,
        at: ids::moment(row.id),
    })
}
