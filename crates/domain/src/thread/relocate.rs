//! A thread goes to another board: its posts get new numbers there, and the old ones lead to them.
//!
//! References that named the posts by their old numbers name them by the new ones from now on, whatever was written, so
//! links keep working. Posts keep their ids and addresses.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::log::{self, Act, Line};
use crate::post::{Ground, references};
use crate::schema::{actors, attachments, boards, moved_numbers, posts, threads};
use crate::thread::{Row, row};
use crate::{
    Caller, Clash, Denial, Error, Event, Handle, Noun, Result, Tx, event, limits, lock, post, rate,
};

/// New numbers by the ActivityPub ids of the posts, as the boards' home gave them.
pub type Numbers = HashMap<String, i64>;

/// Where the new numbers come from.
#[derive(Clone, Copy)]
enum Numbering<'a> {
    /// The board is of this node: the next ones.
    Next,
    /// Its home gave them; posts it did not name have none.
    Given(&'a Numbers),
}

/// Moves a thread from one board of this node to another; whoever moderates both may.
///
/// # Errors
/// `Missing` or `Gone`; `Denied`, also where a board is one of another server; `Invalid` where the thread has too many
/// posts; `Conflict` where it is on that board already; `Busy`.
pub async fn relocate(tx: &mut Tx, caller: &Caller, id: Id, to: &Handle) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let board = board_id(&mut tx.conn, to).await?;
    let row = hold(tx, id, board).await?;
    let from = post::ground(&mut tx.conn, row.board_id, caller.id).await?;
    let to = post::ground(&mut tx.conn, board, caller.id).await?;
    let (from, to) = (from.seen_by(caller), to.seen_by(caller));
    post::may_moderate(tx, &from, caller).await?;
    post::may_moderate(tx, &to, caller).await?;
    if !from.is_local() || !to.is_local() {
        return Err(Denial::ForeignBoard.into());
    }
    if row.hidden {
        return Err(Error::Gone(Noun::Thread));
    }
    if from.board == to.board {
        return Err(Error::Conflict(Clash::SameBoard));
    }

    carry(tx, &row, &from, &to, caller.id, Numbering::Next).await
}

/// The same between two boards of one other server, as the home of the first told it; answers whether anything changed.
///
/// # Errors
/// `Missing`; `Denied` where a board is one of this node, or the boards are of different servers; `Invalid` where the
/// thread has too many posts.
pub async fn accept_relocate(
    tx: &mut Tx,
    id: Id,
    to: Id,
    by: Id,
    numbers: &Numbers,
) -> Result<bool> {
    let row = hold(tx, id, to).await?;
    let from = post::ground(&mut tx.conn, row.board_id, by).await?;
    let to = post::ground(&mut tx.conn, to, by).await?;
    if from.is_local() || from.host != to.host {
        return Err(Denial::NotModerator.into());
    }
    if from.board == to.board {
        return Ok(false);
    }

    carry(tx, &row, &from, &to, by, Numbering::Given(numbers)).await?;
    Ok(true)
}

/// The post that had this number of a board before its thread was moved.
pub(super) async fn by_old_no(conn: &mut Conn, board: &Handle, no: i64) -> Result<Option<Id>> {
    let old = moved_numbers::table
        .inner_join(actors::table.on(actors::id.eq(moved_numbers::board_id)))
        .filter(actors::host.eq(&board.host))
        .filter(actors::name.eq(&board.name))
        .filter(moved_numbers::no.eq(no))
        .select(moved_numbers::post_id);
    Ok(run!(conn, c => old.first(c).await.optional())?)
}

async fn board_id(conn: &mut Conn, handle: &Handle) -> Result<Id> {
    let query = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(actors::host.eq(&handle.host))
        .filter(actors::name.eq(&handle.name))
        .select(boards::actor_id);
    let found: Option<Id> = run!(conn, c => query.first(c).await.optional())?;
    found.ok_or(Error::Missing(Noun::Board))
}

/// The thread and both boards, held; boards in the order of their ids, so that two moves do not wait for each other.
async fn hold(tx: &mut Tx, id: Id, to: Id) -> Result<Row> {
    let before = row::find_any(&mut tx.conn, id).await?;
    let mut both = [before.board_id, to];
    both.sort_unstable();
    for board in both {
        lock::board(tx, board).await?;
    }
    lock::thread(tx, id).await?;
    let row = row::find_any(&mut tx.conn, id).await?;
    if row.board_id != before.board_id {
        return Err(Error::Conflict(Clash::SameBoard));
    }
    Ok(row)
}

async fn carry(
    tx: &mut Tx,
    row: &Row,
    from: &Ground,
    to: &Ground,
    by: Id,
    numbering: Numbering<'_>,
) -> Result<()> {
    let all = posts_of(tx, row.id).await?;
    let shown = references::around(tx, row.id).await?;
    let last = last_no(tx, to.board).await?;
    let mut live = 0;
    for (nth, one) in (1..).zip(&all) {
        live += i64::from(!one.deleted);
        let no = match numbering {
            Numbering::Given(numbers) => free(tx, to.board, numbers.get(&one.uri)).await?,
            Numbering::Next => Some(last + nth),
        };
        renumber(tx, one, from, to, no).await?;
    }
    let numbered = match numbering {
        Numbering::Given(_) => 0,
        Numbering::Next => i64::try_from(all.len()).unwrap_or_default(),
    };
    count(tx, row, from, to, live, last + numbered).await?;
    references::raise(tx, shown, row.id).await?;
    write_log(tx, row.id, from, to, by).await?;

    let moved = Event::ThreadMoved {
        thread: row.id,
        from: from.board,
        by,
    };
    event::note(tx, &moved).await
}

struct Moved {
    id: Id,
    no: Option<i64>,
    uri: String,
    deleted: bool,
}

/// All posts of the thread, oldest first.
async fn posts_of(tx: &mut Tx, thread: Id) -> Result<Vec<Moved>> {
    let most = limits::MOVED_POSTS;
    let query = posts::table
        .filter(posts::thread_id.eq(thread))
        .order(posts::id)
        .limit(most + 1)
        .select((
            posts::id,
            posts::no,
            posts::uri,
            posts::deleted_at.is_not_null(),
        ));
    let rows: Vec<(Id, Option<i64>, String, bool)> = run!(tx.conn, c => query.load(c).await)?;
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) > most {
        let detail = format!("A thread with up to {most} posts can be moved; this one has more.");
        return Err(Error::invalid("board", "too_many_posts", detail));
    }
    let moved = |(id, no, uri, deleted)| Moved {
        id,
        no,
        uri,
        deleted,
    };
    Ok(rows.into_iter().map(moved).collect())
}

async fn last_no(tx: &mut Tx, board: Id) -> Result<i64> {
    let last = boards::table.find(board).select(boards::last_no);
    Ok(run!(tx.conn, c => last.first(c).await)?)
}

/// The number, where no other post of the board has it.
async fn free(tx: &mut Tx, board: Id, no: Option<&i64>) -> Result<Option<i64>> {
    match no.copied().filter(|no| *no > 0) {
        Some(no) if !post::is_taken(tx, board, no).await? => Ok(Some(no)),
        _ => Ok(None),
    }
}

async fn renumber(
    tx: &mut Tx,
    one: &Moved,
    from: &Ground,
    to: &Ground,
    no: Option<i64>,
) -> Result<()> {
    let update = diesel::update(posts::table.find(one.id))
        .set((posts::board_id.eq(to.board), posts::no.eq(no)));
    run!(tx.conn, c => update.execute(c).await)?;
    let shown = attachments::table
        .filter(attachments::post_id.eq(one.id))
        .filter(attachments::board_id.is_not_null());
    let update = diesel::update(shown).set(attachments::board_id.eq(to.board));
    run!(tx.conn, c => update.execute(c).await)?;
    let Some(old) = one.no else { return Ok(()) };
    let row = (
        moved_numbers::board_id.eq(from.board),
        moved_numbers::no.eq(old),
        moved_numbers::post_id.eq(one.id),
    );
    let insert = diesel::insert_into(moved_numbers::table)
        .values(row)
        .on_conflict_do_nothing();
    run!(tx.conn, c => insert.execute(c).await)?;
    match no {
        Some(no) => references::redirect(tx, from, old, to, no).await,
        None => Ok(()),
    }
}

/// The thread's row, and the counters of both boards.
async fn count(
    tx: &mut Tx,
    row: &Row,
    from: &Ground,
    to: &Ground,
    live: i64,
    last: i64,
) -> Result<()> {
    let update = diesel::update(threads::table.find(row.id)).set((
        threads::board_id.eq(to.board),
        threads::pinned.eq(false),
        threads::revision.eq(threads::revision + 1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    let threads = i64::from(!row.hidden);
    let update = diesel::update(boards::table.find(from.board)).set((
        boards::thread_count.eq(boards::thread_count - threads),
        boards::post_count.eq(boards::post_count - live),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    let update = diesel::update(boards::table.find(to.board)).set((
        boards::thread_count.eq(boards::thread_count + threads),
        boards::post_count.eq(boards::post_count + live),
        boards::bumped_at.eq(to.bumped_at.max(row.bumped_at)),
        boards::last_no.eq(last),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

/// A line on either board.
async fn write_log(tx: &mut Tx, thread: Id, from: &Ground, to: &Ground, by: Id) -> Result<()> {
    let (old, new) = (from.acct(), to.acct());
    let left = Line::new(by, Act::MoveOut, "").on(from.board).of(thread);
    log::write(tx, left.about(&new)).await?;
    let came = Line::new(by, Act::MoveIn, "").on(to.board).of(thread);
    log::write(tx, came.about(&old)).await
}
