//! Reading a thread.

use std::sync::Arc;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::page::{Cursor, Page, Slice, Span};
use crate::post::{self, BoardRef, Post, Row};
use crate::schema::posts;
use crate::thread::{self, Thread};
use crate::{Error, Handle, Noun, Result, Viewer, account, limits};

diesel::alias!(posts as openings: Openings);

/// A thread with its opening post and up to 99 replies.
///
/// # Errors
/// `Missing`, or `Gone` where the thread went with its opening post.
pub async fn view(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Thread> {
    let row = thread::find(conn, id).await?;
    let page = Page::first(limits::THREAD_REPLIES + 1);
    let slice = slice(conn, id, viewer, &page).await?;
    let opening = slice.items.iter().find(|post| post.is_op);
    let board: Arc<BoardRef> = match opening {
        Some(opening) => Arc::clone(&opening.board),
        None => Arc::new(post::board_ref(&account::by_id(conn, row.board_id).await?)),
    };
    Ok(Thread {
        id,
        board,
        no: opening.and_then(|post| post.no),
        subject: opening.and_then(|post| post.subject.clone()),
        reply_count: row.reply_count,
        media_count: row.media_count,
        likes: row.likes,
        bumped_at: row.bumped_at,
        pinned: row.pinned,
        locked: row.locked,
        revision: row.revision,
        tags: opening.map(|post| post.tags.clone()).unwrap_or_default(),
        posts: slice.items,
        more: slice.next,
    })
}

/// The id of the thread whose opening post has this number, or had it before the thread was moved to another board.
///
/// # Errors
/// `Missing`.
pub async fn by_no(conn: &mut Conn, board: &Handle, no: i64) -> Result<Id> {
    let post = post_by_no(conn, board, no).await?;
    let row = thread::row::find_any(conn, post).await?;
    Ok(row.id)
}

/// The post of any thread that has a number on a board, or had it before its thread was moved away.
///
/// # Errors
/// `Missing` where nothing has or had that number.
pub async fn post_by_no(conn: &mut Conn, board: &Handle, no: i64) -> Result<Id> {
    let post = match post::by_no(conn, board, no).await? {
        Some(post) => Some(post),
        None => thread::relocate::by_old_no(conn, board, no).await?,
    };
    post.ok_or(Error::Missing(Noun::Thread))
}

/// Posts of a thread, oldest first, opening post included.
///
/// # Errors
/// `Missing`, `Gone`, or `Invalid` for a bad cursor.
pub async fn posts(conn: &mut Conn, id: Id, viewer: &Viewer, page: Page) -> Result<Slice<Post>> {
    thread::find(conn, id).await?;
    slice(conn, id, viewer, &page).await
}

/// What goes into `after` of [`posts`] so that they begin with this post; `None` where [`view`] holds it.
///
/// # Errors
/// The database refuses.
pub async fn before(conn: &mut Conn, id: Id, post: Id) -> Result<Option<String>> {
    let first = posts::table
        .filter(posts::thread_id.eq(id))
        .order(posts::id.asc())
        .limit(limits::THREAD_REPLIES + 1)
        .select(posts::id);
    let first: Vec<Id> = run!(conn, c => first.load(c).await)?;
    if first.last().is_none_or(|last| post <= *last) {
        return Ok(None);
    }
    let previous = posts::table
        .filter(posts::thread_id.eq(id))
        .filter(posts::id.lt(post))
        .order(posts::id.desc())
        .select(posts::id);
    let previous: Option<Id> = run!(conn, c => previous.first(c).await.optional())?;
    Ok(previous.map(|previous| Cursor::of(&previous)))
}

/// The last `count` replies, oldest first.
///
/// # Errors
/// `Missing` or `Gone`.
pub async fn last(conn: &mut Conn, id: Id, viewer: &Viewer, count: i64) -> Result<Vec<Post>> {
    thread::find(conn, id).await?;
    let query = posts::table
        .filter(posts::thread_id.eq(id))
        .filter(posts::id.ne(id))
        .order(posts::id.desc())
        .limit(count.clamp(0, limits::PAGE_MOST))
        .select(posts::id);
    let mut ids: Vec<Id> = run!(conn, c => query.load(c).await)?;
    ids.reverse();
    post::hydrate(conn, &ids, viewer).await
}

/// The revision of a thread's page, for conditional requests.
///
/// # Errors
/// `Missing` or `Gone`.
pub async fn revision(conn: &mut Conn, id: Id) -> Result<i64> {
    Ok(thread::find(conn, id).await?.revision)
}

async fn slice(conn: &mut Conn, id: Id, viewer: &Viewer, page: &Page) -> Result<Slice<Post>> {
    let span = page.span::<Id>()?;
    let own = posts::table
        .inner_join(openings.on(openings.field(posts::id).eq(posts::thread_id)))
        .filter(posts::thread_id.eq(id))
        .limit(page.rows());
    let rows: Vec<(Row, Option<i64>)> = run!(conn, c => {
        let own = own.select((Row::as_select(), openings.field(posts::no)));
        match span {
            Span::Start => own.order(posts::id.asc()).load(c).await,
            Span::After(key) => {
                own.filter(posts::id.gt(key)).order(posts::id.asc()).load(c).await
            }
            Span::Before(key) => {
                own.filter(posts::id.lt(key)).order(posts::id.desc()).load(c).await
            }
        }
    })?;
    let mut slice = Slice::cut(rows, page, &span, |(row, _)| row.id);
    let rows = std::mem::take(&mut slice.items);
    let found = post::dress(conn, rows, viewer).await?;
    Ok(slice.with(found))
}
