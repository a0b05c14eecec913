//! A thread goes with all that hangs on it, as if it had never come. Nobody is told: it still is where it came from,
//! and an answer that arrives later brings it back.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::post::{self, Row, insert, references, tombstone};
use crate::schema::{boards, posts, threads};
use crate::{Error, Result, Tx, thread};

/// Erases a thread; answers how many posts it had.
pub(crate) async fn erase(tx: &mut Tx, id: Id) -> Result<usize> {
    let place = thread::hold(tx, id).await?;
    let ground = match post::any_ground(&mut tx.conn, place.board_id, 0).await {
        Ok(ground) => ground,
        // Its board is being taken apart by other means, or its server may come back from suspension.
        Err(Error::Gone(_) | Error::Missing(_) | Error::Denied(_)) => return Ok(0),
        Err(error) => return Err(error),
    };
    let query = posts::table
        .filter(posts::thread_id.eq(id))
        .order(posts::id);
    let rows: Vec<Row> = run!(tx.conn, c => query.select(Row::as_select()).load(c).await)?;

    for row in &rows {
        references::touch(tx, row.id, id, &ground, row.no).await?;
        tombstone::empty(tx, row.id).await?;
        if row.deleted_at.is_none() {
            insert::count_on_author(tx, row.author_id, -1).await?;
        }
    }
    let posts_gone = diesel::delete(posts::table.filter(posts::thread_id.eq(id)));
    run!(tx.conn, c => posts_gone.execute(c).await)?;
    let thread_gone = diesel::delete(threads::table.find(id));
    run!(tx.conn, c => thread_gone.execute(c).await)?;

    let living = rows.iter().filter(|row| row.deleted_at.is_none()).count();
    let living = i64::try_from(living).unwrap_or_default();
    let fewer = diesel::update(boards::table.find(place.board_id)).set((
        boards::post_count.eq(boards::post_count - living),
        boards::thread_count.eq(boards::thread_count - i64::from(!place.hidden)),
    ));
    run!(tx.conn, c => fewer.execute(c).await)?;
    Ok(rows.len())
}
