//! Files that nobody shows any more go.

use db::{HOUR, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::refs;
use crate::schema::{attachments, media as files};
use crate::{Result, Tx, limits};

/// How long a file that nobody shows is kept: an upload in progress may have found it in the store.
const GRACE: i64 = HOUR;
/// Files forgotten at once; the rest waits for the next sweep.
const MOST: i64 = 500;

/// Forgets uploads that waited a day for their post, and files that nobody showed for an hour. Answers the
/// names of files to be removed from the store once this is committed.
///
/// # Errors
/// The database refuses.
pub async fn sweep(tx: &mut Tx) -> Result<Vec<String>> {
    let old = tx.now.plus(-limits::LOOSE_MEDIA_HOURS * HOUR);
    let loose = attachments::table
        .filter(attachments::post_id.is_null())
        .filter(attachments::created_at.lt(old));
    let forget = diesel::delete(loose).returning(attachments::sha256);
    let names: Vec<Option<String>> = run!(tx.conn, c => forget.get_results(c).await)?;
    refs::release_all(tx, names.into_iter().flatten().collect()).await?;

    let before = tx.now.plus(-GRACE);
    let unused = files::table
        // Written out, so that SQLite uses the partial index.
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "media.refs = 0",
        ))
        .filter(files::touched_at.lt(before))
        .order(files::touched_at)
        .limit(MOST)
        .select(files::sha256);
    let names: Vec<String> = run!(tx.conn, c => unused.load(c).await)?;
    let unused = files::table
        .filter(files::sha256.eq_any(names))
        .filter(files::refs.eq(0))
        .filter(files::touched_at.lt(before));
    let remove = diesel::delete(unused).returning(files::sha256);
    Ok(run!(tx.conn, c => remove.get_results(c).await)?)
}
