//! What was done, where it should arrive, and when it did.
//!
//! Filled by `demo` and ticked off by `watch`; `report` prints it.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::watch::Seen;

/// What is to be seen of a post on the other nodes.
#[derive(Clone, Debug)]
pub(crate) enum Want {
    /// The post with this text and so many pictures, under the number its board gave it.
    Post { body: String, pictures: usize },
    /// So many likes and dislikes.
    Votes { likes: i64, dislikes: i64 },
    /// This text in place of the old one.
    Edited(String),
    /// Only its tombstone.
    Deleted,
    /// Its thread is locked.
    Locked,
    /// Its thread is pinned.
    Pinned,
    /// Nothing of a post: somebody follows something, and was accepted.
    Followed,
}

/// Whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It was done there.
    Home,
    /// This long after it was done.
    After(Duration),
    /// Not yet; what is lacking.
    Lacking(String),
}

/// One act.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// For people.
    pub(crate) what: String,
    /// On which node it was done.
    pub(crate) on: usize,
    /// When.
    pub(crate) at: Instant,
    /// The board as its own node calls it, and which node that is.
    pub(crate) board: (&'static str, usize),
    /// ActivityPub id of its thread's opening post.
    pub(crate) thread: String,
    /// ActivityPub id of the post.
    pub(crate) post: String,
    /// What is to be seen.
    pub(crate) want: Want,
    /// Whether it is, on each node.
    pub(crate) arrivals: [Arrival; 3],
}

/// All acts.
#[derive(Default)]
pub(crate) struct Ledger {
    /// In the order they were done.
    pub(crate) pieces: Vec<Piece>,
    /// Numbers that the homes of boards gave, by ActivityPub id of the post.
    pub(crate) numbers: HashMap<String, i64>,
    /// Ids of posts on each node, by ActivityPub id.
    pub(crate) ids: HashMap<(usize, String), String>,
    /// Pictures that were fetched from a node they were not posted on, and found whole.
    pub(crate) pictures: usize,
}

impl Piece {
    /// Whether it is everywhere.
    pub(crate) fn is_done(&self) -> bool {
        !self
            .arrivals
            .iter()
            .any(|arrival| matches!(arrival, Arrival::Lacking(_)))
    }

    /// What is lacking of it in `seen`; `None` where it is all there.
    pub(crate) fn lacking(&self, seen: Option<&Seen>, number: Option<i64>) -> Option<String> {
        let Some(seen) = seen else {
            let gone = matches!(self.want, Want::Deleted);
            return (!gone).then(|| "the post".to_owned());
        };
        match &self.want {
            Want::Post { body, pictures } => {
                let ready = seen.ready().count();
                if seen.body != *body {
                    Some(format!("the same text (it is {:?})", seen.body))
                } else if ready != *pictures {
                    Some(format!("pictures ({ready} of {pictures} are there)"))
                } else if number.is_none() || seen.no != number {
                    Some(format!(
                        "the same number ({} at its board's home, {} here)",
                        said(number),
                        said(seen.no)
                    ))
                } else {
                    None
                }
            }
            Want::Votes { likes, dislikes } => {
                let wrong = (seen.likes, seen.dislikes) != (*likes, *dislikes);
                wrong.then(|| {
                    format!(
                        "votes (+{} −{} instead of +{likes} −{dislikes})",
                        seen.likes, seen.dislikes
                    )
                })
            }
            Want::Edited(body) => (seen.body != *body).then(|| "the new text".to_owned()),
            Want::Deleted => (!seen.deleted).then(|| "the deletion".to_owned()),
            Want::Locked => (!seen.locked).then(|| "the lock".to_owned()),
            Want::Pinned => (!seen.pinned).then(|| "the pin".to_owned()),
            Want::Followed => None,
        }
    }
}

impl Ledger {
    /// Whether everything is everywhere.
    pub(crate) fn is_done(&self) -> bool {
        self.pieces.iter().all(Piece::is_done)
    }
}

fn said(number: Option<i64>) -> String {
    number.map_or_else(|| "none".to_owned(), |number| format!("#{number}"))
}
