//! A post: Note, Page, Article, Question, Video and what else carries a text.

use db::Timestamp;
use serde_json::Value;

use crate::wire::attachment::{AttachmentDoc, files};
use crate::wire::tag::{Hashtag, Mention, ObjectLink, tags};
use crate::wire::{WireError, limits, moment, read, type_of};

/// A post.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoteDoc {
    pub(crate) id: Option<String>,
    /// As on the wire: `Note`, `Page`, `Tombstone` …
    pub(crate) kind: String,
    /// The person, or the board for FChannel's anonymous posts.
    pub(crate) attributed_to: Option<String>,
    /// The group that is named as an author besides the person (PeerTube channels).
    pub(crate) group: Option<String>,
    /// A name that is no actor, e.g. FChannel's "Anonymous".
    pub(crate) byline: Option<String>,
    /// The subject.
    pub(crate) name: Option<String>,
    /// HTML unless `content_type` says otherwise; not yet sanitised.
    pub(crate) content: Option<String>,
    /// `mediaType` of the content, e.g. `text/markdown` from PeerTube.
    pub(crate) content_type: Option<String>,
    pub(crate) source: Option<Source>,
    /// A content warning only where `sensitive` is set or the sender's software means it so.
    pub(crate) summary: Option<String>,
    pub(crate) sensitive: bool,
    /// One for most software, all quoted posts for FChannel.
    pub(crate) in_reply_to: Vec<String>,
    /// The page for people.
    pub(crate) url: Option<String>,
    pub(crate) published: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    pub(crate) to: Vec<String>,
    pub(crate) cc: Vec<String>,
    pub(crate) audience: Option<String>,
    pub(crate) context: Option<String>,
    /// The collection of replies.
    pub(crate) replies: Option<String>,
    pub(crate) attachments: Vec<AttachmentDoc>,
    /// The page a link post points at.
    pub(crate) link: Option<String>,
    pub(crate) thumbnail: Option<AttachmentDoc>,
    pub(crate) hashtags: Vec<Hashtag>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) links: Vec<ObjectLink>,
    /// A vote in a poll looks like a reply and must not become one.
    pub(crate) is_vote: bool,
    /// BCP 47.
    pub(crate) language: Option<String>,
    pub(crate) likes: Option<i64>,
    pub(crate) shares: Option<i64>,
    /// `false` where the sender closed the thread.
    pub(crate) comments_enabled: bool,
    pub(crate) stoa_no: Option<i64>,
    /// It does not raise its thread.
    pub(crate) sage: bool,
}

/// What the author typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) content: String,
    pub(crate) media_type: Option<String>,
}

impl NoteDoc {
    /// Reads a post; dates are held to `now`.
    ///
    /// # Errors
    /// [`WireError`] where there is no type.
    pub(crate) fn read(value: &Value, now: Timestamp) -> Result<Self, WireError> {
        if !value.is_object() {
            return Err(WireError::NotAnObject);
        }
        let kind = type_of(value).ok_or(WireError::NoType)?;
        let author = author(value);
        let files = files(value);
        let tags = tags(value);
        let name = read::line(value.get("name"), limits::NAME);
        let content = read::translated(value, "content", "contentMap", limits::CONTENT);
        let in_reply_to = read::ids(value, "inReplyTo", limits::PARENTS);
        Ok(Self {
            id: super::id(value),
            kind: kind.chars().take(60).collect(),
            is_vote: kind == "Note"
                && name.is_some()
                && content.is_none()
                && !in_reply_to.is_empty(),
            attributed_to: author.person,
            group: author.group,
            byline: author.byline,
            name,
            content,
            content_type: read::line(value.get("mediaType"), 100),
            source: source(value),
            summary: read::line(value.get("summary"), limits::SUMMARY),
            sensitive: read::flag(value, "sensitive").unwrap_or(false),
            in_reply_to,
            url: page(value),
            published: moment(value.get("published"), now),
            updated: moment(value.get("updated"), now),
            to: read::addresses(value, "to", limits::ADDRESSES),
            cc: read::addresses(value, "cc", limits::ADDRESSES),
            audience: read::addresses(value, "audience", 1).pop(),
            context: read::id_at(value, "context").or_else(|| read::id_at(value, "conversation")),
            replies: value
                .get("replies")
                .filter(|replies| !replies.is_array())
                .and_then(collection),
            attachments: files.attachments,
            link: files.link,
            thumbnail: files.thumbnail,
            hashtags: tags.hashtags,
            mentions: tags.mentions,
            links: tags.links,
            language: language(value),
            likes: total(value, "likes"),
            shares: total(value, "shares"),
            comments_enabled: read::flag(value, "commentsEnabled").unwrap_or(true),
            stoa_no: read::whole(value.get("stoa:no"), i64::MAX),
            sage: read::flag(value, "stoa:sage").unwrap_or(false),
        })
    }
}

#[derive(Default)]
struct Author {
    person: Option<String>,
    group: Option<String>,
    byline: Option<String>,
}

/// `attributedTo` is a person, a list of person and group, an embedded actor, or a name; then `actor` is who sent it.
fn author(value: &Value) -> Author {
    let mut author = Author::default();
    for entry in read::many(value, "attributedTo").iter().take(8) {
        match read::id_of(entry) {
            Some(id) if type_of(entry) == Some("Group") => {
                author.group.get_or_insert(id.to_owned())
            }
            Some(id) => author.person.get_or_insert(id.to_owned()),
            None => match read::line(Some(entry), limits::NAME) {
                Some(name) => author.byline.get_or_insert(name),
                None => continue,
            },
        };
    }
    if author.person.is_none() {
        author.person = read::id_at(value, "actor").or_else(|| author.group.clone());
    }
    author
}

/// Mbin may send an address as `source`, which is nothing that somebody typed.
fn source(value: &Value) -> Option<Source> {
    let source = value.get("source")?;
    if source.is_string() {
        let content = read::text(Some(source), limits::CONTENT)?;
        return read::id_of(source).is_none().then_some(Source {
            content,
            media_type: None,
        });
    }
    let content = read::text(source.get("content"), limits::CONTENT)?;
    Some(Source {
        content,
        media_type: read::line(source.get("mediaType"), 100),
    })
}

/// `url` as text, or the `text/html` one of a list of links.
fn page(value: &Value) -> Option<String> {
    let links = read::many(value, "url");
    let html = |link: &&Value| {
        link.get("mediaType")
            .and_then(Value::as_str)
            .is_some_and(|mime| mime.starts_with("text/html"))
    };
    let page = links
        .iter()
        .find(html)
        .or_else(|| links.iter().find(|link| link.is_string()))
        .or_else(|| links.first());
    page.and_then(read::id_of).map(str::to_owned)
}

/// A collection by its id, or by its first page where it has none of its own.
fn collection(value: &Value) -> Option<String> {
    read::id_of(value)
        .map(str::to_owned)
        .or_else(|| read::id_at(value, "first"))
}

fn total(value: &Value, key: &str) -> Option<i64> {
    read::whole(value.get(key)?.get("totalItems"), i64::MAX)
}

/// `language` of the Lemmy family, else the key of `contentMap`.
fn language(value: &Value) -> Option<String> {
    let named = value
        .get("language")
        .and_then(|language| language.get("identifier").or(Some(language)));
    let mapped = || {
        value
            .get("contentMap")?
            .as_object()?
            .keys()
            .next()
            .map(String::as_str)
    };
    let tag = named.and_then(Value::as_str).or_else(mapped)?;
    let proper = (2..=35).contains(&tag.len())
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (proper && tag != "und").then(|| tag.to_owned())
}
