//! The picture of a foreign actor: wanted when its document names a new one, shown once it is here.
//!
//! While it is wanted it is an attachment without a post whose owner is the actor, so the job that fetches pictures
//! of posts fetches it too. Until then, and where it is not to be had, the actor is shown without one.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use media::Picture;
use url::Url;

use crate::attachment::{self, State, refs};
use crate::schema::{actors, attachments};
use crate::{Event, Result, Tx, event, limits};

/// Asks for the picture at `url`, where it is another one than before; nothing there means that it has none now.
pub(super) async fn want(tx: &mut Tx, actor: Id, url: Option<String>) -> Result<()> {
    let url = url.filter(|url| is_address(url));
    let before = actors::table
        .find(actor)
        .select((actors::avatar_url, actors::avatar));
    let (known, shown): (Option<String>, Option<String>) =
        run!(tx.conn, c => before.first(c).await)?;
    if known == url {
        return Ok(());
    }
    let set = diesel::update(actors::table.find(actor)).set((
        actors::avatar_url.eq(&url),
        actors::avatar.eq(None::<String>),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    if let Some(shown) = shown {
        attachment::release(tx, &shown).await?;
    }
    let Some(url) = url else {
        return Ok(());
    };
    let id = tx.id();
    let row = (
        attachments::id.eq(id),
        attachments::owner_id.eq(actor),
        attachments::state.eq(State::Pending.name()),
        attachments::remote_url.eq(url),
        attachments::created_at.eq(tx.now),
    );
    let insert = diesel::insert_into(attachments::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    event::note(tx, &Event::MediaWanted { attachment: id }).await
}

/// A picture is here that belongs to no post: shows it where an actor still wants it, and counts its file.
pub(crate) async fn arrived(tx: &mut Tx, attachment: Id, picture: &Picture) -> Result<()> {
    let wanted = attachments::table
        .inner_join(actors::table.on(actors::id.eq(attachments::owner_id)))
        .filter(attachments::id.eq(attachment))
        .filter(attachments::post_id.is_null())
        .filter(attachments::state.eq(State::Pending.name()))
        .filter(actors::avatar_url.eq(attachments::remote_url))
        .filter(actors::withheld.eq(false))
        .select((actors::id, actors::avatar));
    let wanted: Option<(Id, Option<String>)> =
        run!(tx.conn, c => wanted.first(c).await.optional())?;
    let Some((actor, shown)) = wanted else {
        return refs::keep(tx, picture, 0).await;
    };
    refs::keep(tx, picture, 1).await?;
    let set = diesel::update(actors::table.find(actor)).set(actors::avatar.eq(&picture.sha256));
    run!(tx.conn, c => set.execute(c).await)?;
    if let Some(shown) = shown {
        attachment::release(tx, &shown).await?;
    }
    let delete = diesel::delete(attachments::table.find(attachment));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}

fn is_address(text: &str) -> bool {
    let web = |url: Url| matches!(url.scheme(), "https" | "http") && url.has_host();
    text.len() <= limits::ADDRESS && Url::parse(text).is_ok_and(web)
}
