//! Foreign accounts and boards: fetched from their home, kept here, read again when they get old.

use db::{DAY, MINUTE};
use domain::account::{Account, Kind, State};
use domain::actor::{BoardFacts, PublicKey, Remote};
use domain::board::Posting;
use serde_json::Value;

use crate::hub::Hub;
use crate::origin;
use crate::trouble::Trouble;
use crate::wire::{ActorDoc, ActorKind};

/// An actor that was read within this time is not read again; microseconds.
const FRESH: i64 = DAY;
/// At most this often is an actor read again because its key does not fit; microseconds.
const FORCED: i64 = 10 * MINUTE;

/// Our copy of an actor, fetched where there is none; not of those that may not act here.
pub(crate) async fn ensure(hub: &Hub, uri: &str) -> Result<Account, Trouble> {
    let known = domain::account::by_uri(&mut *hub.cx().read().await?, uri).await?;
    let account = match known {
        Some(account) => account,
        None if hub.is_ours(uri) => return Err(Trouble::refused("nobody of this name is here")),
        None => fetch(hub, uri).await?,
    };
    match account.state {
        State::Active => Ok(account),
        State::Suspended => Err(Trouble::refused("this actor is suspended here")),
        State::Withheld => Err(Trouble::refused("this actor's server is suspended here")),
        State::Deleted => Err(Trouble::Ignored("an actor that is gone")),
    }
}

/// Reads an actor from its home.
pub(crate) async fn fetch(hub: &Hub, uri: &str) -> Result<Account, Trouble> {
    let url = origin::parse(uri).ok_or_else(|| Trouble::refused("the actor's id is no address"))?;
    hub.admit(&url).await?;
    let fetched = hub.client.get_document(&url, Some(&hub.instance)).await?;
    keep(hub, &fetched.value).await
}

/// Keeps what an actor's own server says about it.
pub(crate) async fn keep(hub: &Hub, document: &Value) -> Result<Account, Trouble> {
    let doc = ActorDoc::read(document, hub.cx().now())
        .map_err(|error| Trouble::refused(error.to_string()))?;
    let remote = remote(hub, doc)?;
    Ok(hub
        .cx()
        .write(async |tx| domain::actor::keep(tx, remote).await)
        .await?)
}

/// Whose key this is; the key's owner is fetched where it is not known.
pub(crate) async fn by_key(hub: &Hub, key_id: &str) -> Result<PublicKey, Trouble> {
    let known = domain::actor::public_key_of(&mut *hub.cx().read().await?, key_id).await?;
    if let Some(key) = known {
        let old = hub.cx().now().since(key.refreshed_at) > FRESH;
        return if old {
            refreshed(hub, key).await
        } else {
            Ok(key)
        };
    }
    if hub.is_ours(key_id) {
        return Err(Trouble::refused("the key claims to be ours"));
    }
    let owner = owner_of(hub, key_id).await?;
    let account = keep(hub, &owner).await?;
    let key = domain::actor::public_key_of(&mut *hub.cx().read().await?, key_id).await?;
    key.filter(|key| key.actor == account.id && origin::same_text(key_id, &key.uri))
        .ok_or_else(|| Trouble::refused("the key's owner does not name this key"))
}

/// The key once more from its owner, because the one we have does not fit; `None` where it was read only lately.
pub(crate) async fn by_key_anew(
    hub: &Hub,
    key: &PublicKey,
    key_id: &str,
) -> Result<Option<PublicKey>, Trouble> {
    if hub.cx().now().since(key.refreshed_at) < FORCED {
        return Ok(None);
    }
    fetch(hub, &key.uri).await?;
    Ok(domain::actor::public_key_of(&mut *hub.cx().read().await?, key_id).await?)
}

/// An old copy still serves where its home does not answer.
async fn refreshed(hub: &Hub, key: PublicKey) -> Result<PublicKey, Trouble> {
    match fetch(hub, &key.uri).await {
        Ok(account) => {
            let row = domain::actor::by_id(&mut *hub.cx().read().await?, account.id).await?;
            let pem = row.map_or(key.pem, |row| row.public_key);
            Ok(PublicKey {
                pem,
                refreshed_at: hub.cx().now(),
                ..key
            })
        }
        Err(Trouble::Fetch(error)) if error.is_absent() => Err(error.into()),
        Err(_) => Ok(key),
    }
}

/// The document of the actor that owns a key: usually the key's address without its fragment, else the
/// key is a document of its own that names its owner.
async fn owner_of(hub: &Hub, key_id: &str) -> Result<Value, Trouble> {
    let url = origin::parse(key_id).ok_or_else(|| Trouble::refused("keyId is no address"))?;
    hub.admit(&url).await?;
    let fetched = hub
        .client
        .get_json(&origin::document(&url), Some(&hub.instance))
        .await?;
    let owner = fetched.value["owner"]
        .as_str()
        .or_else(|| fetched.value["controller"].as_str());
    let owner = match owner {
        Some(owner) => owner,
        None => fetched.value["id"].as_str().unwrap_or_default(),
    };
    if !origin::same_text(owner, key_id) {
        return Err(Trouble::refused(
            "the key and its owner are of different servers",
        ));
    }
    let url =
        origin::parse(owner).ok_or_else(|| Trouble::refused("the key's owner is no address"))?;
    Ok(hub
        .client
        .get_document(&url, Some(&hub.instance))
        .await?
        .value)
}

fn remote(hub: &Hub, doc: ActorDoc) -> Result<Remote, Trouble> {
    let refused = |why: &str| Trouble::refused(why);
    let url = origin::parse(&doc.id).ok_or_else(|| refused("the actor's id is no address"))?;
    let name = doc
        .preferred_username
        .ok_or_else(|| refused("the actor has no preferredUsername"))?;
    let inbox = doc.inbox.ok_or_else(|| refused("the actor has no inbox"))?;
    let key = doc
        .public_keys
        .first()
        .ok_or_else(|| refused("the actor has no key of its own"))?;
    crate::key::PublicKey::from_pem(&key.pem)
        .map_err(|error| Trouble::refused(error.to_string()))?;
    if !origin::same_text(&inbox, &doc.id) {
        return Err(refused("the actor's inbox is on another server"));
    }
    let kind = match doc.kind {
        ActorKind::Group => Kind::Board,
        ActorKind::Application => Kind::Instance,
        ActorKind::Person | ActorKind::Service | ActorKind::Organization => Kind::Person,
        ActorKind::Other(_) => return Err(refused("actors of this type are not known here")),
    };
    let now = hub.cx().now();
    Ok(Remote {
        kind,
        host: origin::authority(&url),
        name,
        url: doc
            .url
            .filter(|url| origin::same_text(url, &doc.id))
            .unwrap_or_else(|| doc.id.clone()),
        inbox,
        shared_inbox: doc.shared_inbox,
        outbox: doc.outbox,
        followers: doc.followers,
        title: doc.name.unwrap_or_default(),
        about: doc.source.unwrap_or_default(),
        about_html: doc.summary.unwrap_or_default(),
        fields: doc
            .fields
            .into_iter()
            .map(|field| (field.name, field.value))
            .collect(),
        bot: doc.kind == ActorKind::Service,
        key_id: key.id.clone(),
        public_key: key.pem.clone(),
        created_at: doc.published.unwrap_or(now).min(now),
        avatar_url: doc.icon.map(|icon| icon.url),
        board: (kind == Kind::Board).then_some(BoardFacts {
            rules: doc.board.rules,
            nsfw: doc.sensitive,
            dislikes: doc.board.dislikes,
            require_alt: doc.board.require_alt,
            bump_limit: doc.board.bump_limit,
            posting: match (doc.board.archived, doc.posting_restricted) {
                (true, _) => Posting::Nobody,
                (false, true) => Posting::Moderators,
                (false, false) => Posting::Accounts,
            },
        }),
        uri: doc.id,
    })
}
