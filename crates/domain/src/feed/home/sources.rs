//! What somebody follows, each thing as a range of an index: where it begins, and its first threads.

use std::cmp::Ordering;

use db::{Conn, Id, run};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::follow::State;
use crate::page::Span;
use crate::schema::{follows, post_tags, tag_marks, threads};
use crate::tag::Mark;

diesel::alias!(post_tags as muting: Muting);

/// Something that is followed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Board(Id),
    Author(Id),
    Tag(Id),
}

/// Where to begin, and which way to go.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// To older threads than this one.
    Older(Id),
    /// To newer ones.
    Newer(Id),
}

impl Way {
    pub(super) fn of(span: Span<i64>) -> Self {
        match span {
            Span::Start => Self::Older(Id::MAX),
            Span::After(id) => Self::Older(id),
            Span::Before(id) => Self::Newer(id),
        }
    }

    /// Which of two threads comes first.
    pub(super) fn order(self, one: Id, other: Id) -> Ordering {
        match self {
            Self::Older(_) => other.cmp(&one),
            Self::Newer(_) => one.cmp(&other),
        }
    }
}

/// The part of `$threads` (with their `$id`) that goes `$way`.
macro_rules! onward {
    ($threads:expr, $id:expr, $way:expr) => {
        match $way {
            Way::Older(key) => $threads.filter($id.lt(key)).order($id.desc()),
            Way::Newer(key) => $threads.filter($id.gt(key)).order($id.asc()),
        }
    };
}

/// `$threads` (boxed) without those whose opening post carries one of these tags.
macro_rules! unmuted {
    ($threads:expr, $id:expr, $muted:expr) => {{
        let mut part = $threads;
        if !$muted.is_empty() {
            let carries = muting
                .filter(muting.field(post_tags::post_id).eq($id))
                .filter(muting.field(post_tags::tag_id).eq_any($muted));
            part = part.filter(not(exists(carries)));
        }
        part
    }};
}

/// The first thread of each board and account that is followed.
pub(super) async fn heads(conn: &mut Conn, caller: Id, way: Way) -> Result<Vec<(Source, Id)>> {
    let followed = || {
        follows::table
            .filter(follows::follower_id.eq(caller))
            .filter(follows::state.eq(State::Accepted.name()))
    };
    macro_rules! first {
        ($column:expr, $compare:ident($key:expr), $order:ident) => {
            threads::table
                .filter($column.eq(follows::target_id))
                .filter(not(threads::hidden))
                .filter(threads::id.$compare($key))
                .order(threads::id.$order())
                .limit(1)
                .select(threads::id)
                .single_value()
        };
    }
    let (board, author) = (threads::board_id, threads::author_id);
    type Heads = Vec<(Id, Option<Id>, Option<Id>)>;
    let rows: Heads = match way {
        Way::Older(key) => {
            let of = first!(board, lt(key), desc);
            let by = first!(author, lt(key), desc);
            let query = followed().select((follows::target_id, of, by));
            run!(conn, c => query.load(c).await)?
        }
        Way::Newer(key) => {
            let of = first!(board, gt(key), asc);
            let by = first!(author, gt(key), asc);
            let query = followed().select((follows::target_id, of, by));
            run!(conn, c => query.load(c).await)?
        }
    };
    let sources = rows.into_iter().flat_map(|(target, of, by)| {
        let of = of.map(|head| (Source::Board(target), head));
        let by = by.map(|head| (Source::Author(target), head));
        of.into_iter().chain(by)
    });
    Ok(sources.collect())
}

/// The first thread of each tag that is followed.
pub(super) async fn tag_heads(conn: &mut Conn, caller: Id, way: Way) -> Result<Vec<(Source, Id)>> {
    macro_rules! first {
        ($compare:ident($key:expr), $order:ident) => {
            post_tags::table
                .filter(post_tags::tag_id.eq(tag_marks::tag_id))
                .filter(post_tags::opens.eq(true))
                .filter(post_tags::post_id.$compare($key))
                .order(post_tags::post_id.$order())
                .limit(1)
                .select(post_tags::post_id)
                .single_value()
        };
    }
    let followed = tag_marks::table
        .filter(tag_marks::account_id.eq(caller))
        .filter(tag_marks::mark.eq(Mark::Followed.name()));
    let rows: Vec<(Id, Option<Id>)> = match way {
        Way::Older(key) => {
            let query = followed.select((tag_marks::tag_id, first!(lt(key), desc)));
            run!(conn, c => query.load(c).await)?
        }
        Way::Newer(key) => {
            let query = followed.select((tag_marks::tag_id, first!(gt(key), asc)));
            run!(conn, c => query.load(c).await)?
        }
    };
    let sources = rows.into_iter();
    Ok(sources
        .filter_map(|(tag, head)| Some((Source::Tag(tag), head?)))
        .collect())
}

/// The first threads of one source.
pub(super) async fn part(
    conn: &mut Conn,
    source: Source,
    muted: &[Id],
    way: Way,
    rows: i64,
) -> Result<Vec<Id>> {
    Ok(run!(conn, c => match source {
        Source::Tag(tag) => {
            let all = post_tags::table
                .filter(post_tags::tag_id.eq(tag))
                .filter(post_tags::opens.eq(true))
                .limit(rows)
                .select(post_tags::post_id)
                .into_boxed();
            let all = unmuted!(all, post_tags::post_id, muted);
            onward!(all, post_tags::post_id, way).load(c).await
        }
        Source::Board(board) => {
            let all = threads::table
                .filter(threads::board_id.eq(board))
                .filter(not(threads::hidden))
                .limit(rows)
                .select(threads::id)
                .into_boxed();
            let all = unmuted!(all, threads::id, muted);
            onward!(all, threads::id, way).load(c).await
        }
        Source::Author(author) => {
            let all = threads::table
                .filter(threads::author_id.eq(author))
                .filter(not(threads::hidden))
                .limit(rows)
                .select(threads::id)
                .into_boxed();
            let all = unmuted!(all, threads::id, muted);
            onward!(all, threads::id, way).load(c).await
        }
    })?)
}
