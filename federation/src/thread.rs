//! Completing a thread: an answer came to something that is not here.
//!
//! The chain of parents is fetched up to the opening post, then the posts are kept from the top down. Budgets
//! bound what one arrival can make us fetch. A parent that was deleted cannot be fetched, but what is left of it may
//! still come: the answer waits.

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
