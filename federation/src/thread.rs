//! Completing a thread: an answer came to something that is not here.
//!
//! The chain of parents is fetched up to the opening post, then the posts are kept from the top down. Budgets
//! bound what one arrival can make us fetch. A parent that was deleted cannot be fetched, but what is left of it may
//! still come: the answer waits.

use domain::Timestamp;
use domain::account::Account;

use crate::fetch::FetchError;
use crate::hub::Hub;
use crate::note::{self, Note};
use crate::trouble::Trouble;

/// How far up parents are followed.
const DEPTH: usize = 50;

/// Makes sure that the post `uri` is here, and all that it answers.
pub(crate) async fn complete(hub: &Hub, uri: &str) -> Result<(), Trouble> {
    let mut chain: Vec<Note> = Vec::new();
    let mut next = Some(uri.to_owned());
    while let Some(uri) = next {
        if domain::post::by_uri(&mut *hub.cx().read().await?, &uri)
            .await?
            .is_some()
        {
            break;
        }
        let circular = chain.iter().any(|note| note.id == uri);
        if circular || chain.len() >= DEPTH {
            return Err(Trouble::refused("the chain of answers does not end"));
        }
        if hub.is_ours(&uri) {
            return Err(Trouble::Ignored("an answer to what was never here"));
        }
        let post = match note::fetch(hub, &uri).await {
            Err(Trouble::Fetch(error)) if error.is_absent() => return Err(Trouble::Orphan(uri)),
            fetched => fetched?,
        };
        next = post.parent().map(str::to_owned);
        chain.push(post);
    }
    for post in chain.iter().rev() {
        note::store(hub, post, None, None).await?;
    }
    Ok(())
}

/// Makes sure that there is a place for answers to the opening post `uri` of this board: the post itself, or, where its own
/// server says that it is gone, what is left of it.
pub(crate) async fn open(
    hub: &Hub,
    uri: &str,
    board: Option<&Account>,
    before: Timestamp,
) -> Result<(), Trouble> {
    let known = domain::post::by_uri(&mut *hub.cx().read().await?, uri).await?;
    if known.is_some() {
        return Ok(());
    }
    let board = board.ok_or_else(|| Trouble::Orphan(uri.to_owned()))?;
    if hub.is_ours(uri) {
        return Err(Trouble::Orphan(uri.to_owned()));
    }
    match note::fetch(hub, uri).await {
        Ok(post) => note::keep(hub, &post).await.map(|_| ()),
        Err(Trouble::Fetch(FetchError::Gone)) => {
            let gone = hub
                .cx()
                .write(async |tx| domain::post::accept_gone(tx, uri, board.id, before).await);
            Ok(gone.await?)
        }
        Err(Trouble::Fetch(error)) if error.is_absent() => Err(Trouble::Orphan(uri.to_owned())),
        Err(trouble) => Err(trouble),
    }
}
