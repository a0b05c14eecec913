//! The one private insert behind `submit`, `accept` and `thread::start`.
//!
//! The callers hold board and thread ([`crate::lock`]) and have asked the rules; here are the rows, the counters
//! and the event.

use db::{Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use markup::Rendered;

use crate::attachment::attach::{self, Pictures};
use crate::post::{Ground, references};
use crate::schema::{actors, boards, mentions, posts, threads};
use crate::{Event, Result, Tx, event, limits, search, tag, thread};

/// A post that was admitted.
pub(crate) struct New<'a> {
    pub(crate) id: Id,
    pub(crate) ground: &'a Ground,
    pub(crate) author: Id,
    pub(crate) spot: Spot<'a>,
    /// As the board's home gave it; boards of this node give the next one.
    pub(crate) no: Option<i64>,
    pub(crate) uri: String,
    pub(crate) url: String,
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
    pub(crate) html: Rendered,
    pub(crate) pictures: Pictures,
    pub(crate) tags: Vec<String>,
    pub(crate) sensitive: bool,
    pub(crate) content_warning: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) sage: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) edited_at: Option<Timestamp>,
    pub(crate) activity: Option<String>,
}

/// Where it goes.
#[derive(Clone, Copy)]
pub(crate) enum Spot<'a> {
    /// It opens a thread.
    Opens,
    /// It answers `parent` in this thread.
    Answers { thread: &'a thread::Row, parent: Id },
}

impl Spot<'_> {
    pub(crate) fn thread(self) -> Option<Id> {
        match self {
            Self::Opens => None,
            Self::Answers { thread, .. } => Some(thread.id),
        }
    }

    fn parent(self) -> Option<Id> {
        match self {
            Self::Opens => None,
            Self::Answers { parent, .. } => Some(parent),
        }
    }
}

/// Inserts a post with all that hangs on it, and notes the events.
///
/// # Errors
/// `Conflict` where one of the uploads was posted in between.
pub(crate) async fn insert(tx: &mut Tx, mut new: New<'_>) -> Result<Id> {
    let post = new.id;
    let activity = new.activity.take();
    let wanted = place(tx, new).await?;
    event::note(tx, &Event::PostCreated { post, activity }).await?;
    for attachment in wanted {
        event::note(tx, &Event::MediaWanted { attachment }).await?;
    }
    Ok(post)
}

/// Inserts a post with all that hangs on it and tells nobody; answers the pictures to be fetched.
///
/// # Errors
/// As [`insert`].
pub(crate) async fn place(tx: &mut Tx, new: New<'_>) -> Result<Vec<Id>> {
    let thread = new.spot.thread().unwrap_or(new.id);
    let pictures = new.pictures.len();
    let no = count_on_board(tx, &new).await?;
    count_on_thread(tx, &new, pictures).await?;
    write_row(tx, &new, thread, no).await?;

    let names = &new.html.references;
    references::store(tx, new.id, new.ground, names, &references::Places::new()).await?;
    let mut shown = match no {
        Some(no) => references::naming(tx, new.ground, no).await?,
        None => Vec::new(),
    };
    if !names.is_empty() {
        shown.extend(references::named_by(tx, new.id).await?);
    }
    references::raise(tx, shown, thread).await?;
    store_mentions(tx, new.id, &new.html).await?;
    let wanted = attach::attach(tx, new.author, new.id, new.ground.board, new.pictures).await?;
    tag::replace(tx, new.id, thread, &[], &new.tags).await?;
    search::keep_post(tx, new.id).await?;
    count_on_author(tx, new.author, 1).await?;
    Ok(wanted)
}

/// Keeps who is named in a post.
pub(crate) async fn store_mentions(tx: &mut Tx, post: Id, html: &Rendered) -> Result<()> {
    for mention in html.mentions.iter().take(limits::MENTIONS) {
        let host = mention.host.as_deref().unwrap_or_default();
        let local = tx.cx.site.is_local(host);
        let row = (
            mentions::post_id.eq(post),
            mentions::name.eq(&mention.name),
            mentions::host.eq(if local { "" } else { host }),
        );
        let insert = diesel::insert_into(mentions::table)
            .values(row)
            .on_conflict_do_nothing();
        run!(tx.conn, c => insert.execute(c).await)?;
    }
    Ok(())
}

/// Adds to the count of an actor's posts.
pub(crate) async fn count_on_author(tx: &mut Tx, author: Id, by: i64) -> Result<()> {
    let count = diesel::update(actors::table.find(author))
        .set(actors::post_count.eq(actors::post_count + by));
    run!(tx.conn, c => count.execute(c).await)?;
    Ok(())
}

/// Whether a post of this board has this number.
pub(crate) async fn is_taken(tx: &mut Tx, board: Id, no: i64) -> Result<bool> {
    let found = posts::table
        .filter(posts::board_id.eq(board))
        .filter(posts::no.eq(no));
    let found = diesel::select(diesel::dsl::exists(found));
    Ok(run!(tx.conn, c => found.get_result(c).await)?)
}

/// The board's counters, and the post's number.
async fn count_on_board(tx: &mut Tx, new: &New<'_>) -> Result<Option<i64>> {
    let threads = match new.spot {
        Spot::Opens => 1,
        Spot::Answers { thread, .. } => i64::from(thread.hidden && !thread.withheld),
    };
    let bumped = new.ground.bumped_at.max(new.created_at);
    let board = boards::table.find(new.ground.board);
    let counts = (
        boards::post_count.eq(boards::post_count + 1),
        boards::thread_count.eq(boards::thread_count + threads),
        boards::bumped_at.eq(bumped),
    );
    if new.ground.is_local() {
        let update = diesel::update(board)
            .set((counts, boards::last_no.eq(boards::last_no + 1)))
            .returning(boards::last_no);
        let no: i64 = run!(tx.conn, c => update.get_result(c).await)?;
        return Ok(Some(no));
    }
    let update = diesel::update(board).set(counts);
    run!(tx.conn, c => update.execute(c).await)?;
    let Some(no) = new.no.filter(|no| *no > 0) else {
        return Ok(None);
    };
    let taken = is_taken(tx, new.ground.board, no).await?;
    Ok((!taken).then_some(no))
}

/// The thread's row or counters. An answer brings back a thread that was hidden with its opening post.
async fn count_on_thread(tx: &mut Tx, new: &New<'_>, pictures: i64) -> Result<()> {
    let Spot::Answers { thread, .. } = new.spot else {
        let row = (
            threads::id.eq(new.id),
            threads::board_id.eq(new.ground.board),
            threads::author_id.eq(new.author),
            threads::local.eq(new.ground.is_local()),
            threads::media_count.eq(pictures),
            threads::bumped_at.eq(new.created_at),
            threads::revision.eq(1),
        );
        let insert = diesel::insert_into(threads::table).values(row);
        run!(tx.conn, c => insert.execute(c).await)?;
        return Ok(());
    };
    let bumps = !new.sage && thread.reply_count < new.ground.bump_limit;
    let bumped = if bumps {
        thread.bumped_at.max(new.created_at)
    } else {
        thread.bumped_at
    };
    let update = diesel::update(threads::table.find(thread.id)).set((
        threads::reply_count.eq(threads::reply_count + 1),
        threads::media_count.eq(threads::media_count + pictures),
        threads::bumped_at.eq(bumped),
        threads::hidden.eq(threads::withheld),
        threads::revision.eq(threads::revision + 1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

async fn write_row(tx: &mut Tx, new: &New<'_>, thread: Id, no: Option<i64>) -> Result<()> {
    let row = (
        (
            posts::id.eq(new.id),
            posts::thread_id.eq(thread),
            posts::board_id.eq(new.ground.board),
            posts::author_id.eq(new.author),
            posts::no.eq(no),
            posts::parent_id.eq(new.spot.parent()),
        ),
        (
            posts::uri.eq(&new.uri),
            posts::url.eq(&new.url),
            posts::subject.eq(new.subject.as_deref()),
            posts::body.eq(&new.body),
            posts::html.eq(&new.html.html),
            posts::content_warning.eq(new.content_warning.as_deref()),
            posts::language.eq(new.language.as_deref()),
        ),
        (
            posts::sensitive.eq(new.sensitive),
            posts::sage.eq(new.sage),
            posts::created_at.eq(new.created_at),
            posts::edited_at.eq(new.edited_at),
        ),
    );
    let insert = diesel::insert_into(posts::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}
