//! The newest threads of a board that is followed from here for the first time.
//!
//! The board's outbox names its threads, newest first, with their numbers; each thread's `context` names its
//! posts, and ours also their numbers. Posts of the board's own server may be embedded and are believed, all
//! others are fetched from their authors' servers.

use domain::Id;
use domain::account::Account;
use serde_json::Value;

use crate::hub::Hub;
use crate::note::{self, Note};
use crate::origin;
use crate::trouble::Trouble;
use crate::wire::{CollectionDoc, Envelope, Object};

/// Threads that are fetched.
const THREADS: usize = 20;
/// Posts that are fetched, of all threads together.
const POSTS: usize = 500;
/// Pages of one collection that are read.
const PAGES: usize = 20;

/// A post a collection names.
struct Named {
    /// Its id.
    uri: String,
    /// Its number, where the collection's owner says it.
    no: Option<i64>,
    /// Itself, where the collection's own server wrote it.
    doc: Option<Note>,
}

/// Fetches the newest threads of the board with what was answered in them.
pub(crate) async fn board(hub: &Hub, id: Id) -> Result<(), Trouble> {
    let mut conn = hub.cx().read().await?;
    let board = domain::account::by_id(&mut conn, id).await?;
    let row = domain::actor::by_id(&mut conn, id).await?;
    drop(conn);
    let Some(outbox) = row.and_then(|row| row.outbox).filter(|_| !board.is_local()) else {
        return Ok(());
    };
    let mut threads = named(hub, &outbox, &board, THREADS).await?;
    threads.reverse();
    let mut left = POSTS;
    for thread in threads {
        if left == 0 {
            break;
        }
        left -= 1;
        match keep(hub, &board, thread).await {
            Ok(Some(context)) => left = answers(hub, &board, &context, left).await,
            Ok(None) => {}
            Err(trouble) => {
                tracing::info!(board = %board.uri, %trouble, "a thread was not fetched");
            }
        }
    }
    Ok(())
}

/// Fetches one thread of the board with what was answered in it.
pub(crate) async fn thread(
    hub: &Hub,
    board: &Account,
    uri: &str,
    no: Option<i64>,
) -> Result<(), Trouble> {
    let opening = Named {
        uri: uri.to_owned(),
        no,
        doc: None,
    };
    if let Some(context) = keep(hub, board, opening).await? {
        answers(hub, board, &context, POSTS).await;
    }
    Ok(())
}

/// The answers in one thread; what cannot be fetched is left out. Answers what is left of the budget.
async fn answers(hub: &Hub, board: &Account, context: &str, mut left: usize) -> usize {
    let posts = match named(hub, context, board, left).await {
        Ok(posts) => posts,
        Err(trouble) => {
            tracing::info!(%context, %trouble, "a thread's answers were not fetched");
            return left;
        }
    };
    for post in posts {
        left = left.saturating_sub(1);
        let uri = post.uri.clone();
        if let Err(trouble) = keep(hub, board, post).await {
            tracing::info!(%uri, %trouble, "an answer was not fetched");
        }
    }
    left
}

/// Keeps one post; answers its thread's collection where it opens one.
async fn keep(hub: &Hub, board: &Account, post: Named) -> Result<Option<String>, Trouble> {
    let known = domain::post::by_uri(&mut *hub.cx().read().await?, &post.uri).await?;
    if let (Some(id), Some(no)) = (known, post.no) {
        hub.cx()
            .write(async |tx| domain::post::number(tx, id, no).await)
            .await?;
    }
    if known.is_some() && hub.is_ours(&post.uri) {
        return Ok(None);
    }
    let doc = match post.doc {
        Some(doc) => doc,
        None => note::fetch(hub, &post.uri).await?,
    };
    if known.is_none() {
        note::store(hub, &doc, Some(board), post.no).await?;
    }
    Ok(doc.doc.context.clone().filter(|_| doc.parent().is_none()))
}

/// The posts a collection names, in its order, at most `limit`.
async fn named(hub: &Hub, uri: &str, owner: &Account, limit: usize) -> Result<Vec<Named>, Trouble> {
    let mut posts = Vec::new();
    let mut next = Some(uri.to_owned());
    let mut numbers = serde_json::Map::new();
    for _ in 0..PAGES {
        let Some(uri) = next.take().filter(|uri| origin::same_text(uri, &owner.uri)) else {
            break;
        };
        let url = origin::parse(&uri)
            .ok_or_else(|| Trouble::refused("the collection's id is no address"))?;
        hub.admit(&url).await?;
        let fetched = hub.client.get_json(&url, Some(&hub.instance)).await?;
        if let Some(given) = fetched.value["stoa:numbers"].as_object() {
            numbers.extend(given.clone());
        }
        let page = CollectionDoc::read(&fetched.value)
            .map_err(|error| Trouble::refused(error.to_string()))?;
        for item in &page.items {
            if let Some(post) = post_of(hub, item, owner, &numbers) {
                posts.push(post);
            }
            if posts.len() >= limit {
                return Ok(posts);
            }
        }
        next = page
            .first
            .as_ref()
            .and_then(Object::id)
            .map(str::to_owned)
            .or(page.next);
    }
    Ok(posts)
}

/// An item is a post's id, the post, or an activity around either.
fn post_of(
    hub: &Hub,
    item: &Object,
    owner: &Account,
    numbers: &serde_json::Map<String, Value>,
) -> Option<Named> {
    let mut no = None;
    let mut thing = item.clone();
    while let Some(activity) = thing
        .embedded()
        .filter(|value| Envelope::is_activity(value))
    {
        no = no.or(activity["stoa:no"].as_i64());
        thing = Object::read(&activity["object"])?;
    }
    let uri = thing.id()?.to_owned();
    let no = no.or_else(|| numbers.get(&uri).and_then(Value::as_i64));
    let embedded = thing
        .embedded()
        .and_then(|document| Note::read(hub, document).ok());
    let doc = embedded.filter(|note| origin::same_text(&note.id, &owner.uri));
    Some(Named { uri, no, doc })
}
