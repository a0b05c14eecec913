//! `Update`: a post was edited, or an actor presents itself anew.

use domain::{Id, Tx, Viewer, account, audience};
use serde_json::json;

use super::{Ticket, Via, announce, create};
use crate::actor;
use crate::document;
use crate::note;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::vocabulary::{self, PUBLIC};
use crate::wire::Envelope;

/// A change by its author; whatever else is claimed to have changed is read again at its home.
pub(crate) async fn receive(
    envelope: &Envelope,
    via: &Via,
    ticket: &Ticket<'_>,
) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let uri = envelope
        .object_id()
        .ok_or_else(|| Trouble::refused("the updated object has no id"))?;
    if hub.is_ours(uri) {
        return create::number(uri, via, ticket).await;
    }
    if account::by_uri(&mut *hub.cx().read().await?, uri)
        .await?
        .is_some()
    {
        if uri != envelope.actor {
            return Err(Trouble::refused("an actor is updated by somebody else"));
        }
        actor::fetch(hub, uri).await?;
        return ticket.settle(async |_| Ok(())).await;
    }
    let changed = create::believed(envelope, via, ticket).await?;
    let mut conn = hub.cx().read().await?;
    let Some(id) = domain::post::by_uri(&mut conn, uri).await? else {
        drop(conn);
        return create::store(&changed, via, ticket).await;
    };
    let post = domain::post::find_any(&mut conn, id, &Viewer::Visitor).await?;
    drop(conn);
    if post.author.uri != changed.author {
        return Err(Trouble::refused("an update would change the author"));
    }
    let activity = via.board().is_none().then(|| ticket.activity()).flatten();
    let edit = note::edit(hub, &changed, activity);
    let no = via.no();
    ticket
        .settle(async |tx| {
            domain::post::accept_edit(tx, id, edit).await?;
            match no {
                Some(no) => domain::post::number(tx, id, no).await,
                None => Ok(()),
            }
        })
        .await
}

/// Tells of an edited post.
pub(crate) async fn build_post(tx: &mut Tx, id: Id, activity: Option<&str>) -> domain::Result<()> {
    domain::post::freeze(tx, id).await?;
    let post = domain::post::find_any(&mut tx.conn, id, &Viewer::Visitor).await?;
    if post.deleted.is_some() {
        return Ok(());
    }
    let audience = audience::of(&mut tx.conn, id).await?;
    if let Some(activity) = activity {
        return announce::build(tx, &post, &audience, activity).await;
    }
    if !post.author.is_local() {
        return Ok(());
    }
    let parcel = create::parcel(tx, &post, &audience, "Update");
    let inboxes = announce::author_inboxes(tx, &post, &audience).await?;
    parcel.send(tx, &inboxes).await?;
    announce::build(tx, &post, &audience, &parcel.body).await
}

/// Tells the followers of an actor of ours how it presents itself now.
pub(crate) async fn build_actor(tx: &mut Tx, id: Id) -> domain::Result<()> {
    let account = account::by_id(&mut tx.conn, id).await?;
    if !account.is_local() {
        return Ok(());
    }
    let row = domain::actor::by_id(&mut tx.conn, id).await?;
    let row = row.ok_or(domain::Error::Missing(domain::Noun::Account))?;
    let key = document::actor::PublicKey {
        id: &row.key_id,
        pem: &row.public_key,
    };
    let site = tx.cx.site.clone();
    let object = match account.kind {
        account::Kind::Board => {
            let board = domain::board::by_id(&mut tx.conn, id, &Viewer::Visitor).await?;
            document::actor::group(&site, &account, &board, &key)
        }
        account::Kind::Person => document::actor::person(&site, &account, &key),
        account::Kind::Instance => return Ok(()),
    };
    let fields = json!({
        "to": [PUBLIC],
        "cc": [vocabulary::followers(&account.uri)],
        "published": tx.now.rfc3339(),
        "object": object,
    });
    let inboxes = domain::follow::follower_inboxes(&mut tx.conn, id).await?;
    let parcel = Parcel::new(tx, "Update", (id, &account.uri), fields);
    parcel.send(tx, &announce::set(inboxes)).await
}
