//! Handles: `name@host` to an actor, proven from both sides, and our own answers to the same question.
//!
//! A host may answer anything about anybody. A handle is bound to an actor only when the handle's host names the actor
//! and the actor's own host confirms the handle, either because it is the same host or by an answer of its own
//! (RFC 7033; CVE-2023-42451, CVE-2025-23221). Answers are read in `webfinger/jrd.rs`, handles in
//! `webfinger/handle.rs`. Called by `Remote`; [`local`] by the route `/.well-known/webfinger`.

use serde_json::{Value, json};
use url::Url;

use crate::fetch::{ACTIVITY_JSON, Client, FetchError, Fetched, Plain};
use crate::key::Signer;
use crate::origin;
use crate::wire::{ActorDoc, WireError};

mod handle;
mod jrd;
#[cfg(test)]
mod tests;

pub(crate) use handle::{Handle, HandleError};
use jrd::Jrd;

/// The relation other servers look for when one of our people wants to act on something of theirs.
const SUBSCRIBE: &str = "http://ostatus.org/schema/1.0/subscribe";

const ANSWER: Plain = Plain {
    accept: "application/jrd+json, application/json",
    types: &["application/jrd+json", "application/json"],
    cap: 256 * 1024,
};

/// Why a handle leads to nobody.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WebfingerError {
    #[error(transparent)]
    Handle(#[from] HandleError),
    #[error("{handle} could not be looked up: {cause}")]
    Fetch { handle: String, cause: FetchError },
    #[error("{0} exists, but has no ActivityPub actor")]
    NoActor(String),
    #[error("the answer about {asked} is about {answered}, which is somebody else")]
    Imposter { asked: String, answered: String },
    #[error("the actor of {0} does not confirm that this is its handle")]
    Unconfirmed(String),
    #[error("the actor cannot be read: {0}")]
    Actor(#[from] WireError),
}

impl WebfingerError {
    /// Whether the host says that there is no such name.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Fetch { cause, .. } if cause.is_absent())
            || matches!(self, Self::NoActor(_))
    }
}

/// Finds the document of the actor of a handle such as `art@img.example`, `@art@img.example`, `!art@img.example` or
/// `acct:art@…`.
///
/// # Errors
/// [`WebfingerError`] where nobody has the handle, or the two sides do not agree.
pub(crate) async fn find(
    client: &Client,
    text: &str,
    now: db::Timestamp,
    signer: Option<&Signer>,
) -> Result<Fetched, WebfingerError> {
    let found = prove(client, text, now, signer).await?;
    tracing::debug!(asked = text, handle = %found.handle, "a handle was found");
    Ok(found.document)
}

/// An actor's document with the handle it has for everybody.
#[derive(Debug)]
struct Found {
    handle: Handle,
    document: Fetched,
}

async fn prove(
    client: &Client,
    text: &str,
    now: db::Timestamp,
    signer: Option<&Signer>,
) -> Result<Found, WebfingerError> {
    let asked = Handle::parse(text, client.reaches_private())?;
    let answer = ask(client, &asked).await?;
    let handle = settle(client, &asked, &answer).await?;
    let address = answer
        .actor
        .ok_or_else(|| WebfingerError::NoActor(asked.to_string()))?;
    let document = client
        .get_document(&address, signer)
        .await
        .map_err(|cause| fetch(&asked, cause))?;
    let actor = ActorDoc::read(&document.value, now)?;
    let handle = confirm(client, handle, &actor).await?;
    Ok(Found { handle, document })
}

/// Our own answer about a local actor. `origin` is this node's: the template is how people of this node are led here from
/// a page of another server.
pub(crate) fn local(handle: &str, actor: &str, page: &str, origin: &str) -> Value {
    json!({
        "subject": format!("acct:{handle}"),
        "aliases": if actor == page { vec![actor] } else { vec![actor, page] },
        "links": [
            {"rel": "self", "type": ACTIVITY_JSON, "href": actor},
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page},
            {"rel": SUBSCRIBE, "template": format!("{origin}/authorize_interaction?uri={{uri}}")},
        ],
    })
}

async fn ask(client: &Client, handle: &Handle) -> Result<Jrd, WebfingerError> {
    let scheme = client.scheme_for(&handle.host).await;
    let url = format!(
        "{scheme}://{}/.well-known/webfinger?resource=acct:{handle}",
        handle.host
    );
    let url = Url::parse(&url).map_err(|_| HandleError::Host)?;
    let answer = client
        .get_plain(&url, ANSWER)
        .await
        .map_err(|cause| fetch(handle, cause))?;
    Ok(Jrd::read(&answer.value, client.reaches_private()))
}

/// The handle the answer is about. Where that is on another host, that host is asked once and must say the same.
async fn settle(client: &Client, asked: &Handle, answer: &Jrd) -> Result<Handle, WebfingerError> {
    let Some(subject) = &answer.subject else {
        return Ok(asked.clone());
    };
    if subject == asked {
        return Ok(asked.clone());
    }
    let imposter = || WebfingerError::Imposter {
        asked: asked.to_string(),
        answered: subject.to_string(),
    };
    if subject.host == asked.host {
        return Err(imposter());
    }
    let second = ask(client, subject).await.map_err(|_| imposter())?;
    let agrees = second.subject.as_ref() == Some(subject)
        && second.actor.is_some()
        && second.actor == answer.actor;
    if agrees {
        Ok(subject.clone())
    } else {
        Err(imposter())
    }
}

/// The actor's side: its own host must stand for the handle.
async fn confirm(
    client: &Client,
    handle: Handle,
    actor: &ActorDoc,
) -> Result<Handle, WebfingerError> {
    let at_home = home(client, actor)?;
    if handle == at_home {
        return Ok(handle);
    }
    // The handle is on another host than the actor, or is another name: the actor's host decides.
    let answer = ask(client, &at_home).await?;
    if !names(&answer, actor) {
        return Err(WebfingerError::Unconfirmed(handle.to_string()));
    }
    match answer.subject {
        Some(subject) if subject == handle => Ok(handle),
        // Somebody gave the actor a second name; only its own counts.
        None => Ok(at_home),
        Some(subject) if subject == at_home => Ok(at_home),
        Some(_) => Err(WebfingerError::Unconfirmed(handle.to_string())),
    }
}

/// The handle the actor would have on the host of its id.
fn home(client: &Client, actor: &ActorDoc) -> Result<Handle, WebfingerError> {
    let id = origin::parse(&actor.id).ok_or(WireError::NoId)?;
    let name = actor
        .preferred_username
        .as_deref()
        .ok_or_else(|| WebfingerError::Unconfirmed(actor.id.clone()))?;
    Ok(Handle::of(
        name,
        &origin::authority(&id),
        client.reaches_private(),
    )?)
}

fn names(answer: &Jrd, actor: &ActorDoc) -> bool {
    answer
        .actor
        .as_ref()
        .is_some_and(|address| origin::same_id(address.as_str(), &actor.id))
}

fn fetch(handle: &Handle, cause: FetchError) -> WebfingerError {
    WebfingerError::Fetch {
        handle: handle.to_string(),
        cause,
    }
}
