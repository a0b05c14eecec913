//! The JSON of the API: one struct per shape, made from the domain's views. Renaming a field here changes the API;
//! renaming one there does not.

mod account;
mod admin;
mod board;
mod hit;
mod instance;
mod log;
mod media;
mod peer;
mod post;
mod report;
mod session;
mod site;
mod tag;
mod thread;
mod watch;

use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use account::{Account, Field, Me};
pub(crate) use admin::{AdminAccount, AuditEntry, Job, Queue};
pub(crate) use board::{Board, Posting};
pub(crate) use hit::{Hit, Shown};
pub(crate) use instance::Instance;
pub(crate) use log::{Ban, LogEntry};
pub(crate) use media::{Focus, Media};
pub(crate) use peer::Peer;
pub(crate) use post::{Delivery, Post, Tally, Version};
pub(crate) use report::{Report, ReportState};
pub(crate) use session::{Session, SignedIn};
pub(crate) use site::SiteSettings;
pub(crate) use tag::{Mute, Tag, TagInFull};
pub(crate) use thread::Thread;
pub(crate) use watch::{Watch, Watched};

/// How far a follow is.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FollowState {
    /// Asked, not answered yet.
    Pending,
    /// It holds.
    Accepted,
    /// Refused by the other side.
    Rejected,
}

/// Whether the caller follows something.
#[derive(Serialize, ToSchema)]
pub(crate) struct Follow {
    /// Null where it is not followed.
    pub(crate) state: Option<FollowState>,
}

impl From<domain::follow::State> for FollowState {
    fn from(state: domain::follow::State) -> Self {
        match state {
            domain::follow::State::Pending => Self::Pending,
            domain::follow::State::Accepted => Self::Accepted,
            domain::follow::State::Rejected => Self::Rejected,
        }
    }
}
