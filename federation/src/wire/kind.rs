//! Types of activities and actors.

use serde_json::Value;

use crate::wire::read;

/// Longest type that is kept.
const LONGEST: usize = 60;

/// The type of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Create,
    Update,
    Delete,
    Follow,
    Accept,
    Reject,
    Undo,
    Announce,
    Like,
    Dislike,
    EmojiReact,
    Flag,
    Block,
    Add,
    Remove,
    Lock,
    Move,
    /// Anything else; answered with success and without effect.
    Other(String),
}

impl Kind {
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "Create" => Self::Create,
            "Update" => Self::Update,
            "Delete" => Self::Delete,
            "Follow" => Self::Follow,
            "Accept" => Self::Accept,
            "Reject" => Self::Reject,
            "Undo" => Self::Undo,
            "Announce" => Self::Announce,
            "Like" => Self::Like,
            "Dislike" => Self::Dislike,
            "EmojiReact" => Self::EmojiReact,
            "Flag" => Self::Flag,
            "Block" => Self::Block,
            "Add" => Self::Add,
            "Remove" => Self::Remove,
            "Lock" => Self::Lock,
            "Move" => Self::Move,
            other => Self::Other(other.chars().take(LONGEST).collect()),
        }
    }
}

/// The type of an actor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ActorKind {
    Person,
    Group,
    Service,
    Organization,
    Application,
    /// No actor we know, e.g. PieFed's `Feed`.
    Other(String),
}

impl ActorKind {
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "Person" => Self::Person,
            "Group" => Self::Group,
            "Service" => Self::Service,
            "Organization" => Self::Organization,
            "Application" => Self::Application,
            other => Self::Other(other.chars().take(LONGEST).collect()),
        }
    }

    /// Whether a document is an actor.
    pub(crate) fn is_actor(document: &Value) -> bool {
        type_of(document).is_some_and(|kind| !matches!(Self::of(kind), Self::Other(_)))
    }
}

/// The type of a document: the first one where there are several, without the prefix of its vocabulary.
pub(crate) fn type_of(document: &Value) -> Option<&str> {
    let name = read::many(document, "type")
        .iter()
        .find_map(Value::as_str)?;
    let name = name
        .strip_prefix("https://www.w3.org/ns/activitystreams#")
        .unwrap_or(name);
    let name = name.strip_prefix("as:").unwrap_or(name);
    (!name.is_empty()).then_some(name)
}
