//! Answers of WebFinger (JRD, RFC 7033), read leniently.

use serde_json::Value;
use url::Url;

use crate::fetch::is_activity;
use crate::origin;
use crate::webfinger::Handle;
use crate::wire::read;

/// Links that are looked at.
const MAX_LINKS: usize = 100;

/// What matters of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Jrd {
    /// Whom it is about, where that is a handle.
    pub(super) subject: Option<Handle>,
    pub(super) actor: Option<Url>,
}

impl Jrd {
    /// Reads an answer.
    pub(super) fn read(value: &Value, with_ports: bool) -> Self {
        let subject = value
            .get("subject")
            .and_then(Value::as_str)
            .filter(|subject| subject.starts_with("acct:"));
        Self {
            subject: subject.and_then(|text| Handle::parse(text, with_ports).ok()),
            actor: self_link(value),
        }
    }
}

/// The first `self` link of an ActivityPub type.
fn self_link(value: &Value) -> Option<Url> {
    read::many(value, "links")
        .iter()
        .take(MAX_LINKS)
        .find_map(|link| {
            let rel = link.get("rel")?.as_str()?;
            let kind = link.get("type")?.as_str()?;
            (rel == "self" && is_activity(kind)).then_some(())?;
            origin::parse(link.get("href")?.as_str()?)
        })
}
