//! Accounts, boards and the instance as ActivityPub actors.
//!
//! The fields are the union of what the receivers need: see `docs/federation/boards.md`.

use domain::Site;
use domain::account::Account;
use domain::board::{Board, Posting};
use serde_json::{Map, Value, json};

use crate::vocabulary;

/// The public half of an actor's key.
pub(crate) struct PublicKey<'a> {
    pub(crate) id: &'a str,
    pub(crate) pem: &'a str,
}

/// An account of ours as a `Person` (or `Service`, where it says it is a program).
pub(crate) fn person(site: &Site, account: &Account, key: &PublicKey<'_>) -> Value {
    let kind = if account.bot { "Service" } else { "Person" };
    let mut actor = base(site, account, key, kind);
    let fields: Vec<Value> = account
        .fields
        .iter()
        .map(|(name, value)| json!({"type": "PropertyValue", "name": name, "value": value}))
        .collect();
    actor.insert("attachment".into(), fields.into());
    Value::Object(actor)
}

/// A board of ours as a `Group` (FEP-1b12).
pub(crate) fn group(site: &Site, account: &Account, board: &Board, key: &PublicKey<'_>) -> Value {
    let mut actor = base(site, account, key, "Group");
    let moderators = vocabulary::moderators(&account.uri);
    let settings = &board.settings;
    actor.insert("featured".into(), vocabulary::featured(&account.uri).into());
    actor.insert("attributedTo".into(), moderators.clone().into());
    actor.insert("moderators".into(), moderators.into());
    actor.insert(
        "postingRestrictedToMods".into(),
        (settings.posting != Posting::Accounts).into(),
    );
    actor.insert("sensitive".into(), settings.nsfw.into());
    actor.insert(
        "stoa:board".into(),
        json!({
            "rules": board.rules,
            "dislikes": settings.dislikes,
            "requireAlt": settings.require_alt,
            "bumpLimit": settings.bump_limit,
            "archived": board.is_archived(),
        }),
    );
    Value::Object(actor)
}

/// The node itself as an `Application` of this name: it signs our fetches. Readable unsigned, else two careful servers
/// could never meet.
pub(crate) fn application(
    site: &Site,
    name: &str,
    account: &Account,
    key: &PublicKey<'_>,
) -> Value {
    let mut actor = base(site, account, key, "Application");
    actor.insert("name".into(), name.into());
    actor.insert(
        "inbox".into(),
        vocabulary::shared_inbox(&site.origin).into(),
    );
    actor.insert("manuallyApprovesFollowers".into(), true.into());
    Value::Object(actor)
}

fn base(site: &Site, account: &Account, key: &PublicKey<'_>, kind: &str) -> Map<String, Value> {
    let uri = account.uri.trim_end_matches('/');
    let created = account.created_at.rfc3339();
    let document = json!({
        "id": account.uri,
        "type": kind,
        "preferredUsername": account.name,
        "name": account.display_name(),
        "url": account.url,
        "summary": account.about_html,
        "source": {"content": account.about, "mediaType": "text/markdown"},
        "inbox": format!("{uri}/inbox"),
        "outbox": format!("{uri}/outbox"),
        "followers": vocabulary::followers(uri),
        "following": format!("{uri}/following"),
        "endpoints": {"sharedInbox": vocabulary::shared_inbox(&site.origin)},
        "publicKey": {"id": key.id, "owner": account.uri, "publicKeyPem": key.pem},
        "manuallyApprovesFollowers": false,
        "discoverable": true,
        "indexable": true,
        "webfinger": format!("{}@{}", account.name, site.host),
        "published": created,
    });
    let mut actor = match document {
        Value::Object(actor) => actor,
        _ => Map::new(),
    };
    for (name, sha) in [("icon", &account.avatar), ("image", &account.banner)] {
        if let Some(sha) = sha {
            let url = format!("{}/media/{sha}/320.webp", site.origin);
            actor.insert(
                name.into(),
                json!({"type": "Image", "mediaType": "image/webp", "url": url}),
            );
        }
    }
    actor
}
