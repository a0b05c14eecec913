//! Boards and accounts by the words of their names, those with most posts first.

use db::{Conn, Id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::words::{self, Index, actor_words, holding};
use crate::account::{self, Account, Kind, State};
use crate::board::{self, Board};
use crate::page::{Page, Slice, Span};
use crate::schema::actors;
use crate::search::Query;
use crate::{Result, Viewer};

/// Boards whose name, title or description holds all words.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn boards(
    conn: &mut Conn,
    query: &Query,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<Board>> {
    let (ids, places) = found(conn, Kind::Board, query, &page).await?.into_parts();
    Ok(places.with(board::by_ids(conn, &ids, viewer).await?))
}

/// Accounts whose name or display name holds all words.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn accounts(conn: &mut Conn, query: &Query, page: Page) -> Result<Slice<Account>> {
    let (ids, places) = found(conn, Kind::Person, query, &page).await?.into_parts();
    let mut accounts = account::by_ids(conn, &ids).await?;
    let items = ids.iter().filter_map(|id| accounts.remove(id)).collect();
    Ok(places.with(items))
}

async fn found(conn: &mut Conn, kind: Kind, query: &Query, page: &Page) -> Result<Slice<Id>> {
    let span = page.span::<(i64, i64)>()?;
    if query.words.is_empty() || query.impossible {
        return Ok(Slice::cut(Vec::new(), page, &span, |id: &Id| (0, *id)));
    }
    let (count, id) = (actors::post_count, actors::id);
    let asked = words::query(conn, Index::Actors, &query.words).await?;
    let rows: Vec<(i64, Id)> = holding!(conn, "actor_words", asked, c, holds => {
        let mut found = actor_words::table
            .inner_join(actors::table.on(id.eq(actor_words::rowid)))
            .filter(holds)
            .filter(actors::kind.eq(kind.name()))
            .filter(actors::state.eq(State::Active.name()))
            .filter(actors::withheld.eq(false))
            .select((count, id))
            .limit(page.rows())
            .into_boxed();
        if let Some(host) = &query.host {
            found = found.filter(actors::host.eq(host));
        }
        let part = match span {
            Span::Start => found.order((count.desc(), id.desc())),
            Span::After((n, i)) => found
                .filter(count.lt(n).or(count.eq(n).and(id.lt(i))))
                .order((count.desc(), id.desc())),
            Span::Before((n, i)) => found
                .filter(count.gt(n).or(count.eq(n).and(id.gt(i))))
                .order((count.asc(), id.asc())),
        };
        part.load(c).await
    })?;
    let slice = Slice::cut(rows, page, &span, |key| *key);
    Ok(slice.map(|(_, id)| id))
}
