//! The places of pictures in the order of a list: each place is a range of one index.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::Place;
use crate::Result;
use crate::page::Span;
use crate::schema::{attachments, post_tags, posts};

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) post: Id,
    position: i32,
    pub(super) id: Id,
}

impl Key {
    /// As cursors hold it.
    pub(super) fn place(&self) -> (i64, i64) {
        (self.post, i64::from(self.position))
    }
}

/// The part of `$pictures` (boxed) that `$span` names, newest post first.
macro_rules! newest {
    ($pictures:expr, $post:expr, $span:expr) => {{
        let (post, position) = ($post, attachments::position);
        match $span {
            Span::Start => $pictures.order((post.desc(), position.asc())),
            Span::After((p, n)) => $pictures
                .filter(post.le(p).and(post.lt(p).or(position.gt(place(n)))))
                .order((post.desc(), position.asc())),
            Span::Before((p, n)) => $pictures
                .filter(post.ge(p).and(post.gt(p).or(position.lt(place(n)))))
                .order((post.asc(), position.desc())),
        }
    }};
}

/// The same, oldest post first.
macro_rules! oldest {
    ($pictures:expr, $post:expr, $span:expr) => {{
        let (post, position) = ($post, attachments::position);
        match $span {
            Span::Start => $pictures.order((post.asc(), position.asc())),
            Span::After((p, n)) => $pictures
                .filter(post.ge(p).and(post.gt(p).or(position.gt(place(n)))))
                .order((post.asc(), position.asc())),
            Span::Before((p, n)) => $pictures
                .filter(post.le(p).and(post.lt(p).or(position.lt(place(n)))))
                .order((post.desc(), position.desc())),
        }
    }};
}

/// At most `rows` pictures, nearest first.
pub(super) async fn find(
    conn: &mut Conn,
    place: Place,
    span: Span<(i64, i64)>,
    rows: i64,
) -> Result<Vec<Key>> {
    type Found = Vec<(Option<Id>, i32, Id)>;
    let columns = (attachments::post_id, attachments::position, attachments::id);
    let here = attachments::table
        .filter(attachments::board_id.is_not_null())
        .filter(attachments::post_id.is_not_null());
    let found: Found = match place {
        Place::Everywhere => run!(conn, c => {
            let all = here.select(columns).limit(rows).into_boxed();
            newest!(all, attachments::post_id, span).load(c).await
        })?,
        Place::Board(board) => run!(conn, c => {
            let own = attachments::table.filter(attachments::board_id.eq(board));
            let all = own.select(columns).limit(rows).into_boxed();
            newest!(all, attachments::post_id, span).load(c).await
        })?,
        Place::Tag(tag) => run!(conn, c => {
            let carrying = post_tags::table
                .inner_join(attachments::table.on(
                    attachments::post_id.eq(post_tags::post_id.nullable()),
                ))
                .filter(post_tags::tag_id.eq(tag))
                .filter(attachments::board_id.is_not_null());
            let all = carrying.select(columns).limit(rows).into_boxed();
            newest!(all, post_tags::post_id, span).load(c).await
        })?,
        Place::Thread(thread) => run!(conn, c => {
            let own = posts::table
                .inner_join(attachments::table.on(attachments::post_id.eq(posts::id.nullable())))
                .filter(posts::thread_id.eq(thread))
                .filter(attachments::board_id.is_not_null());
            let all = own.select(columns).limit(rows).into_boxed();
            oldest!(all, posts::id, span).load(c).await
        })?,
    };
    let key =
        |(post, position, id): (Option<Id>, i32, Id)| post.map(|post| Key { post, position, id });
    Ok(found.into_iter().filter_map(key).collect())
}

/// A position as the column holds it; what a cursor says beyond is before or after all of them.
fn place(number: i64) -> i32 {
    let bounded = number.clamp(-1, i64::from(i32::MAX));
    i32::try_from(bounded).unwrap_or(i32::MAX)
}
