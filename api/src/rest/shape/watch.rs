//! Watched threads.

use domain::{Site, watch};
use serde::Serialize;
use utoipa::ToSchema;

use super::Thread;
use crate::rest::id::Id;

/// How far the caller has read a thread they watch.
#[derive(Serialize, ToSchema)]
pub(crate) struct Watch {
    /// The thread.
    thread_id: Id,
    /// Posts that came since it was read.
    unread: i64,
    /// The first of them.
    first_unread: Option<Id>,
}

/// A thread the caller watches.
#[derive(Serialize, ToSchema)]
pub(crate) struct Watched {
    /// The thread with its opening post; null where it was deleted.
    thread: Option<Thread>,
    /// The thread's id.
    thread_id: Id,
    /// Posts that came since it was read.
    unread: i64,
    /// The first of them.
    first_unread: Option<Id>,
}

impl Watch {
    pub(crate) fn of(place: &watch::Place) -> Self {
        Self {
            thread_id: Id(place.thread),
            unread: place.unread,
            first_unread: place.first.map(Id),
        }
    }
}

impl Watched {
    pub(crate) fn of(watched: &watch::Watched, site: &Site) -> Self {
        Self {
            thread: match &watched.fate {
                watch::Fate::Alive(thread) => Some(Thread::summary(thread, site)),
                watch::Fate::Gone(_) => None,
            },
            thread_id: Id(watched.place.thread),
            unread: watched.place.unread,
            first_unread: watched.place.first.map(Id),
        }
    }
}
