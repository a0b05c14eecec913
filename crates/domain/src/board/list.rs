//! Lists of boards.

use db::{Conn, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::State;
use crate::board::Board;
use crate::board::row::{Row, hydrate};
use crate::page::{Page, Slice, Span};
use crate::schema::{actors, boards, follows, moderators};
use crate::{Caller, Result, Role, Viewer, follow, limits};

/// Which boards a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of this node.
    #[default]
    Local,
    /// Those the viewer follows, or asked to.
    Followed,
    /// All we know.
    Known,
}

/// The order of a list of boards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Last posted on first.
    #[default]
    Activity,
    /// Those of this node first, then by host; by name within each.
    Name,
    /// Newest first.
    New,
}

/// The boards of `$scope`, active ones only, as a boxed statement of the engine at hand.
macro_rules! boards_of {
    ($scope:expr, $viewer:expr, $page:expr) => {{
        let all = boards::table
            .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
            .filter(actors::state.eq(State::Active.name()))
            .filter(actors::withheld.eq(false))
            .select(Row::as_select())
            .limit($page.rows())
            .into_boxed();
        match $scope {
            Scope::Local => all.filter(boards::local.eq(true)),
            Scope::Known => all,
            Scope::Followed => {
                let followed = follows::table
                    .filter(follows::follower_id.eq($viewer.id()))
                    .filter(follows::state.ne(follow::State::Rejected.name()))
                    .select(follows::target_id);
                all.filter(boards::actor_id.eq_any(followed))
            }
        }
    }};
}

/// Boards of a scope in an order. A visitor follows none.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: Scope,
    order: Order,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<Board>> {
    let rows = match order {
        Order::Activity => by_activity(conn, scope, viewer, &page).await?,
        Order::Name => by_name(conn, scope, viewer, &page).await?,
        Order::New => by_age(conn, scope, viewer, &page).await?,
    };
    let (items, places) = rows.into_parts();
    Ok(places.with(hydrate(conn, items, viewer).await?))
}

/// The boards that the admins show before the others, the newest first.
///
/// # Errors
/// The database refuses.
pub async fn featured(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<Board>> {
    let chosen = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(boards::featured.eq(true))
        .filter(actors::state.eq(State::Active.name()))
        .order(boards::actor_id.desc())
        .limit(limits::FEATURED);
    let rows: Vec<Row> = run!(conn, c => chosen.select(Row::as_select()).load(c).await)?;
    hydrate(conn, rows, viewer).await
}

/// How many boards are shown before the others.
pub(super) async fn count_featured(conn: &mut Conn) -> Result<i64> {
    let chosen = boards::table.filter(boards::featured.eq(true)).count();
    Ok(run!(conn, c => chosen.get_result(c).await)?)
}

/// The boards of this node that the caller moderates, by name; those of the node's moderators and admins are all.
///
/// # Errors
/// The database refuses.
pub async fn moderated(conn: &mut Conn, caller: &Caller) -> Result<Vec<Board>> {
    let viewer = Viewer::Account(caller.clone());
    let all = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(actors::kind.eq("board"))
        .filter(actors::host.eq(""))
        .order(actors::name)
        .limit(limits::MODERATED);
    let rows: Vec<Row> = if caller.role >= Role::Moderator {
        run!(conn, c => all.select(Row::as_select()).load(c).await)?
    } else {
        let named = moderators::table
            .filter(moderators::account_id.eq(caller.id))
            .select(moderators::board_id);
        run!(conn, c => {
            let theirs = all.filter(boards::actor_id.eq_any(named));
            theirs.select(Row::as_select()).load(c).await
        })?
    };
    hydrate(conn, rows, &viewer).await
}

async fn by_activity(
    conn: &mut Conn,
    scope: Scope,
    viewer: &Viewer,
    page: &Page,
) -> Result<Slice<Row>> {
    let (at, id) = (boards::bumped_at, boards::actor_id);
    let span = page.span::<(i64, i64)>()?;
    let rows: Vec<Row> = run!(conn, c => {
        let all = boards_of!(scope, viewer, page);
        let part = match span {
            // Says nothing, but lets SQLite begin with the index instead of reading all actors.
            Span::Start => all.filter(at.ge(0)).order((at.desc(), id.desc())),
            // The first condition lets the index jump to the place, the second is the exact one.
            Span::After((a, i)) => all
                .filter(at.le(a).and(at.lt(a).or(id.lt(i))))
                .order((at.desc(), id.desc())),
            Span::Before((a, i)) => all
                .filter(at.ge(a).and(at.gt(a).or(id.gt(i))))
                .order((at.asc(), id.asc())),
        };
        part.load(c).await
    })?;
    Ok(Slice::cut(rows, page, &span, |row| {
        (row.bumped_at.0, row.id)
    }))
}

async fn by_name(
    conn: &mut Conn,
    scope: Scope,
    viewer: &Viewer,
    page: &Page,
) -> Result<Slice<Row>> {
    let (host, name) = (actors::host, actors::name);
    let span = page.span::<(String, String)>()?;
    let rows: Vec<Row> = run!(conn, c => {
        // Said twice, because names stand in an index of `actors`.
        let all = boards_of!(scope, viewer, page).filter(actors::kind.eq("board"));
        let all = match scope {
            Scope::Local => all.filter(host.eq("")),
            Scope::Known | Scope::Followed => all,
        };
        let part = match span.clone() {
            Span::Start => all.order((host.asc(), name.asc())),
            Span::After((h, n)) => all
                .filter(host.ge(h.clone()).and(host.gt(h).or(name.gt(n))))
                .order((host.asc(), name.asc())),
            Span::Before((h, n)) => all
                .filter(host.le(h.clone()).and(host.lt(h).or(name.lt(n))))
                .order((host.desc(), name.desc())),
        };
        part.load(c).await
    })?;
    let key = |row: &Row| (row.host.clone(), row.name.clone());
    Ok(Slice::cut(rows, page, &span, key))
}

async fn by_age(conn: &mut Conn, scope: Scope, viewer: &Viewer, page: &Page) -> Result<Slice<Row>> {
    let id = boards::actor_id;
    let span = page.span::<i64>()?;
    let rows: Vec<Row> = run!(conn, c => {
        let all = boards_of!(scope, viewer, page);
        let part = match span {
            // As above.
            Span::Start => all.filter(id.gt(0)).order(id.desc()),
            Span::After(i) => all.filter(id.lt(i)).order(id.desc()),
            Span::Before(i) => all.filter(id.gt(i)).order(id.asc()),
        };
        part.load(c).await
    })?;
    Ok(Slice::cut(rows, page, &span, |row| row.id))
}
