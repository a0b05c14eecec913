//! Somebody here opens a thread.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::attach::Pictures;
use crate::post::insert::{self, New, Spot};
use crate::post::submit;
use crate::rules::post::{Text, clean_body, clean_line};
use crate::schema::{actors, boards};
use crate::{Caller, Error, Handle, Noun, Result, Tx, limits, lock, rate, rules, watch};

/// An opening post as typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Empty is none.
    pub subject: Option<String>,
    /// Markdown and references.
    pub body: String,
    /// Uploads of the author, in order.
    pub media: Vec<Id>,
    /// Beside those in the text.
    pub tags: Vec<String>,
    /// Empty is none.
    pub content_warning: Option<String>,
    /// Hide the pictures at first.
    pub sensitive: bool,
    /// BCP 47.
    pub language: Option<String>,
}

/// Opens a thread.
///
/// # Errors
/// `Missing` board, `Denied`, `Invalid` with all faults, `Busy`.
pub async fn start(tx: &mut Tx, caller: &Caller, board: &Handle, draft: Draft) -> Result<Id> {
    rate::take(tx, &limits::RATE_THREADS, &caller.id.to_string()).await?;
    let board = board_id(&mut tx.conn, board).await?;
    lock::board(tx, board).await?;
    let ground = submit::enter(tx, caller, board, false).await?;

    let subject = clean_line(draft.subject.as_deref());
    let body = clean_body(&draft.body);
    let content_warning = clean_line(draft.content_warning.as_deref());
    let language = clean_line(draft.language.as_deref());
    let text = Text {
        subject: draft.subject.as_deref(),
        body: &draft.body,
        content_warning: draft.content_warning.as_deref(),
        language: language.as_deref(),
        tags: &draft.tags,
        pictures: draft.media.len(),
    };
    let faults = submit::faults(tx, caller, &ground, &text, &draft.media).await?;
    Error::from_faults(faults)?;

    let html = markup::render(&body, &tx.cx.site.origin);
    let id = tx.id();
    let uri = submit::address(&tx.cx.site, id);
    let new = New {
        id,
        ground: &ground,
        author: caller.id,
        spot: Spot::Opens,
        no: None,
        url: uri.clone(),
        uri,
        subject,
        body,
        tags: rules::post::tags(&draft.tags, &html),
        html,
        pictures: Pictures::Uploads(draft.media),
        sensitive: draft.sensitive,
        content_warning,
        language,
        sage: false,
        created_at: tx.now,
        edited_at: None,
        activity: None,
    };
    let made = insert::insert(tx, new).await?;
    watch::took_part(tx, caller.id, made, made).await?;
    Ok(made)
}

async fn board_id(conn: &mut Conn, handle: &Handle) -> Result<Id> {
    let query = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(actors::host.eq(&handle.host))
        .filter(actors::name.eq(&handle.name))
        .select(boards::actor_id);
    let found: Option<Id> = run!(conn, c => query.first(c).await.optional())?;
    found.ok_or(Error::Missing(Noun::Board))
}
