//! Going through a list for what a filter lets through, and no further in one page than [`LOOKED_AT`] rows.
//!
//! No index knows which threads pass, so the rows of the list's own index are taken in its order and looked at in
//! parts, until the page is full. Where nearly nothing passes, a page holds little or nothing and goes on behind the
//! last row it looked at: it costs the same however large the node is.

use std::collections::HashSet;

use db::{Conn, Id, run};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Filter, Note};
use crate::follow::State;
use crate::page::{Key, Page, Slice, Span};
use crate::schema::{attachments, follows, media, post_tags, posts, threads};
use crate::tag::Marks;
use crate::{Result, limits};

/// What of a list is let through: a filter, with what the list's own range does not see to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sieve<'a> {
    filter: Filter,
    local: bool,
    home: Option<(Id, &'a Marks)>,
}

impl<'a> Sieve<'a> {
    /// What passes this filter.
    pub(crate) fn of(filter: Filter) -> Self {
        Self {
            filter,
            ..Self::default()
        }
    }

    /// Only what stands on boards of this node.
    pub(crate) fn local(self) -> Self {
        Self {
            local: true,
            ..self
        }
    }

    /// Only what somebody follows, without what they mute.
    pub(crate) fn home(self, caller: Id, marks: &'a Marks) -> Self {
        Self {
            home: Some((caller, marks)),
            ..self
        }
    }

    /// Rows to take from the list.
    pub(crate) fn rows(&self, page: &Page) -> i64 {
        match self.is_open() {
            true => page.rows(),
            false => limits::LOOKED_AT,
        }
    }

    fn is_open(&self) -> bool {
        self.filter == Filter::default() && !self.local && self.home.is_none()
    }
}

/// The part of a list that passes: `keys` are [`Sieve::rows`] of it, nearest first, `id` says which thread a key is of.
///
/// # Errors
/// The database refuses.
pub(crate) async fn sift<K: Key + Copy + PartialEq>(
    conn: &mut Conn,
    sieve: &Sieve<'_>,
    keys: Vec<K>,
    (page, span): (&Page, &Span<K>),
    id: impl Fn(&K) -> Id,
) -> Result<Slice<Id>> {
    if sieve.is_open() {
        let slice = Slice::cut(keys, page, span, |key| *key);
        return Ok(slice.map(|key| id(&key)));
    }
    let full = usize::try_from(page.rows()).unwrap_or(usize::MAX);
    let mut found: Vec<K> = Vec::new();
    for part in keys.chunks(limits::LOOKED_AT_ONCE) {
        let ids: Vec<Id> = part.iter().map(&id).collect();
        let passing = passing(conn, sieve, &ids).await?;
        found.extend(part.iter().filter(|key| passing.contains(&id(key))));
        if found.len() >= full {
            break;
        }
    }
    found.truncate(full);
    let looked_at = i64::try_from(keys.len()).unwrap_or(i64::MAX);
    let more = looked_at >= limits::LOOKED_AT;
    let slice = Slice::cut_at(found, page, span, keys.last(), more);
    Ok(slice.map(|key| id(&key)))
}

/// Which of these threads pass.
async fn passing(conn: &mut Conn, sieve: &Sieve<'_>, ids: &[Id]) -> Result<HashSet<Id>> {
    let filter = &sieve.filter;
    let pictures = || attachments::table.filter(attachments::post_id.eq(threads::id.nullable()));
    let carrying = |tags: &[Id]| {
        post_tags::table
            .filter(post_tags::post_id.eq(threads::id))
            .filter(post_tags::tag_id.eq_any(tags.to_vec()))
    };
    let rows: Vec<Id> = run!(conn, c => {
        let mut part = threads::table
            .filter(threads::id.eq_any(ids))
            .select(threads::id)
            .into_boxed();
        if let Some(board) = filter.board {
            part = part.filter(threads::board_id.eq(board));
        }
        if sieve.local {
            part = part.filter(threads::local.eq(true));
        }
        if let Some(tag) = filter.tag {
            part = part.filter(exists(carrying(&[tag])));
        }
        if let Some(kind) = filter.kind {
            let (has, moves) = kind.pictures();
            let moving = media::table
                .inner_join(attachments::table.on(attachments::sha256.eq(media::sha256.nullable())))
                .filter(attachments::post_id.eq(threads::id.nullable()))
                .filter(media::frames.gt(1));
            part = part.filter(exists(pictures()).eq(has)).filter(exists(moving).eq(moves));
        }
        if let Some(note) = filter.note {
            let noted = posts::table
                .filter(posts::id.eq(threads::id))
                .filter(posts::sensitive.or(posts::content_warning.is_not_null()));
            let covered = pictures().filter(attachments::sensitive);
            part = part.filter(exists(noted).or(exists(covered)).eq(note == Note::Only));
        }
        if let Some((caller, marks)) = sieve.home {
            let targets = || {
                follows::table
                    .filter(follows::follower_id.eq(caller))
                    .filter(follows::state.eq(State::Accepted.name()))
                    .select(follows::target_id)
            };
            let followed = threads::board_id
                .eq_any(targets())
                .or(threads::author_id.eq_any(targets()))
                .or(exists(carrying(&marks.followed)));
            part = part.filter(followed).filter(not(exists(carrying(&marks.muted))));
        }
        part.load(c).await
    })?;
    Ok(rows.into_iter().collect())
}
