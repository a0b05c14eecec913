//! Reading one board.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::board::Board;
use crate::board::row::{Row, hydrate};
use crate::schema::{actors, boards};
use crate::{Denial, Error, Handle, Noun, Result, Viewer};

type Found = (Row, (String, bool));

/// The board of that name, as the viewer sees it.
///
/// # Errors
/// `Missing`, `Gone` where its home deleted it, and `Denied` where its server is suspended here.
pub async fn find(conn: &mut Conn, handle: &Handle, viewer: &Viewer) -> Result<Board> {
    let row = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(actors::host.eq(&handle.host))
        .filter(actors::name.eq(&handle.name));
    let row: Option<Found> = run!(conn, c => row.select((Row::as_select(), (actors::state, actors::withheld))).first(c).await.optional())?;
    seen(conn, row, viewer).await
}

/// The board of that id, as the viewer sees it.
///
/// # Errors
/// As [`find`].
pub async fn by_id(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Board> {
    let row = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(boards::actor_id.eq(id));
    let row: Option<Found> = run!(conn, c => row.select((Row::as_select(), (actors::state, actors::withheld))).first(c).await.optional())?;
    seen(conn, row, viewer).await
}

/// Those of these boards that are not gone, in this order, with a constant number of statements.
pub(crate) async fn by_ids(conn: &mut Conn, ids: &[Id], viewer: &Viewer) -> Result<Vec<Board>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(boards::actor_id.eq_any(ids))
        .filter(actors::withheld.eq(false))
        .filter(actors::state.ne(State::Deleted.name()));
    let rows: Vec<Row> = run!(conn, c => rows.select(Row::as_select()).load(c).await)?;
    let mut boards = hydrate(conn, rows, viewer).await?;
    boards.sort_by_key(|board| ids.iter().position(|id| *id == board.id));
    Ok(boards)
}

async fn seen(conn: &mut Conn, row: Option<Found>, viewer: &Viewer) -> Result<Board> {
    let Some((row, (state, withheld))) = row else {
        return Err(Error::Missing(Noun::Board));
    };
    match State::of(&state, withheld) {
        State::Deleted => return Err(Error::Gone(Noun::Board)),
        State::Withheld => return Err(Denial::PeerSuspended.into()),
        State::Active | State::Suspended => {}
    }
    let mut boards = hydrate(conn, vec![row], viewer).await?;
    boards.pop().ok_or(Error::Missing(Noun::Board))
}
