//! Posts as `Note`s: opening posts with a `name`, replies without one (a named reply looks like a poll vote).
//!
//! The shape is one that Mastodon, Lemmy, Pixelfed and the others all read; `docs/federation/posts.md` says
//! which field is for whom.

use domain::Site;
use domain::attachment::{Attachment, State};
use domain::audience::Audience;
use domain::post::Post;
use serde_json::{Map, Value, json};

use crate::vocabulary::{self, PUBLIC};

/// Pictures larger than this are federated as a rendition: some peers refuse the whole post otherwise.
const LARGEST_SIDE: i32 = 4096;

/// A live post as its `Note`, without context.
pub(crate) fn note(site: &Site, post: &Post, audience: &Audience) -> Value {
    let context = vocabulary::context(&audience.opening_uri);
    let document = json!({
        "id": post.uri,
        "type": "Note",
        "attributedTo": post.author.uri,
        "content": content(site, post),
        "source": {"content": post.body, "mediaType": "text/markdown"},
        "mediaType": "text/html",
        "url": post.url,
        "published": post.created_at.rfc3339(),
        "to": [PUBLIC, post.board.uri],
        "cc": cc(post, audience),
        "audience": post.board.uri,
        "context": context,
        "conversation": context,
        "sensitive": post.sensitive,
        "attachment": pictures(site, &post.media),
        "tag": tags(site, post, audience),
        "replies": format!("{}/replies", post.uri),
    });
    let mut note = match document {
        Value::Object(note) => note,
        _ => Map::new(),
    };
    if let Some(subject) = post.subject.as_deref().filter(|_| post.is_op) {
        note.insert("name".into(), subject.into());
    }
    if let Some(parent) = &audience.parent {
        note.insert("inReplyTo".into(), parent.uri.clone().into());
    }
    if let Some(warning) = &post.content_warning {
        note.insert("summary".into(), warning.clone().into());
    }
    if let Some(edited) = post.edited_at {
        note.insert(
            "updated".into(),
            edited.max(post.created_at).rfc3339().into(),
        );
    }
    if let Some(language) = &post.language {
        note.insert(
            "language".into(),
            json!({"identifier": language, "name": language}),
        );
        let content = note.get("content").cloned().unwrap_or_default();
        note.insert("contentMap".into(), json!({ language.as_str(): content }));
    }
    if post.sage {
        note.insert("stoa:sage".into(), true.into());
    }
    Value::Object(note)
}

/// What is left of a deleted post.
pub(crate) fn tombstone(uri: &str, deleted: domain::Timestamp) -> Value {
    json!({"id": uri, "type": "Tombstone", "formerType": "Note", "deleted": deleted.rfc3339()})
}

/// Readers that show no `name` still show the subject: as the first bold line.
fn content(site: &Site, post: &Post) -> String {
    let html = post.html_linked(|quote| match &quote.target {
        Some(target) => format!("{}/p/{}", site.origin, target.post),
        None => site.origin.clone(),
    });
    match post.subject.as_deref().filter(|_| post.is_op) {
        Some(subject) => format!("<p><strong>{}</strong></p>{html}", escape(subject)),
        None if html.is_empty() => "<p></p>".to_owned(),
        None => html,
    }
}

fn cc(post: &Post, audience: &Audience) -> Vec<String> {
    let mut cc = vec![vocabulary::followers(&post.author.uri)];
    let parent = audience.parent.iter().map(|parent| &parent.author.uri);
    for uri in parent.chain(audience.mentioned.iter().map(|account| &account.uri)) {
        if *uri != post.author.uri && !cc.contains(uri) {
            cc.push(uri.clone());
        }
    }
    cc
}

/// The board is mentioned in every post: answers from microblogs go to whom the parent mentioned.
fn tags(site: &Site, post: &Post, audience: &Audience) -> Vec<Value> {
    let mut tags: Vec<Value> = post
        .tags
        .iter()
        .map(|tag| {
            let href = format!("{}/t/{}", site.origin, percent_encode(tag));
            json!({"type": "Hashtag", "name": format!("#{tag}"), "href": href})
        })
        .collect();
    let host = if post.board.is_local() {
        &site.host
    } else {
        &post.board.host
    };
    tags.push(mention(&post.board.name, host, &post.board.uri));
    let parent = audience.parent.iter().map(|parent| &parent.author);
    let mut named = vec![post.author.uri.as_str()];
    for account in parent.chain(&audience.mentioned) {
        if !named.contains(&account.uri.as_str()) {
            let host = if account.is_local() {
                &site.host
            } else {
                &account.host
            };
            tags.push(mention(&account.name, host, &account.uri));
            named.push(&account.uri);
        }
    }
    for quote in &post.quotes {
        if let Some(target) = &quote.target {
            tags.push(json!({
                "type": "Link",
                "mediaType": "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
                "href": target.uri,
                "name": format!(">>{}", quote.reference.no),
            }));
        }
    }
    tags
}

fn mention(name: &str, host: &str, uri: &str) -> Value {
    json!({"type": "Mention", "name": format!("@{name}@{host}"), "href": uri})
}

fn pictures(site: &Site, media: &[Attachment]) -> Vec<Value> {
    media
        .iter()
        .filter_map(|attachment| picture(site, attachment))
        .collect()
}

fn picture(site: &Site, attachment: &Attachment) -> Option<Value> {
    let sha = attachment
        .sha256
        .as_deref()
        .filter(|_| attachment.state == State::Ready)?;
    let side = attachment.width.max(attachment.height).unwrap_or(0);
    let largest = attachment.renditions.last().filter(|_| side > LARGEST_SIDE);
    let (url, mime, width, height) = match largest {
        Some(one) => (
            attachment.rendition_url(one)?,
            one.mime.as_str(),
            Some(one.width),
            Some(one.height),
        ),
        None => (
            attachment.url()?,
            attachment.mime.as_str(),
            attachment.width,
            attachment.height,
        ),
    };
    let mut picture = json!({
        "type": "Image",
        "mediaType": mime,
        "url": format!("{}{url}", site.origin),
        "name": attachment.alt,
        "summary": attachment.alt,
        "width": width,
        "height": height,
        "blurhash": attachment.blurhash,
        "focalPoint": [attachment.focus.0, attachment.focus.1],
    });
    if attachment.sensitive {
        picture["sensitive"] = true.into();
    }
    if largest.is_none() {
        picture["digestMultibase"] = digest(sha).into();
        picture["size"] = attachment.bytes.into();
    }
    Some(picture)
}

/// FEP-1311: the SHA-256 as a multihash in base58btc.
fn digest(sha256: &str) -> Option<String> {
    let mut hash = vec![0x12, 0x20];
    hash.extend(hex::decode(sha256).ok()?);
    Some(format!("z{}", bs58::encode(hash).into_string()))
}

fn percent_encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
