//! The documents peers send, read leniently into what the rest of this crate works with.
//!
//! Software differs in shape, not in meaning: one value or a list, an id or the whole object, `url` as text or as links,
//! `attributedTo` as an actor, a group or "Anonymous". Each difference is met here once. What cannot be read is left
//! out, and only a document without a type, an id or an actor that it needs is refused. All texts, lists and dates come
//! out bounded (`wire/limits.rs`). Reading judges nothing: who may say what is decided by those who receive. Shapes are
//! described in `docs/federation`; called by the inbox, by backfill and by lookups, on values that `json` let pass.

use serde_json::Value;

mod actor;
mod attachment;
mod collection;
mod envelope;
mod kind;
pub(crate) mod limits;
mod moment;
mod note;
pub(crate) mod read;
mod tag;
#[cfg(test)]
mod tests;

pub(crate) use actor::ActorDoc;
pub(crate) use attachment::{AttachmentDoc, Media};
pub(crate) use collection::CollectionDoc;
pub(crate) use envelope::{Envelope, Object};
pub(crate) use kind::{ActorKind, Kind, type_of};
pub(crate) use moment::moment;
pub(crate) use note::NoteDoc;

/// The address of everybody.
pub(crate) const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// Why a document cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WireError {
    #[error("the document is not a JSON object")]
    NotAnObject,
    #[error("the document has no type")]
    NoType,
    #[error("the activity has no actor")]
    NoActor,
    #[error("the actor of the activity is not an address")]
    BadActor,
    #[error("the actor has no id that is a web address")]
    NoId,
}

/// The `id`, where it is a web address. Others (`tag:`, text of a template) name nothing that could be fetched or
/// compared, so such a document counts as one without id, as FChannel sends them.
fn id(document: &Value) -> Option<String> {
    document
        .get("id")
        .filter(|id| id.is_string())
        .and_then(read::id_of)
        .map(str::to_owned)
}
