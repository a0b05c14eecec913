//! An author changes a post; the version before is kept.

use db::{Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use markup::Rendered;

use crate::attachment::attach;
use crate::post::accept::{body, line};
use crate::post::delete::hold;
use crate::post::{self, Edit, Ground, Patch, Row, insert, references};
use crate::rules::post::{Text, clean_body, clean_line, is_language};
use crate::schema::{attachments, mentions, post_versions, posts, threads};
use crate::{
    Caller, Denial, Error, Event, Result, Tx, account, ban, event, limits, rate, rules, search,
    tag, thread,
};

/// What a post says after an edit.
struct Content {
    subject: Option<String>,
    body: String,
    /// `None`: as before.
    html: Option<Rendered>,
    tags: Vec<String>,
    content_warning: Option<String>,
    sensitive: bool,
    language: Option<String>,
}

/// Changes a post of the caller; the version before is kept.
///
/// # Errors
/// `Missing`, `Gone`, `Denied` where the caller did not write it, `Invalid`.
pub async fn edit(tx: &mut Tx, caller: &Caller, id: Id, patch: Patch) -> Result<()> {
    rate::take(tx, &limits::RATE_EDITS, &caller.id.to_string()).await?;
    let (post, _) = hold(tx, id).await?;
    if post.author_id != caller.id {
        return Err(Denial::NotAuthor.into());
    }
    allow(tx, caller.id, Some(post.board_id)).await?;
    let ground = post::ground(&mut tx.conn, post.board_id, caller.id).await?;
    let old_tags = tag::of_post(&mut tx.conn, id).await?;

    let typed = patch.clone();
    let content = patched(tx, &post, &old_tags, patch);
    let pictures = pictures_of(tx, id).await?;
    let faults = rules::post::faults(&Text {
        subject: typed.subject.as_deref(),
        body: typed.body.as_deref().unwrap_or(&post.body),
        content_warning: typed.content_warning.as_deref(),
        language: content.language.as_deref(),
        tags: typed.tags.as_deref().unwrap_or_default(),
        pictures,
    });
    Error::from_faults(faults)?;
    if !differs(&post, &old_tags, &content) {
        return Ok(());
    }

    let before = post.edited_at.unwrap_or(post.created_at);
    let edited_at = tx.now.max(before.plus(1));
    write(tx, &post, &ground, &old_tags, content, edited_at).await?;
    thread::raise(tx, post.thread_id).await?;

    let activity = None;
    event::note(tx, &Event::PostEdited { post: id, activity }).await
}

/// The same, told by the author's server; answers whether anything changed. An edit older than the one that stands
/// changes nothing; of two of the same moment the larger text stands, on every node.
///
/// # Errors
/// `Missing`; `Denied` for a post of this node, and where its author may not write here any more.
pub async fn accept_edit(tx: &mut Tx, id: Id, edit: Edit) -> Result<bool> {
    let (post, place) = match hold(tx, id).await {
        Err(Error::Gone(_)) => return Ok(false),
        held => held?,
    };
    if account::by_id(&mut tx.conn, post.author_id)
        .await?
        .is_local()
    {
        return Err(Denial::NotAuthor.into());
    }
    let ground = post::ground(&mut tx.conn, post.board_id, post.author_id).await?;
    // A board elsewhere decides about its bans itself: what it let through, it wants.
    let judged = Some(post.board_id).filter(|_| ground.is_local());
    allow(tx, post.author_id, judged).await?;
    let old_tags = tag::of_post(&mut tx.conn, id).await?;

    let edited_at = edit.edited.min(tx.now);
    let text = body(&edit.body);
    if is_stale(&post, edited_at, &text) {
        return Ok(false);
    }
    let media = attach::believable(edit.media);
    let content = Content {
        subject: if post.id == post.thread_id {
            line(edit.subject.as_deref(), limits::SUBJECT)
        } else {
            None
        },
        body: text,
        tags: rules::post::tags(&edit.tags, &edit.html),
        html: Some(edit.html),
        content_warning: line(edit.content_warning.as_deref(), limits::CONTENT_WARNING),
        sensitive: edit.sensitive,
        language: edit.language.filter(|language| is_language(language)),
    };
    let pictures = attach::replace(tx, post.author_id, id, &media).await?;
    if pictures.is_none() && !differs(&post, &old_tags, &content) {
        return Ok(false);
    }

    write(tx, &post, &ground, &old_tags, content, edited_at).await?;
    let (more, wanted) = pictures.unwrap_or_default();
    let update = diesel::update(threads::table.find(place.id)).set((
        threads::media_count.eq(threads::media_count + more),
        threads::revision.eq(threads::revision + 1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;

    let activity = edit.activity;
    event::note(tx, &Event::PostEdited { post: id, activity }).await?;
    for attachment in wanted {
        event::note(tx, &Event::MediaWanted { attachment }).await?;
    }
    Ok(true)
}

/// Nothing where this author may write: on this board, or on this node where no board is given.
async fn allow(tx: &mut Tx, author: Id, board: Option<Id>) -> Result<()> {
    if post::is_suspended(&mut tx.conn, author).await? != Some(false) {
        return Err(Denial::Suspended.into());
    }
    ban::check(&mut tx.conn, author, board, tx.now).await
}

fn patched(tx: &Tx, post: &Row, old_tags: &[String], patch: Patch) -> Content {
    let origin = &tx.cx.site.origin;
    let body = patch.body.as_deref().map(clean_body);
    let body = body.unwrap_or_else(|| post.body.clone());
    let rewritten = body != post.body;
    let tags = if rewritten || patch.tags.is_some() {
        let before = markup::render(&post.body, origin);
        let beside = || {
            let beside = old_tags.iter().filter(|tag| !before.tags.contains(tag));
            beside.cloned().collect()
        };
        let given: Vec<String> = patch.tags.unwrap_or_else(beside);
        let after = if rewritten {
            markup::render(&body, origin)
        } else {
            before
        };
        rules::post::tags(&given, &after)
    } else {
        old_tags.to_vec()
    };
    let kept = |new: Option<String>, old: &Option<String>| match new {
        Some(text) => clean_line(Some(&text)),
        None => old.clone(),
    };
    Content {
        subject: if post.id == post.thread_id {
            kept(patch.subject, &post.subject)
        } else {
            None
        },
        html: rewritten.then(|| markup::render(&body, origin)),
        body,
        tags,
        content_warning: kept(patch.content_warning, &post.content_warning),
        sensitive: patch.sensitive.unwrap_or(post.sensitive),
        language: kept(patch.language, &post.language),
    }
}

fn differs(post: &Row, old_tags: &[String], content: &Content) -> bool {
    let html = content
        .html
        .as_ref()
        .is_some_and(|html| html.html != post.html);
    html || content.subject != post.subject
        || content.body != post.body
        || content.tags != old_tags
        || content.content_warning != post.content_warning
        || content.sensitive != post.sensitive
        || content.language != post.language
}

fn is_stale(post: &Row, edited_at: Timestamp, body: &str) -> bool {
    let Some(stands) = post.edited_at else {
        return false;
    };
    edited_at < stands || edited_at == stands && body < post.body.as_str()
}

/// Keeps the version before and writes the new one with its references, mentions and tags.
async fn write(
    tx: &mut Tx,
    post: &Row,
    ground: &Ground,
    old_tags: &[String],
    content: Content,
    edited_at: Timestamp,
) -> Result<()> {
    let old = (
        post_versions::id.eq(tx.id()),
        post_versions::post_id.eq(post.id),
        post_versions::subject.eq(post.subject.as_ref()),
        post_versions::body.eq(&post.body),
        post_versions::html.eq(&post.html),
        post_versions::content_warning.eq(post.content_warning.as_ref()),
        post_versions::created_at.eq(post.edited_at.unwrap_or(post.created_at)),
    );
    let insert = diesel::insert_into(post_versions::table).values(old);
    run!(tx.conn, c => insert.execute(c).await)?;

    let html = content.html.as_ref().map(|html| html.html.as_str());
    let update = diesel::update(posts::table.find(post.id)).set((
        posts::subject.eq(content.subject),
        posts::body.eq(content.body),
        posts::html.eq(html.unwrap_or(&post.html)),
        posts::content_warning.eq(content.content_warning),
        posts::sensitive.eq(content.sensitive),
        posts::language.eq(content.language),
        posts::edited_at.eq(edited_at),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    tag::replace(tx, post.id, post.thread_id, old_tags, &content.tags).await?;
    search::keep_post(tx, post.id).await?;
    match content.html {
        Some(html) => rewire(tx, post, ground, &html).await,
        None => Ok(()),
    }
}

/// The references and mentions of the new text in place of the old.
async fn rewire(tx: &mut Tx, post: &Row, ground: &Ground, html: &Rendered) -> Result<()> {
    references::touch(tx, post.id, post.thread_id, ground, None).await?;
    let known = references::places(tx, post.id).await?;
    references::forget(tx, post.id).await?;
    references::store(tx, post.id, ground, &html.references, &known).await?;
    references::touch(tx, post.id, post.thread_id, ground, None).await?;
    let named = diesel::delete(mentions::table.filter(mentions::post_id.eq(post.id)));
    run!(tx.conn, c => named.execute(c).await)?;
    insert::store_mentions(tx, post.id, html).await
}

async fn pictures_of(tx: &mut Tx, id: Id) -> Result<usize> {
    let query = attachments::table
        .filter(attachments::post_id.eq(id))
        .count();
    let count: i64 = run!(tx.conn, c => query.get_result(c).await)?;
    Ok(usize::try_from(count).unwrap_or_default())
}
