//! `Flag`: a report. Ours are sent by the node itself, so nobody elsewhere learns who reports.
//!
//! A report is taken from whoever signed it, about what is of this node or stands on a board of it; the rest of what it
//! names is left out. It never has an effect by itself: somebody here decides.

use domain::report::{self, Target};
use domain::{Error, Id, Tx, account};
use serde_json::json;

use super::{Ticket, announce};
use crate::actor;
use crate::parcel::Parcel;
use crate::trouble::Trouble;
use crate::wire::{Envelope, Object};

/// Somebody elsewhere, or their server, reports something here.
pub(crate) async fn receive(envelope: &Envelope, ticket: &Ticket<'_>) -> Result<(), Trouble> {
    let hub = ticket.hub;
    let targets = targets(envelope, ticket).await?;
    if targets.is_empty() {
        return Err(Trouble::Ignored("a report of nothing that is here"));
    }
    let reporter = actor::ensure(hub, &envelope.actor).await?;
    let said = envelope.content.as_deref().or(envelope.summary.as_deref());
    let reason = markup::foreign(said.unwrap_or_default());
    let reason = markup::excerpt(&reason.html, domain::limits::REPORT);
    let kept = ticket.settle(async |tx| {
        report::arrive(tx, reporter.id, &reporter.host, &targets, &reason)
            .await
            .map(|_| ())
    });
    match kept.await {
        Err(Trouble::Domain(Error::Busy { .. })) => {
            Err(Trouble::Ignored("one more of too many reports"))
        }
        kept => kept,
    }
}

/// The posts it names; where it names none, the accounts. Microblogs name the account beside its posts.
async fn targets(envelope: &Envelope, ticket: &Ticket<'_>) -> Result<Vec<Target>, Trouble> {
    let mut conn = ticket.hub.cx().read().await?;
    let (mut posts, mut accounts) = (Vec::new(), Vec::new());
    let named = envelope.objects.iter().filter_map(Object::id);
    for uri in named.take(domain::limits::REPORTED) {
        if let Some(post) = domain::post::by_uri(&mut conn, uri).await? {
            posts.push(Target::Post(post));
        } else if let Some(account) = account::by_uri(&mut conn, uri).await? {
            accounts.push(Target::Account(account.id));
        }
    }
    Ok(if posts.is_empty() { accounts } else { posts })
}

/// Tells the servers of what a report is about.
pub(crate) async fn build(tx: &mut Tx, id: Id) -> domain::Result<()> {
    let report = report::for_forwarding(&mut tx.conn, id).await?;
    let Some(node) = domain::actor::own(&mut tx.conn).await? else {
        return Ok(());
    };
    let mut objects = vec![report.account.uri.clone()];
    objects.extend(report.post.as_ref().map(|post| post.uri.clone()));
    let mut told = vec![report.account.id];
    told.extend(report.board.as_ref().map(|board| board.id));
    let to = match &report.board {
        Some(board) if !board.is_local() => board.uri.clone(),
        _ => report.account.uri.clone(),
    };
    let fields = json!({
        "to": [to],
        "object": objects,
        "content": report.reason,
        "summary": report.reason,
        "published": report.at.rfc3339(),
    });
    let inboxes = domain::actor::inboxes(&mut tx.conn, &told).await?;
    let parcel = Parcel::new(tx, "Flag", (node.id, &node.uri), fields).in_lane(id);
    parcel.send(tx, &announce::set(inboxes)).await
}
