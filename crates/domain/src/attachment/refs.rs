//! How many attachments, avatars and banners show a file. What nobody shows is swept.

use std::collections::BTreeMap;

use db::{Id, run};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use media::Picture;

use crate::attachment::State;
use crate::schema::{attachments, media as files, posts, renditions, threads};
use crate::{Caller, Error, Result, Tx, lock};

/// Turns an upload of the caller into an avatar or banner: the upload is gone, its file stays counted.
/// Answers the file's name.
///
/// # Errors
/// `Invalid` on `field` where it is not a ready upload of the caller.
pub async fn take(tx: &mut Tx, caller: &Caller, id: Id, field: &'static str) -> Result<String> {
    let mine = attachments::table
        .find(id)
        .filter(attachments::owner_id.eq(caller.id))
        .filter(attachments::post_id.is_null());
    let delete = diesel::delete(mine).returning(attachments::sha256);
    let gone: Option<Option<String>> = run!(tx.conn, c => delete.get_result(c).await.optional())?;
    gone.flatten().ok_or_else(|| {
        let detail = "Name a picture that you uploaded and have not posted.";
        Error::invalid(field, "unknown", detail)
    })
}

/// One less shows this file.
///
/// # Errors
/// The database refuses.
pub async fn release(tx: &mut Tx, sha256: &str) -> Result<()> {
    let less = diesel::update(files::table.find(sha256)).set((
        files::refs.eq(files::refs - 1),
        files::touched_at.eq(tx.now),
    ));
    run!(tx.conn, c => less.execute(c).await)?;
    Ok(())
}

/// Each of these files is shown once less, in an order that all transactions share.
pub(crate) async fn release_all(tx: &mut Tx, names: Vec<String>) -> Result<()> {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    for (name, count) in counts {
        for _ in 0..count {
            release(tx, &name).await?;
        }
    }
    Ok(())
}

/// Takes a file from every post that shows it; avatars and banners keep it. The next sweep removes it.
pub(crate) async fn withdraw(tx: &mut Tx, sha256: &str) -> Result<()> {
    let query = attachments::table
        .inner_join(posts::table.on(posts::id.nullable().eq(attachments::post_id)))
        .filter(attachments::sha256.eq(sha256))
        .select(posts::thread_id)
        .distinct();
    let shown: Vec<Id> = run!(tx.conn, c => query.load(c).await)?;
    let free = lock::free_threads(tx, &shown).await?;
    let raise = diesel::update(threads::table.filter(threads::id.eq_any(free)))
        .set(threads::revision.eq(threads::revision + 1));
    run!(tx.conn, c => raise.execute(c).await)?;

    let showing = attachments::table.filter(attachments::sha256.eq(sha256));
    let update = diesel::update(showing).set((
        attachments::sha256.eq(None::<String>),
        attachments::state.eq(State::Failed.name()),
        // Only what is here stands in galleries.
        attachments::board_id.eq(None::<Id>),
    ));
    let count = run!(tx.conn, c => update.execute(c).await)?;
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let less = diesel::update(files::table.find(sha256))
        .set((files::refs.eq(files::refs - count), files::touched_at.eq(0)));
    run!(tx.conn, c => less.execute(c).await)?;
    Ok(())
}

/// Keeps what is known of a file; `more` show it now, none of them withheld. Where nobody does, it stays as withheld as it
/// was.
pub(crate) async fn keep(tx: &mut Tx, picture: &Picture, more: i64) -> Result<()> {
    let row = (
        files::sha256.eq(&picture.sha256),
        files::mime.eq(picture.format.mime()),
        files::bytes.eq(big(picture.bytes)),
        files::width.eq(pixels(picture.width)),
        files::height.eq(pixels(picture.height)),
        files::frames.eq(pixels(picture.frames)),
        files::thumbhash.eq(&picture.thumbhash),
        files::blurhash.eq(&picture.blurhash),
        files::colour.eq(&picture.colour),
        files::refs.eq(more),
        files::touched_at.eq(tx.now),
    );
    let insert = diesel::insert_into(files::table)
        .values(row)
        .on_conflict(files::sha256)
        .do_update()
        .set((
            files::refs.eq(files::refs + more),
            files::touched_at.eq(tx.now),
            files::withheld.eq(files::withheld.and((more == 0).into_sql::<Bool>())),
        ));
    run!(tx.conn, c => insert.execute(c).await)?;
    for rendition in picture.renditions.iter().chain(&picture.still) {
        let row = (
            renditions::sha256.eq(&picture.sha256),
            renditions::name.eq(&rendition.name),
            renditions::mime.eq(rendition.mime),
            renditions::width.eq(pixels(rendition.width)),
            renditions::height.eq(pixels(rendition.height)),
            renditions::bytes.eq(big(rendition.bytes)),
        );
        let insert = diesel::insert_into(renditions::table)
            .values(row)
            .on_conflict_do_nothing();
        run!(tx.conn, c => insert.execute(c).await)?;
    }
    Ok(())
}

fn big(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn pixels(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
