//! References (`>>123`) as rows, resolved when they are read.
//!
//! A row names host, board and number, never a post: so a reference to a post that arrives later becomes a link by
//! itself. The host is stored as in `actors`, empty for this node. Written by `insert`, `edit` and `tombstone`.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use markup::{Handle, Reference};

use crate::post::{Backlink, Ground, Quote, QuoteTarget};
use crate::schema::{actors, posts, refs, threads};
use crate::{Result, Site, Tx, lock};

/// Backlinks read at once; a post that thousands refer to shows the oldest.
const BACKLINKS: i64 = 2_000;

diesel::alias!(
    posts as targets: Targets,
    actors as homes: Homes,
);

/// Where a reference in a post of this board leads: host (empty for this node), board, number.
pub(crate) fn place(reference: &Reference, ground: &Ground, site: &Site) -> (String, String, i64) {
    let (host, name) = match &reference.board {
        None => (ground.host.clone(), ground.name.clone()),
        Some(Handle { name, host: None }) => (ground.host.clone(), name.clone()),
        Some(Handle {
            name,
            host: Some(host),
        }) if site.is_local(host) => (String::new(), name.to_ascii_lowercase()),
        Some(Handle {
            name,
            host: Some(host),
        }) => (host.clone(), name.clone()),
    };
    (host, name, reference.no)
}

/// Where each reference of a post leads: host, board and number, by what was written.
pub(crate) type Places = HashMap<String, (String, String, i64)>;

/// Keeps the references of a post. One that led somewhere before leads there still: the thread may have been moved
/// since it was written.
pub(crate) async fn store(
    tx: &mut Tx,
    post: Id,
    ground: &Ground,
    references: &[Reference],
    known: &Places,
) -> Result<()> {
    for reference in references.iter().take(crate::limits::REFERENCES) {
        let written = reference.to_string();
        let (host, board, no) = match known.get(&written) {
            Some(known) => known.clone(),
            None => place(reference, ground, &tx.cx.site),
        };
        let row = (
            refs::id.eq(tx.id()),
            refs::from_post.eq(post),
            refs::written.eq(written),
            refs::to_host.eq(host),
            refs::to_board.eq(board),
            refs::to_no.eq(no),
        );
        let insert = diesel::insert_into(refs::table).values(row);
        run!(tx.conn, c => insert.execute(c).await)?;
    }
    Ok(())
}

/// Where the references of a post lead.
pub(crate) async fn places(tx: &mut Tx, post: Id) -> Result<Places> {
    let query = refs::table
        .filter(refs::from_post.eq(post))
        .select((refs::written, (refs::to_host, refs::to_board, refs::to_no)));
    let rows: Vec<(String, (String, String, i64))> = run!(tx.conn, c => query.load(c).await)?;
    Ok(rows.into_iter().collect())
}

/// What named this number of a board names another one now.
pub(crate) async fn redirect(
    tx: &mut Tx,
    from: &Ground,
    no: i64,
    to: &Ground,
    new: i64,
) -> Result<()> {
    let naming = refs::table
        .filter(refs::to_host.eq(&from.host))
        .filter(refs::to_board.eq(&from.name))
        .filter(refs::to_no.eq(no));
    let update = diesel::update(naming).set((
        refs::to_host.eq(&to.host),
        refs::to_board.eq(&to.name),
        refs::to_no.eq(new),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

/// Threads that show a link to a post of this thread, or a backlink to it.
pub(crate) async fn around(tx: &mut Tx, thread: Id) -> Result<Vec<Id>> {
    let inside = targets
        .filter(targets.field(posts::thread_id).eq(thread))
        .select(targets.field(posts::id));
    let board = actors::host
        .eq(refs::to_host)
        .and(actors::name.eq(refs::to_board));
    let target = posts::board_id
        .eq(actors::id)
        .and(posts::no.eq(refs::to_no.nullable()));
    let named = refs::table
        .inner_join(actors::table.on(board))
        .inner_join(posts::table.on(target))
        .filter(refs::from_post.eq_any(inside))
        .select(posts::thread_id)
        .distinct();
    let mut shown: Vec<Id> = run!(tx.conn, c => named.load(c).await)?;
    let board = actors::host
        .eq(refs::to_host)
        .and(actors::name.eq(refs::to_board));
    let target = targets
        .field(posts::board_id)
        .eq(actors::id)
        .and(targets.field(posts::no).eq(refs::to_no.nullable()));
    let naming = refs::table
        .inner_join(actors::table.on(board))
        .inner_join(targets.on(target))
        .inner_join(posts::table.on(posts::id.eq(refs::from_post)))
        .filter(targets.field(posts::thread_id).eq(thread))
        .select(posts::thread_id)
        .distinct();
    let naming: Vec<Id> = run!(tx.conn, c => naming.load(c).await)?;
    shown.extend(naming);
    Ok(shown)
}

/// Forgets the references of a post.
pub(crate) async fn forget(tx: &mut Tx, post: Id) -> Result<()> {
    let delete = diesel::delete(refs::table.filter(refs::from_post.eq(post)));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

/// Raises the revision of other threads that show a link to this post, or a backlink to it.
pub(crate) async fn touch(
    tx: &mut Tx,
    post: Id,
    thread: Id,
    ground: &Ground,
    no: Option<i64>,
) -> Result<()> {
    let mut shown = named_by(tx, post).await?;
    if let Some(no) = no {
        shown.extend(naming(tx, ground, no).await?);
    }
    raise(tx, shown, thread).await
}

/// Raises the revision of these threads but for `thread`, whose own verb does so.
pub(crate) async fn raise(tx: &mut Tx, mut shown: Vec<Id>, thread: Id) -> Result<()> {
    shown.retain(|id| *id != thread);
    shown.sort_unstable();
    shown.dedup();
    if shown.is_empty() {
        return Ok(());
    }
    let free = lock::free_threads(tx, &shown).await?;
    let raise = diesel::update(threads::table.filter(threads::id.eq_any(free)))
        .set(threads::revision.eq(threads::revision + 1));
    run!(tx.conn, c => raise.execute(c).await)?;
    Ok(())
}

/// The references in these posts, resolved, in order of appearance.
pub(crate) async fn out(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Vec<Quote>>> {
    let board = actors::host
        .eq(refs::to_host)
        .and(actors::name.eq(refs::to_board));
    let target = posts::board_id
        .nullable()
        .eq(actors::id.nullable())
        .and(posts::no.eq(refs::to_no.nullable()));
    let query = refs::table
        .left_join(actors::table.on(board))
        .left_join(posts::table.on(target))
        .left_join(threads::table.on(threads::id.nullable().eq(posts::thread_id.nullable())))
        .filter(refs::from_post.eq_any(ids))
        .order(refs::id)
        .select((
            refs::from_post,
            refs::written,
            (posts::id, posts::thread_id, posts::uri, posts::author_id).nullable(),
            refs::to_no,
            threads::hidden.nullable(),
        ));
    type Found = (Id, String, Option<(Id, Id, String, Id)>, i64, Option<bool>);
    let rows: Vec<Found> = run!(conn, c => query.load(c).await)?;
    let mut quotes: HashMap<Id, Vec<Quote>> = HashMap::new();
    for (from, written, target, no, hidden) in rows {
        let Some(reference) = read(&written) else {
            continue;
        };
        let target = target.filter(|_| hidden == Some(false));
        let target = target.map(|(post, thread_id, uri, author)| QuoteTarget {
            post,
            thread_id,
            no,
            uri,
            author,
        });
        let quote = Quote { reference, target };
        quotes.entry(from).or_default().push(quote);
    }
    Ok(quotes)
}

/// The posts that refer to these posts, oldest first.
pub(crate) async fn back(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Vec<Backlink>>> {
    let board = actors::id.eq(targets.field(posts::board_id));
    let naming = refs::to_host
        .eq(actors::host)
        .and(refs::to_board.eq(actors::name))
        .and(refs::to_no.nullable().eq(targets.field(posts::no)));
    let query = targets
        .inner_join(actors::table.on(board))
        .inner_join(refs::table.on(naming))
        .inner_join(posts::table.on(posts::id.eq(refs::from_post)))
        .inner_join(homes.on(homes.field(actors::id).eq(posts::board_id)))
        .filter(targets.field(posts::id).eq_any(ids))
        .order((posts::id, refs::id))
        .limit(BACKLINKS)
        .select((
            targets.field(posts::id),
            targets.field(posts::board_id),
            actors::host,
            (posts::id, posts::no, posts::thread_id, posts::board_id),
            homes.fields((actors::host, actors::name, actors::uri)),
        ));
    type Source = (Id, Option<i64>, Id, Id);
    type Found = (Id, Id, String, Source, (String, String, String));
    let rows: Vec<Found> = run!(conn, c => query.load(c).await)?;
    let mut links: HashMap<Id, Vec<Backlink>> = HashMap::new();
    for (target, board, host, (post, no, thread_id, from_board), home) in rows {
        let known = links.entry(target).or_default();
        if known.last().is_some_and(|link| link.post == post) {
            continue;
        }
        let shown = no.map_or_else(|| "\u{2026}".to_owned(), |no| no.to_string());
        let label = if board == from_board {
            format!(">>{shown}")
        } else if home.0 == host {
            format!(">>>/{}/{shown}", home.1)
        } else {
            format!(">>>/{}@{}/{shown}", home.1, shown_host(&home.0, &home.2))
        };
        known.push(Backlink {
            post,
            no,
            thread_id,
            label,
        });
    }
    Ok(links)
}

/// Reads back how a reference was written.
fn read(written: &str) -> Option<Reference> {
    if let Some(rest) = written.strip_prefix(">>>/") {
        let (board, no) = rest.rsplit_once('/')?;
        let board = Some(Handle::parse(board)?);
        let no = no.parse().ok()?;
        return Some(Reference { board, no });
    }
    let no = written.strip_prefix(">>")?.parse().ok()?;
    Some(Reference { board: None, no })
}

/// The host of a board for people elsewhere; our own rows leave it empty.
fn shown_host<'a>(host: &'a str, uri: &'a str) -> &'a str {
    if !host.is_empty() {
        return host;
    }
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// Threads of the posts that this post names.
pub(crate) async fn named_by(tx: &mut Tx, post: Id) -> Result<Vec<Id>> {
    let board = actors::host
        .eq(refs::to_host)
        .and(actors::name.eq(refs::to_board));
    let target = posts::board_id
        .eq(actors::id)
        .and(posts::no.eq(refs::to_no.nullable()));
    let query = refs::table
        .inner_join(actors::table.on(board))
        .inner_join(posts::table.on(target))
        .filter(refs::from_post.eq(post))
        .select(posts::thread_id);
    Ok(run!(tx.conn, c => query.load(c).await)?)
}

/// Threads of the posts that name this number of this board.
pub(crate) async fn naming(tx: &mut Tx, ground: &Ground, no: i64) -> Result<Vec<Id>> {
    let query = refs::table
        .inner_join(posts::table.on(posts::id.eq(refs::from_post)))
        .filter(refs::to_host.eq(&ground.host))
        .filter(refs::to_board.eq(&ground.name))
        .filter(refs::to_no.eq(no))
        .select(posts::thread_id)
        .distinct();
    Ok(run!(tx.conn, c => query.load(c).await)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        for text in [">>1", ">>>/art/2", ">>>/Art@host:81/3"] {
            assert_eq!(read(text).unwrap().to_string(), text);
        }
        for text in ["", ">>", ">>x", ">>>/1", ">>>/a b/1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn our_boards_have_a_host_for_others() {
        assert_eq!(
            shown_host("", "http://localhost:8081/b/art"),
            "localhost:8081"
        );
        assert_eq!(
            shown_host("b.example", "https://x.example/b/art"),
            "b.example"
        );
    }
}
