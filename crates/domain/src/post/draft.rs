//! What a post is made of before it is one: typed here ([`Draft`]) or sent by a peer ([`Arrival`]).

use db::{Id, Timestamp};
use markup::Rendered;

/// A reply as typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Markdown and references.
    pub body: String,
    /// Uploads of the author, in order.
    pub media: Vec<Id>,
    /// The post of this thread it answers.
    pub reply_to: Option<Id>,
    /// Do not bump.
    pub sage: bool,
    /// Empty is none.
    pub content_warning: Option<String>,
    /// Hide the pictures at first.
    pub sensitive: bool,
    /// BCP 47.
    pub language: Option<String>,
}

/// What an author changes; `None` stays as it is, an empty text clears.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// Opening posts only.
    pub subject: Option<String>,
    /// Markdown and references.
    pub body: Option<String>,
    /// Shown before the text.
    pub content_warning: Option<String>,
    /// Hide the pictures at first.
    pub sensitive: Option<bool>,
    /// All tags that are not in the text.
    pub tags: Option<Vec<String>>,
    /// BCP 47.
    pub language: Option<String>,
}

/// A post that a peer sent. The HTML went through `markup`; lengths are cut, never refused.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its ActivityPub id.
    pub uri: String,
    /// Its page at home.
    pub url: String,
    /// The author's actor.
    pub author: Id,
    /// The board's actor. A reply goes where its parent is, whatever stands here.
    pub board: Id,
    /// Opens a thread, or answers something.
    pub place: Place,
    /// The number the board's home gave, where it did.
    pub no: Option<i64>,
    /// Opening posts only.
    pub subject: Option<String>,
    /// Plain text or source.
    pub body: String,
    /// Safe HTML and its references and mentions.
    pub html: Rendered,
    /// In the author's order.
    pub media: Vec<RemoteMedia>,
    /// As sent; normalised here.
    pub tags: Vec<String>,
    /// Hide the pictures at first.
    pub sensitive: bool,
    /// Shown before the text.
    pub content_warning: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Do not bump.
    pub sage: bool,
    /// When it was written, as the peer says; the future counts as now.
    pub published: Timestamp,
    /// When it was last changed.
    pub edited: Option<Timestamp>,
    /// The activity as it came, to be passed on.
    pub activity: Option<String>,
}

/// Where an arrival belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It opens a thread on its board.
    Thread,
    /// It answers another post.
    Reply {
        /// The ActivityPub id of what it answers.
        parent_uri: String,
    },
}

/// A picture of a peer's post, to be fetched later.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteMedia {
    /// Where it is.
    pub url: String,
    /// As the peer says.
    pub mime: String,
    /// Alternative text.
    pub alt: String,
    /// Pixels, as the peer says.
    pub width: Option<i32>,
    /// Pixels, as the peer says.
    pub height: Option<i32>,
    /// As the peer says.
    pub blurhash: Option<String>,
    /// Hide it at first.
    pub sensitive: bool,
    /// The point to keep in view, each -1 to 1.
    pub focus: (f64, f64),
}

/// A change of a post that a peer sent.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Opening posts only.
    pub subject: Option<String>,
    /// Plain text or source.
    pub body: String,
    /// Safe HTML and its references and mentions.
    pub html: Rendered,
    /// All pictures, in order; those that are here by their address stay.
    pub media: Vec<RemoteMedia>,
    /// All tags.
    pub tags: Vec<String>,
    /// Hide the pictures at first.
    pub sensitive: bool,
    /// Shown before the text.
    pub content_warning: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// When it was changed, as the peer says.
    pub edited: Timestamp,
    /// The activity as it came, to be passed on.
    pub activity: Option<String>,
}

/// What became of an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is here now.
    New(Id),
    /// It was here already.
    Known(Id),
    /// What it answers is not here: the parent's ActivityPub id.
    Orphan(String),
    /// It was deleted before it came.
    Deleted,
}
