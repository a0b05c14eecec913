//! A foreign board's home gives a post its number.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::post::{insert, references};
use crate::schema::posts;
use crate::{Error, Noun, Result, Tx, post, thread};

/// Numbers a post of a foreign board, where it has no number yet and no other post has this one.
///
/// # Errors
/// `Missing`.
pub async fn number(tx: &mut Tx, id: Id, no: i64) -> Result<()> {
    let query = posts::table
        .find(id)
        .select((posts::thread_id, posts::author_id));
    let found: Option<(Id, Id)> = run!(tx.conn, c => query.first(c).await.optional())?;
    let (thread, author) = found.ok_or(Error::Missing(Noun::Post))?;
    let place = thread::hold(tx, thread).await?;
    let ground = post::ground(&mut tx.conn, place.board_id, author).await?;

    if ground.is_local() || no < 1 || insert::is_taken(tx, place.board_id, no).await? {
        return Ok(());
    }

    let unnumbered = posts::table.find(id).filter(posts::no.is_null());
    let update = diesel::update(unnumbered).set(posts::no.eq(no));
    if run!(tx.conn, c => update.execute(c).await)? == 0 {
        return Ok(());
    }
    thread::raise(tx, thread).await?;
    references::touch(tx, id, thread, &ground, Some(no)).await
}
