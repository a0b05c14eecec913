//! The words of things are written down with them, and forgotten with them.
//!
//! Called by everything that writes a post, a description of its pictures, or an actor's names. A database that was
//! filled by other means (an older version, an archive) catches up once, in the background.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::Kind;
use crate::schema::{actors, attachments, posts, settings};
use crate::search::words::{self, Index};
use crate::{Context, Result, Tx};

/// The row of `settings` that says that everything is written down.
const DONE: &str = "words";
/// Rows of one transaction while catching up.
const STEP: i64 = 200;

/// Writes down the words of a post as it stands: subject, note, text, descriptions of its pictures.
pub(crate) async fn keep_post(tx: &mut Tx, post: Id) -> Result<()> {
    keep_posts(tx, &[post]).await
}

/// The same for many, read in two statements.
async fn keep_posts(tx: &mut Tx, ids: &[Id]) -> Result<()> {
    let query = posts::table
        .filter(posts::id.eq_any(ids))
        .filter(posts::deleted_at.is_null())
        .select((
            posts::id,
            (posts::subject, posts::content_warning, posts::body),
        ));
    type Found = (Id, (Option<String>, Option<String>, String));
    let found: Vec<Found> = run!(tx.conn, c => query.load(c).await)?;
    let mut texts: HashMap<Id, Vec<String>> = found
        .into_iter()
        .map(|(id, (subject, warning, body))| {
            let texts = subject.into_iter().chain(warning).chain([body]);
            (id, texts.collect())
        })
        .collect();
    let alts = attachments::table
        .filter(attachments::post_id.eq_any(ids))
        .select((attachments::post_id, attachments::alt));
    let alts: Vec<(Option<Id>, String)> = run!(tx.conn, c => alts.load(c).await)?;
    for (post, alt) in alts {
        if let Some(texts) = post.and_then(|post| texts.get_mut(&post)) {
            texts.push(alt);
        }
    }
    for id in ids {
        match texts.get(id) {
            Some(texts) => {
                let words = markup::words(&texts.join("\n"));
                words::put(tx, Index::Posts, *id, &words).await?;
            }
            None => forget_post(tx, *id).await?,
        }
    }
    Ok(())
}

/// Forgets the words of a post.
pub(crate) async fn forget_post(tx: &mut Tx, post: Id) -> Result<()> {
    words::remove(tx, Index::Posts, post).await
}

/// Writes down the words of an account or board as it stands: its names, and what a board is about.
pub(crate) async fn keep_actor(tx: &mut Tx, actor: Id) -> Result<()> {
    let query = actors::table.find(actor).select((
        actors::kind,
        actors::name,
        actors::title,
        actors::about,
    ));
    type Found = (String, String, String, String);
    let found: Option<Found> = run!(tx.conn, c => query.first(c).await.optional())?;
    let text = match found {
        Some((kind, name, title, about)) => match Kind::read(&kind) {
            Kind::Board => format!("{name}\n{title}\n{about}"),
            Kind::Person => format!("{name}\n{title}"),
            Kind::Instance => String::new(),
        },
        None => String::new(),
    };
    words::put(tx, Index::Actors, actor, &markup::words(&text)).await
}

/// Writes down the words of everything that is there, unless that was done: a few hundred rows at a time.
///
/// # Errors
/// The database refuses.
pub async fn catch_up(cx: &Context) -> Result<()> {
    if is_done(&mut *cx.read().await?).await? {
        return Ok(());
    }
    let mut after = 0;
    loop {
        let posts = posts::table
            .filter(posts::id.gt(after))
            .order(posts::id)
            .limit(STEP)
            .select(posts::id);
        let ids: Vec<Id> = run!(&mut *cx.read().await?, c => posts.load(c).await)?;
        let Some(last) = ids.last() else { break };
        after = *last;
        cx.write(async |tx| keep_posts(tx, &ids).await).await?;
    }
    let mut after = 0;
    loop {
        let actors = actors::table
            .filter(actors::id.gt(after))
            .order(actors::id)
            .limit(STEP)
            .select(actors::id);
        let ids: Vec<Id> = run!(&mut *cx.read().await?, c => actors.load(c).await)?;
        let Some(last) = ids.last() else { break };
        after = *last;
        cx.write(async |tx| {
            for id in &ids {
                keep_actor(tx, *id).await?;
            }
            Ok(())
        })
        .await?;
    }
    cx.write(async |tx| note_done(tx).await).await
}

/// Makes the next [`catch_up`] write down everything: an archive was taken in, which holds no words.
///
/// # Errors
/// The database refuses.
pub async fn start_over(conn: &mut Conn) -> Result<()> {
    let forget = diesel::delete(settings::table.find(DONE));
    run!(conn, c => forget.execute(c).await)?;
    Ok(())
}

async fn is_done(conn: &mut Conn) -> Result<bool> {
    let done = settings::table.find(DONE).select(settings::value);
    let done: Option<String> = run!(conn, c => done.first(c).await.optional())?;
    Ok(done.is_some())
}

async fn note_done(tx: &mut Tx) -> Result<()> {
    let row = (settings::name.eq(DONE), settings::value.eq("1"));
    let insert = diesel::insert_into(settings::table)
        .values(row)
        .on_conflict_do_nothing();
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}
