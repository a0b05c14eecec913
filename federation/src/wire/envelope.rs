//! An activity: who did what to which object, and for whom.
//!
//! The object stays as it came, because receivers re-send it, refetch it or read it as a note, an actor or another
//! activity. Called by the inbox for what arrived, by `Announce` and `Undo` for what is inside.

use std::collections::HashMap;

use db::Timestamp;
use serde_json::Value;

use crate::origin;
use crate::wire::{Kind, WireError, limits, moment, read, type_of};

/// An activity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Envelope {
    /// FChannel sends none, and one that is no web address counts as none.
    pub(crate) id: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) actor: String,
    /// Nearly always one; `Flag` lists several, GoToSocial puts several votes into one `Create`.
    pub(crate) objects: Vec<Object>,
    /// Of `Add`, `Remove`, `Block`, `Move`.
    pub(crate) target: Option<String>,
    pub(crate) to: Vec<String>,
    pub(crate) cc: Vec<String>,
    pub(crate) audience: Option<String>,
    /// A moderator's reason; its mere presence on a `Delete` means removal for Lemmy.
    pub(crate) summary: Option<String>,
    /// The text of a report, or the emoji of a reaction.
    pub(crate) content: Option<String>,
    pub(crate) published: Option<Timestamp>,
    /// The number a post has on its board, on `Announce` by the board.
    pub(crate) stoa_no: Option<i64>,
    /// The new numbers of posts by their ids, on `Move` of a thread.
    pub(crate) numbers: HashMap<String, i64>,
    /// When a `Block` ends by itself.
    pub(crate) until: Option<Timestamp>,
}

/// What an activity is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Object {
    Id(String),
    Embedded(Value),
}

impl Object {
    /// Reads a value that stands for a thing; text that is no address stands for none.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(_) => read::id_of(value).map(|id| Self::Id(id.to_owned())),
            Value::Object(_) => Some(Self::Embedded(value.clone())),
            _ => None,
        }
    }

    /// The id, embedded or not.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::Embedded(value) => read::id_of(value),
        }
    }

    /// The embedded document.
    pub(crate) fn embedded(&self) -> Option<&Value> {
        match self {
            Self::Id(_) => None,
            Self::Embedded(value) => Some(value),
        }
    }
}

impl Envelope {
    /// Reads an activity; dates are held to `now`.
    ///
    /// # Errors
    /// [`WireError`] where there is no type or no actor.
    pub(crate) fn read(value: &Value, now: Timestamp) -> Result<Self, WireError> {
        if !value.is_object() {
            return Err(WireError::NotAnObject);
        }
        Ok(Self {
            kind: Kind::of(type_of(value).ok_or(WireError::NoType)?),
            id: super::id(value),
            actor: actor(value)?,
            objects: read::many(value, "object")
                .iter()
                .take(limits::OBJECTS)
                .filter_map(Object::read)
                .collect(),
            target: read::id_at(value, "target"),
            to: read::addresses(value, "to", limits::ADDRESSES),
            cc: read::addresses(value, "cc", limits::ADDRESSES),
            audience: read::addresses(value, "audience", 1).pop(),
            summary: read::text(value.get("summary"), limits::SUMMARY * 4),
            content: read::text(value.get("content"), limits::CONTENT),
            published: moment(value.get("published"), now),
            stoa_no: read::whole(value.get("stoa:no"), i64::MAX),
            numbers: numbers(value),
            until: super::moment::future(value.get("endTime").or_else(|| value.get("expires"))),
        })
    }

    /// The object, where there is exactly one.
    pub(crate) fn object(&self) -> Option<&Object> {
        match self.objects.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The id of the object, where there is exactly one and it has one.
    pub(crate) fn object_id(&self) -> Option<&str> {
        self.object()?.id()
    }

    /// Whether a value is an activity rather than a thing.
    pub(crate) fn is_activity(value: &Value) -> bool {
        type_of(value).is_some_and(|kind| !matches!(Kind::of(kind), Kind::Other(_)))
    }

    /// Whether the activity's id, if it has one, is of its actor's origin: only then can a fetch of it prove anything.
    pub(crate) fn is_of_its_actor(&self) -> bool {
        self.id
            .as_deref()
            .is_none_or(|id| origin::same_text(id, &self.actor))
    }
}

fn numbers(value: &Value) -> HashMap<String, i64> {
    let given = value.get("stoa:numbers").and_then(Value::as_object);
    let pairs = given.into_iter().flatten().take(limits::NUMBERS);
    pairs
        .filter_map(|(uri, no)| Some((uri.clone(), read::whole(Some(no), i64::MAX)?)))
        .collect()
}

fn actor(value: &Value) -> Result<String, WireError> {
    match value.get("actor") {
        None | Some(Value::Null) => Err(WireError::NoActor),
        Some(actor) => read::id_of(actor)
            .map(str::to_owned)
            .ok_or(WireError::BadActor),
    }
}
