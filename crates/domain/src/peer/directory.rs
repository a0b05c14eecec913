//! Servers as admins look for them: by name, by whether they answer, by what was decided about them.

use db::{Conn, run};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Peer, Row, with_queues};
use crate::Result;
use crate::page::{Page, Slice, Span};
use crate::schema::peers;

/// Behind every name: they are made of letters before it.
const LAST: char = '\u{10FFFF}';

/// Which servers a list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Those whose names begin so.
    All {
        /// What the name begins with.
        prefix: String,
    },
    /// Those that do not answer at the moment.
    Failing,
    /// Those that have not answered for days.
    Dead,
    /// Those an admin wants nothing of.
    Suspended,
}

/// How many servers are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Those that answer.
    pub up: i64,
    /// Those that do not at the moment.
    pub failing: i64,
    /// Those that have not for days.
    pub dead: i64,
    /// Those an admin wants nothing of, whatever their state.
    pub suspended: i64,
}

/// Servers of a filter by name, with what waits for each.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn directory(conn: &mut Conn, filter: &Filter, page: Page) -> Result<Slice<Peer>> {
    let host = peers::host;
    let span = page.span::<String>()?;
    let rows: Vec<Row> = run!(conn, c => {
        let all = peers::table
            .select(Row::as_select())
            .limit(page.rows())
            .into_boxed();
        let all = match filter {
            Filter::All { prefix } => {
                all.filter(host.ge(prefix).and(host.lt(format!("{prefix}{LAST}"))))
            }
            Filter::Failing => all.filter(peers::state.eq("failing")),
            Filter::Dead => all.filter(peers::state.eq("dead")),
            Filter::Suspended => all.filter(peers::policy.eq("suspended")),
        };
        let part = match span.clone() {
            Span::Start => all.order(host.asc()),
            Span::After(h) => all.filter(host.gt(h)).order(host.asc()),
            Span::Before(h) => all.filter(host.lt(h)).order(host.desc()),
        };
        part.load(c).await
    })?;
    let slice = Slice::cut(rows, &page, &span, |row| row.host.clone());
    let (rows, places) = slice.into_parts();
    Ok(places.with(with_queues(conn, rows).await?))
}

/// How many servers are in which state: one row a server, read through.
///
/// # Errors
/// The database refuses.
pub async fn census(conn: &mut Conn) -> Result<Census> {
    let counts = peers::table
        .group_by((peers::state, peers::policy))
        .select((peers::state, peers::policy, count_star()));
    let counts: Vec<(String, String, i64)> = run!(conn, c => counts.load(c).await)?;
    let mut census = Census::default();
    for (state, policy, count) in counts {
        match state.as_str() {
            "failing" => census.failing += count,
            "dead" => census.dead += count,
            _ => census.up += count,
        }
        if policy == "suspended" {
            census.suspended += count;
        }
    }
    Ok(census)
}
