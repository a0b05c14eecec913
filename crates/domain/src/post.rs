//! Posts: the opening post of a thread and its replies are the same noun.
//!
//! A post is inserted only by [`submit`] and `thread::start` (written here) or [`accept`] (arrived); all three
//! ask the same rules and end in the same private insert. A deleted post keeps its row and number as a tombstone.

mod accept;
mod delete;
mod draft;
mod edit;
mod find;
mod freeze;
mod ground;
mod history;
mod hydrate;
pub(crate) mod id;
pub(crate) mod insert;
mod number;
pub(crate) mod references;
mod remove;
mod row;
pub(crate) mod submit;
pub(crate) mod tombstone;

use std::sync::Arc;

use db::{Id, Timestamp};
use markup::{Reference, Target};

use crate::account::Account;
use crate::attachment::Attachment;

pub use accept::{accept, accept_gone};
pub use delete::{accept_delete, delete};
pub use draft::{Arrival, Draft, Edit, Outcome, Patch, Place, RemoteMedia};
pub use edit::{accept_edit, edit};
pub use find::{answers, by_no, by_uri, find, find_any, mentions, newest};
pub use freeze::freeze;
pub use history::{Order, history};
pub use hydrate::hydrate;
pub use number::number;
pub use remove::{accept_remove, remove};
pub use submit::submit;

pub(crate) use accept::guard;
pub(crate) use delete::hold;
pub(crate) use ground::{Ground, any_ground, ground, is_suspended, may_decide, may_moderate};
pub(crate) use hydrate::{board_ref, dress};
pub(crate) use insert::is_taken;
pub(crate) use row::Row;
pub(crate) use tombstone::{By, bury};

/// A post as somebody sees it.
#[derive(Clone, Debug)]
pub struct Post {
    /// Sorts by time of writing.
    pub id: Id,
    /// Its ActivityPub id.
    pub uri: String,
    /// Its page at home.
    pub url: String,
    /// Its number on its board; `None` until the board's home gave one.
    pub no: Option<i64>,
    /// The id of its thread's opening post.
    pub thread_id: Id,
    /// The number of its thread's opening post.
    pub thread_no: Option<i64>,
    /// Where it was posted.
    pub board: Arc<BoardRef>,
    /// Who wrote it.
    pub author: Arc<Account>,
    /// Opening posts only.
    pub subject: Option<String>,
    /// What was typed, or the plain text another server sent.
    pub body: String,
    /// Safe HTML with markers for references: show it through [`Post::html_linked`].
    pub html: String,
    /// In the author's order.
    pub media: Vec<Attachment>,
    /// Normalised, sorted.
    pub tags: Vec<String>,
    /// The posts it refers to, in order of appearance.
    pub quotes: Vec<Quote>,
    /// The posts that refer to it, oldest first.
    pub quoted_by: Vec<Backlink>,
    /// Votes of 1.
    pub likes: i64,
    /// Votes of -1.
    pub dislikes: i64,
    /// The viewer's vote: 1, 0 or -1.
    pub my_vote: i16,
    /// Pictures are to be hidden at first.
    pub sensitive: bool,
    /// To be shown before the text.
    pub content_warning: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// It did not bump its thread.
    pub sage: bool,
    /// What it answers; `None` for opening posts.
    pub parent: Option<Id>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last changed by its author.
    pub edited_at: Option<Timestamp>,
    /// Set for tombstones.
    pub deleted: Option<Deletion>,
    /// Whether it opens its thread.
    pub is_op: bool,
}

/// The board of a post, as much as a link needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRef {
    /// Its actor's id.
    pub id: Id,
    /// Without host.
    pub name: String,
    /// Empty for boards of this node.
    pub host: String,
    /// For people.
    pub title: String,
    /// Its ActivityPub id.
    pub uri: String,
}

impl BoardRef {
    /// `art` here, `art@host` elsewhere.
    pub fn acct(&self) -> String {
        if self.host.is_empty() {
            self.name.clone()
        } else {
            format!("{}@{}", self.name, self.host)
        }
    }

    /// Its path on this node.
    pub fn path(&self) -> String {
        format!("/b/{}", self.acct())
    }

    /// Whether it is a board of this node.
    pub fn is_local(&self) -> bool {
        self.host.is_empty()
    }
}

/// A reference in a post's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// As it was written.
    pub reference: Reference,
    /// The post it names, where that is here.
    pub target: Option<QuoteTarget>,
}

/// The post a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteTarget {
    /// Its id.
    pub post: Id,
    /// Its thread.
    pub thread_id: Id,
    /// Its number.
    pub no: i64,
    /// Its ActivityPub id.
    pub uri: String,
    /// Who wrote it.
    pub author: Id,
}

/// A post that refers to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// Its id.
    pub post: Id,
    /// Its number.
    pub no: Option<i64>,
    /// Its thread.
    pub thread_id: Id,
    /// How a post of this board would refer to it: `>>124`, `>>>/art/124` or `>>>/art@host/124`.
    pub label: String,
}

/// Why a post is a tombstone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// When.
    pub at: Timestamp,
    /// By a moderator, not by its author.
    pub by_moderator: bool,
    /// What the moderator said.
    pub reason: Option<String>,
    /// It is kept and not shown: the server of its author or of its board is suspended here.
    pub withheld: bool,
}

/// A post as it was at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Opening posts only.
    pub subject: Option<String>,
    /// What was typed.
    pub body: String,
    /// Safe HTML with markers for references.
    pub html: String,
    /// To be shown before the text.
    pub content_warning: Option<String>,
    /// When this version was written.
    pub at: Timestamp,
}

impl Post {
    /// What covers it at first, if anything does.
    pub fn warning(&self) -> Option<&str> {
        let warning = self.content_warning.as_deref();
        warning.filter(|warning| !warning.is_empty())
    }

    /// The HTML with its references as links to where `href` says; references to nothing are struck.
    pub fn html_linked(&self, href: impl Fn(&Quote) -> String) -> String {
        link(&self.html, &self.quotes, href)
    }

    /// Its path on this node.
    pub fn path(&self) -> String {
        format!("/p/{}", self.id)
    }

    /// The anchor of the post on its thread's page.
    pub fn anchor(&self) -> String {
        self.no
            .map_or_else(|| format!("p-{}", self.id), |no| format!("p{no}"))
    }
}

fn link(html: &str, quotes: &[Quote], href: impl Fn(&Quote) -> String) -> String {
    markup::link_references(html, |reference| {
        let quote = quotes.iter().find(|quote| quote.reference == *reference);
        match quote {
            Some(quote) if quote.target.is_some() => Target::Link {
                href: href(quote),
                title: None,
            },
            _ => Target::Dead,
        }
    })
}
