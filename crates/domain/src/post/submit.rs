//! Somebody here answers in a thread.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use markup::Reference;

use crate::attachment::attach::{self, Pictures};
use crate::post::id;
use crate::post::insert::{self, New, Spot};
use crate::post::{Draft, Ground, references};
use crate::rules::post::{Text, clean_body, clean_line};
use crate::schema::posts;
use crate::{
    Caller, Denial, Error, Fault, Noun, Result, Site, Tx, ban, limits, post, rate, rules, thread,
    watch,
};

/// Adds a reply to a thread.
///
/// # Errors
/// `Missing` or `Gone` thread, `Denied`, `Invalid` with all faults, `Busy`.
pub async fn submit(tx: &mut Tx, caller: &Caller, thread: Id, draft: Draft) -> Result<Id> {
    rate::take(tx, &limits::RATE_POSTS, &caller.id.to_string()).await?;
    let place = thread::hold(tx, thread).await?;
    if place.hidden {
        return Err(Error::Gone(Noun::Thread));
    }
    let ground = enter(tx, caller, place.board_id, place.locked).await?;

    let body = clean_body(&draft.body);
    let content_warning = clean_line(draft.content_warning.as_deref());
    let language = clean_line(draft.language.as_deref());
    let text = Text {
        body: &draft.body,
        content_warning: draft.content_warning.as_deref(),
        language: language.as_deref(),
        pictures: draft.media.len(),
        ..Text::default()
    };
    let mut faults = faults(tx, caller, &ground, &text, &draft.media).await?;
    let answered = match draft.reply_to {
        Some(answered) => {
            faults.extend(foreign_answer(tx, thread, answered).await?);
            Some(answered)
        }
        None => None,
    };
    Error::from_faults(faults)?;

    let html = markup::render(&body, &tx.cx.site.origin);
    let parent = match answered {
        Some(answered) => answered,
        None => quoted(tx, &ground, thread, &html.references).await?,
    };
    let id = id::choose(tx, tx.now, Some(thread)).await?;
    let uri = address(&tx.cx.site, id);
    let new = New {
        id,
        ground: &ground,
        author: caller.id,
        spot: Spot::Answers {
            thread: &place,
            parent,
        },
        no: None,
        url: uri.clone(),
        uri,
        subject: None,
        body,
        tags: rules::post::tags(&[], &html),
        html,
        pictures: Pictures::Uploads(draft.media),
        sensitive: draft.sensitive,
        content_warning,
        language,
        sage: draft.sage,
        created_at: tx.now,
        edited_at: None,
        activity: None,
    };
    let made = insert::insert(tx, new).await?;
    watch::took_part(tx, caller.id, thread, made).await?;
    Ok(made)
}

/// The ActivityPub id of a post of this node.
pub(crate) fn address(site: &Site, id: Id) -> String {
    format!("{}/p/{id}", site.origin)
}

/// The board as a caller finds it who wants to post there, and may.
pub(crate) async fn enter(tx: &mut Tx, caller: &Caller, board: Id, locked: bool) -> Result<Ground> {
    let ground = post::ground(&mut tx.conn, board, caller.id).await?;
    let ground = ground.seen_by(caller);
    let suspended = post::is_suspended(&mut tx.conn, caller.id).await?;
    let suspended = suspended.ok_or(Denial::SignedOut)?;
    rules::post::admit(ground.facts(suspended, locked))?;
    ban::check(&mut tx.conn, caller.id, Some(board), tx.now).await?;
    Ok(ground)
}

/// All that is wrong with a text and its pictures.
pub(crate) async fn faults(
    tx: &mut Tx,
    caller: &Caller,
    ground: &Ground,
    text: &Text<'_>,
    media: &[Id],
) -> Result<Vec<Fault>> {
    let mut faults = rules::post::faults(text);
    if let Some(fault) = rules::post::picture_fault(media.len(), tx.cx.site.pictures) {
        faults.push(fault);
        return Ok(faults);
    }
    let pictures = attach::faults(&mut tx.conn, caller.id, media, ground.require_alt).await?;
    faults.extend(pictures);
    Ok(faults)
}

async fn foreign_answer(tx: &mut Tx, thread: Id, answered: Id) -> Result<Option<Fault>> {
    let query = posts::table.find(answered).select(posts::thread_id);
    let found: Option<Id> = run!(tx.conn, c => query.first(c).await.optional())?;
    if found == Some(thread) {
        return Ok(None);
    }
    let detail = "The post you answer must be in this thread.";
    Ok(Some(Fault::new("reply_to", "not_in_thread", detail)))
}

/// What a reply answers that does not say so: the one post of its thread that it quotes, else the opening post.
async fn quoted(tx: &mut Tx, ground: &Ground, thread: Id, references: &[Reference]) -> Result<Id> {
    let numbers: Vec<i64> = references
        .iter()
        .map(|reference| references::place(reference, ground, &tx.cx.site))
        .filter(|(host, board, _)| *host == ground.host && *board == ground.name)
        .map(|(_, _, no)| no)
        .collect();
    if numbers.is_empty() {
        return Ok(thread);
    }
    let query = posts::table
        .filter(posts::board_id.eq(ground.board))
        .filter(posts::no.eq_any(numbers))
        .filter(posts::thread_id.eq(thread))
        .select(posts::id)
        .limit(2);
    let found: Vec<Id> = run!(tx.conn, c => query.load(c).await)?;
    match found.as_slice() {
        [one] => Ok(*one),
        _ => Ok(thread),
    }
}
