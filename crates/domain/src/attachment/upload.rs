//! Somebody here uploads a picture.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use media::Picture;

use crate::attachment::{State, refs, refused};
use crate::schema::attachments;
use crate::{Caller, Error, Result, Tx, ban, limits, rate, rules};

/// What the owner says about a picture.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// Alternative text.
    pub alt: String,
    /// Hide it at first.
    pub sensitive: bool,
    /// The point to keep in view, each -1 to 1.
    pub focus: (f64, f64),
}

/// Keeps a checked picture until it is posted; its files are in the store already.
///
/// # Errors
/// `Invalid`, also where an admin purged the picture; `Denied` where the caller is banned from this node; `Busy`.
pub async fn upload(tx: &mut Tx, caller: &Caller, picture: Picture, meta: Meta) -> Result<Id> {
    rate::take(tx, &limits::RATE_MEDIA, &caller.id.to_string()).await?;
    ban::check(&mut tx.conn, caller.id, None, tx.now).await?;
    refused::admit(&mut tx.conn, &picture.sha256).await?;

    Error::from_faults(rules::attachment::faults(&meta.alt, meta.focus))?;
    let alt = markup::plain_text(&meta.alt);

    refs::keep(tx, &picture, 1).await?;
    let id = tx.id();
    let row = (
        attachments::id.eq(id),
        attachments::owner_id.eq(caller.id),
        attachments::state.eq(State::Ready.name()),
        attachments::sha256.eq(&picture.sha256),
        attachments::alt.eq(alt),
        attachments::sensitive.eq(meta.sensitive),
        attachments::focus_x.eq(meta.focus.0),
        attachments::focus_y.eq(meta.focus.1),
        attachments::mime.eq(picture.format.mime()),
        attachments::created_at.eq(tx.now),
    );
    let insert = diesel::insert_into(attachments::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(id)
}
