//! The words of the documents we write: contexts, well-known addresses, and the paths of our own collections.

use std::sync::LazyLock;

use serde_json::{Value, json};

/// Everybody.
pub(crate) const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// The context of our documents: ActivityStreams first, as strict readers want it; our own words last.
pub(crate) static CONTEXT: LazyLock<Value> = LazyLock::new(|| {
    json!([
        "https://www.w3.org/ns/activitystreams",
        "https://w3id.org/security/v1",
        {
            "lemmy": "https://join-lemmy.org/ns#",
            "toot": "http://joinmastodon.org/ns#",
            "schema": "http://schema.org#",
            "stoa": "urn:stoa:ns#",
            "postingRestrictedToMods": "lemmy:postingRestrictedToMods",
            "moderators": {"@id": "lemmy:moderators", "@type": "@id"},
            "commentsEnabled": "lemmy:commentsEnabled",
            "stickied": "lemmy:stickied",
            "Lock": "lemmy:Lock",
            "sensitive": "as:sensitive",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "Hashtag": "as:Hashtag",
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "featured": {"@id": "toot:featured", "@type": "@id"},
            "blurhash": "toot:blurhash",
            "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"},
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
            "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
            "digestMultibase": "https://w3id.org/security#digestMultibase"
        }
    ])
});

/// The address of an activity of ours.
pub(crate) fn activity(origin: &str, id: domain::Id) -> String {
    format!("{origin}/activities/{id}")
}

/// The collection of a thing's conversation.
pub(crate) fn context(post_uri: &str) -> String {
    format!("{post_uri}/context")
}

/// The followers of an actor of ours.
pub(crate) fn followers(actor_uri: &str) -> String {
    format!("{actor_uri}/followers")
}

/// The moderators of a board of ours.
pub(crate) fn moderators(board_uri: &str) -> String {
    format!("{board_uri}/moderators")
}

/// The pinned threads of a board of ours.
pub(crate) fn featured(board_uri: &str) -> String {
    format!("{board_uri}/featured")
}

/// The inbox that serves all of our actors.
pub(crate) fn shared_inbox(origin: &str) -> String {
    format!("{origin}/inbox")
}
