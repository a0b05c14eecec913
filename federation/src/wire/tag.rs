//! Entries of `tag`: hashtags, mentions, and links to other posts (FEP-e232).

use serde_json::Value;

use crate::fetch::is_activity;
use crate::wire::{limits, read, type_of};

/// A hashtag, without `#`; capitals and width as sent, the domain folds them (FEP-eb48).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hashtag {
    pub(crate) name: String,
    pub(crate) href: Option<String>,
}

/// Somebody who is to be notified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The actor's id, or on some software the profile page.
    pub(crate) href: String,
    /// As written, e.g. `@art@img.example`.
    pub(crate) name: Option<String>,
}

/// A post that is quoted or referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ObjectLink {
    pub(crate) href: String,
    /// As written in the content, e.g. `>>123`.
    pub(crate) name: Option<String>,
}

/// The entries of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tags {
    pub(super) hashtags: Vec<Hashtag>,
    pub(super) mentions: Vec<Mention>,
    pub(super) links: Vec<ObjectLink>,
}

/// Properties that name a quoted post, oldest habit last.
const QUOTES: [&str; 4] = ["quote", "quoteUrl", "quoteUri", "_misskey_quote"];

/// Reads `tag` and the properties that name a quoted post.
pub(super) fn tags(document: &Value) -> Tags {
    let mut tags = Tags::default();
    for entry in read::many(document, "tag").iter().take(limits::TAGS) {
        match type_of(entry) {
            Some("Hashtag") => tags.hashtags.extend(hashtag(entry)),
            Some("Mention") => tags.mentions.extend(mention(entry)),
            Some("Link") if links_a_post(entry) => tags.links.extend(link(entry)),
            _ => {}
        }
    }
    if let Some(href) = QUOTES.iter().find_map(|key| read::id_at(document, key))
        && !tags.links.iter().any(|link| link.href == href)
    {
        tags.links.push(ObjectLink { href, name: None });
    }
    tags
}

fn hashtag(entry: &Value) -> Option<Hashtag> {
    let name = read::line(entry.get("name"), limits::NAME)?;
    let name = name.trim_start_matches(['#', '\u{ff03}']).trim();
    (!name.is_empty()).then(|| Hashtag {
        name: name.to_owned(),
        href: read::id_at(entry, "href"),
    })
}

fn mention(entry: &Value) -> Option<Mention> {
    let href = read::id_at(entry, "href")?;
    Some(Mention {
        href,
        name: read::line(entry.get("name"), limits::NAME),
    })
}

fn link(entry: &Value) -> Option<ObjectLink> {
    let href = read::id_at(entry, "href")?;
    Some(ObjectLink {
        href,
        name: read::line(entry.get("name"), limits::NAME),
    })
}

fn links_a_post(entry: &Value) -> bool {
    entry
        .get("mediaType")
        .and_then(Value::as_str)
        .is_some_and(is_activity)
}
