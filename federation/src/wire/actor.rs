//! An actor: person, board, tag, server.
//!
//! Only keys that the actor may bind are kept: of its own origin, and owned by it. A document can list any key, and
//! one that lists another's would let its author sign as that other.

use db::Timestamp;
use serde_json::Value;

use crate::origin;
use crate::wire::attachment::{AttachmentDoc, picture};
use crate::wire::{ActorKind, WireError, limits, moment, read, type_of};

/// An actor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ActorDoc {
    pub(crate) id: String,
    pub(crate) kind: ActorKind,
    pub(crate) preferred_username: Option<String>,
    /// The handle it claims (FEP-2c59), without `acct:` and leading `@`.
    pub(crate) webfinger: Option<String>,
    pub(crate) name: Option<String>,
    /// HTML; not yet sanitised.
    pub(crate) summary: Option<String>,
    /// What was typed for the summary, in Markdown.
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) inbox: Option<String>,
    pub(crate) outbox: Option<String>,
    /// Only of the actor's own origin: else everything for a server could be led to another.
    pub(crate) shared_inbox: Option<String>,
    pub(crate) followers: Option<String>,
    pub(crate) following: Option<String>,
    pub(crate) featured: Option<String>,
    /// The collection of a board's moderators.
    pub(crate) moderators: Option<String>,
    pub(crate) icon: Option<AttachmentDoc>,
    pub(crate) image: Option<AttachmentDoc>,
    pub(crate) public_keys: Vec<KeyDoc>,
    pub(crate) manually_approves: bool,
    pub(crate) posting_restricted: bool,
    pub(crate) sensitive: bool,
    pub(crate) discoverable: Option<bool>,
    pub(crate) indexable: Option<bool>,
    pub(crate) published: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    pub(crate) fields: Vec<Field>,
    pub(crate) also_known_as: Vec<String>,
    pub(crate) moved_to: Option<String>,
    /// What only our own boards say about themselves.
    pub(crate) board: BoardDoc,
}

/// The settings of a board, as `stoa:board` gives them; the usual ones where it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BoardDoc {
    pub(crate) rules: String,
    pub(crate) dislikes: bool,
    pub(crate) require_alt: bool,
    pub(crate) bump_limit: i64,
    pub(crate) archived: bool,
}

/// A public key of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyDoc {
    pub(crate) id: String,
    pub(crate) pem: String,
}

/// A line of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// HTML; not yet sanitised.
    pub(crate) value: String,
}

impl ActorDoc {
    /// Reads an actor; dates are held to `now`.
    ///
    /// # Errors
    /// [`WireError`] where there is no type or no id.
    pub(crate) fn read(value: &Value, now: Timestamp) -> Result<Self, WireError> {
        if !value.is_object() {
            return Err(WireError::NotAnObject);
        }
        let kind = ActorKind::of(type_of(value).ok_or(WireError::NoType)?);
        let id = super::id(value).ok_or(WireError::NoId)?;
        Ok(Self {
            moderators: moderators(value, &kind, &id),
            public_keys: keys(value, &id),
            shared_inbox: shared_inbox(value, &id),
            preferred_username: read::line(value.get("preferredUsername"), limits::USERNAME),
            webfinger: webfinger(value),
            name: read::line(value.get("name"), limits::NAME),
            summary: read::translated(value, "summary", "summaryMap", limits::DESCRIPTION),
            source: value
                .get("source")
                .and_then(|source| read::text(source.get("content"), limits::DESCRIPTION)),
            url: value.get("url").and_then(read::id_of).map(str::to_owned),
            inbox: read::id_at(value, "inbox"),
            outbox: read::id_at(value, "outbox"),
            followers: read::id_at(value, "followers"),
            following: read::id_at(value, "following"),
            featured: read::id_at(value, "featured"),
            icon: picture(value, "icon"),
            image: picture(value, "image"),
            manually_approves: read::flag(value, "manuallyApprovesFollowers").unwrap_or(false),
            posting_restricted: read::flag(value, "postingRestrictedToMods").unwrap_or(false),
            sensitive: read::flag(value, "sensitive").unwrap_or(false),
            discoverable: read::flag(value, "discoverable"),
            indexable: read::flag(value, "indexable"),
            published: moment(value.get("published"), now),
            updated: moment(value.get("updated"), now),
            fields: fields(value),
            also_known_as: read::ids(value, "alsoKnownAs", limits::ALIASES),
            moved_to: read::id_at(value, "movedTo"),
            board: board(value.get("stoa:board").unwrap_or(&Value::Null)),
            id,
            kind,
        })
    }
}

fn board(value: &Value) -> BoardDoc {
    BoardDoc {
        rules: read::text(value.get("rules"), limits::DESCRIPTION).unwrap_or_default(),
        dislikes: read::flag(value, "dislikes").unwrap_or(true),
        require_alt: read::flag(value, "requireAlt").unwrap_or(false),
        bump_limit: read::whole(value.get("bumpLimit"), i64::from(i32::MAX)).unwrap_or(500),
        archived: read::flag(value, "archived").unwrap_or(false),
    }
}

fn keys(value: &Value, actor: &str) -> Vec<KeyDoc> {
    let entries = read::many(value, "publicKey").iter().take(limits::KEYS);
    let keys = entries.filter_map(|entry| {
        let id = read::id_at(entry, "id")?;
        let owner = read::id_at(entry, "owner").or_else(|| read::id_at(entry, "controller"));
        let own = owner.is_none_or(|owner| origin::same_id(&owner, actor))
            && origin::same_text(&id, actor);
        let pem = entry.get("publicKeyPem")?.as_str()?;
        own.then(|| KeyDoc {
            id,
            pem: pem.to_owned(),
        })
    });
    keys.collect()
}

fn shared_inbox(value: &Value, actor: &str) -> Option<String> {
    let endpoints = value
        .get("endpoints")
        .and_then(|endpoints| read::id_at(endpoints, "sharedInbox"));
    endpoints
        .or_else(|| read::id_at(value, "sharedInbox"))
        .filter(|inbox| origin::same_text(inbox, actor))
}

/// Lemmy, PieFed and Mbin put the collection into `attributedTo`; PeerTube puts the owner there, as an object.
fn moderators(value: &Value, kind: &ActorKind, actor: &str) -> Option<String> {
    let attributed = || {
        value
            .get("attributedTo")
            .filter(|to| to.is_string() && *kind == ActorKind::Group)
            .and_then(read::id_of)
    };
    let collection = value
        .get("moderators")
        .and_then(read::id_of)
        .or_else(attributed)?;
    origin::same_text(collection, actor).then(|| collection.to_owned())
}

fn webfinger(value: &Value) -> Option<String> {
    let handle = read::line(value.get("webfinger"), limits::USERNAME * 2)?;
    let handle = handle
        .strip_prefix("acct:")
        .unwrap_or(&handle)
        .trim_start_matches('@');
    handle.contains('@').then(|| handle.to_owned())
}

fn fields(value: &Value) -> Vec<Field> {
    let entries = read::many(value, "attachment")
        .iter()
        .filter(|entry| type_of(entry) == Some("PropertyValue"));
    let fields = entries.filter_map(|entry| {
        let name = read::line(entry.get("name"), limits::NAME)?;
        let value = read::text(entry.get("value"), 2048)?;
        Some(Field { name, value })
    });
    fields.take(limits::FIELDS).collect()
}
