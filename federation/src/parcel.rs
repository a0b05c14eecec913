//! An activity of ours on its way into the database: the document, who signs it, and where it goes.

use std::collections::BTreeSet;

use domain::activity::Draft;
use domain::delivery::{Inbox, LIFETIME};
use domain::{Id, Result, Timestamp, Tx};
use serde_json::Value;

use crate::document;
use crate::vocabulary;

/// An activity to be sent.
pub(crate) struct Parcel {
    pub(crate) id: Id,
    pub(crate) uri: String,
    pub(crate) actor: Id,
    /// Its type, as people read it in the delivery status.
    pub(crate) kind: &'static str,
    pub(crate) post: Option<Id>,
    pub(crate) body: String,
    /// Kept in order per inbox: the thread, or the target of a follow.
    pub(crate) lane: Id,
    /// Never given up: whoever has a post must hear that it is gone.
    pub(crate) lasting: bool,
}

impl Parcel {
    /// An activity whose document `fields` describes; id, type, actor and context are added in front.
    pub(crate) fn new(tx: &Tx, kind: &'static str, actor: (Id, &str), fields: Value) -> Self {
        let id = tx.id();
        let uri = vocabulary::activity(&tx.cx.site.origin, id);
        let mut activity = serde_json::Map::new();
        activity.insert("id".into(), uri.clone().into());
        activity.insert("type".into(), kind.into());
        activity.insert("actor".into(), actor.1.into());
        if let Value::Object(fields) = fields {
            activity.extend(fields);
        }
        let body = document::with_context(Value::Object(activity)).to_string();
        Self {
            id,
            uri,
            actor: actor.0,
            kind,
            post: None,
            body,
            lane: actor.0,
            lasting: false,
        }
    }

    /// Names the activity itself: a vote or a follow has its id before it is sent.
    pub(crate) fn named(mut self, uri: &str) -> Self {
        self.body = self.body.replacen(&self.uri, uri, 1);
        self.uri = uri.to_owned();
        self
    }

    /// About a post, in the lane of its thread.
    pub(crate) fn about(mut self, post: Id, thread: Id) -> Self {
        self.post = Some(post);
        self.lane = thread;
        self
    }

    /// In this lane.
    pub(crate) fn in_lane(mut self, lane: Id) -> Self {
        self.lane = lane;
        self
    }

    /// However long it takes.
    pub(crate) fn lasting(mut self) -> Self {
        self.lasting = true;
        self
    }

    /// Keeps it and queues it for every inbox; given up after 14 days, unless it is to last.
    pub(crate) async fn send(&self, tx: &mut Tx, inboxes: &BTreeSet<Inbox>) -> Result<()> {
        let until = if self.lasting {
            Timestamp::NEVER
        } else {
            tx.now.plus(LIFETIME)
        };
        let draft = Draft {
            id: self.id,
            uri: &self.uri,
            actor: self.actor,
            kind: self.kind,
            post: self.post,
            body: &self.body,
        };
        domain::activity::keep(tx, draft).await?;
        let inboxes: Vec<Inbox> = inboxes.iter().cloned().collect();
        domain::delivery::enqueue(tx, self.id, self.lane, &inboxes, until).await
    }
}
