//! What happened, noted as jobs in the transaction in which it happened.
//!
//! Each consumer gets a job of its own and matches the enum exhaustively, so a new event does not compile
//! until every consumer says what it does with it.

use db::{Id, Timestamp};
use jobs::NewJob;
use serde::{Deserialize, Serialize};

use crate::{Result, Tx};

/// The queue of the federation's outbox.
pub const FEDERATION: &str = "outbox";

/// Who wants to know of events.
const CONSUMERS: [&str; 1] = [FEDERATION];

/// Something that happened. `activity` is the peer's own document, unchanged, where a peer's activity
/// caused it: a board passes it on as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A post was made, or arrived.
    PostCreated {
        /// The post.
        post: Id,
        /// As it came.
        activity: Option<String>,
    },
    /// A post's author changed it.
    PostEdited {
        /// The post.
        post: Id,
        /// As it came.
        activity: Option<String>,
    },
    /// A post became a tombstone by its author's will.
    PostDeleted {
        /// The post.
        post: Id,
        /// As it came.
        activity: Option<String>,
    },
    /// A moderator removed a post.
    PostRemoved {
        /// The post.
        post: Id,
        /// The moderator.
        by: Id,
        /// As it came.
        activity: Option<String>,
    },
    /// A vote was set.
    VoteChanged {
        /// The post.
        post: Id,
        /// Whose vote.
        account: Id,
        /// 1, 0 or -1.
        value: i16,
        /// What it was before.
        before: i16,
        /// The id of the vote's activity that stands, or stood.
        uri: String,
        /// When it was set: what orders votes everywhere.
        at: Timestamp,
        /// As it came.
        activity: Option<String>,
    },
    /// Somebody here wants to follow somebody elsewhere.
    FollowRequested {
        /// Ours.
        follower: Id,
        /// Theirs.
        target: Id,
    },
    /// Somebody here no longer follows somebody elsewhere.
    FollowEnded {
        /// Ours.
        follower: Id,
        /// Theirs.
        target: Id,
        /// The id of the follow that ends.
        uri: String,
    },
    /// One of ours was asked to be followed, and agreed.
    FollowAccepted {
        /// Theirs.
        follower: Id,
        /// Ours.
        target: Id,
        /// The request, as it came.
        activity: String,
    },
    /// A moderator locked or opened a thread.
    ThreadLocked {
        /// The thread.
        thread: Id,
        /// The moderator.
        by: Id,
        /// Locked, or open again.
        value: bool,
        /// As it came.
        activity: Option<String>,
    },
    /// A moderator pinned or unpinned a thread.
    ThreadPinned {
        /// The thread.
        thread: Id,
        /// The moderator.
        by: Id,
        /// Pinned, or not any more.
        value: bool,
        /// As it came.
        activity: Option<String>,
    },
    /// A moderator banned an account from a board, or lifted its ban.
    BanChanged {
        /// The board.
        board: Id,
        /// Who is banned.
        account: Id,
        /// The moderator.
        by: Id,
        /// Banned, or not any more.
        value: bool,
    },
    /// Somebody was made a moderator of a board of ours, or is one no more.
    ModeratorChanged {
        /// The board.
        board: Id,
        /// Whose office it is.
        account: Id,
        /// Who gave or took it.
        by: Id,
        /// A moderator, or not any more.
        value: bool,
    },
    /// A thread went from one board to another.
    ThreadMoved {
        /// The thread.
        thread: Id,
        /// Where it was.
        from: Id,
        /// The moderator.
        by: Id,
    },
    /// A report is to be told to the servers of what it is about.
    ReportForwarded {
        /// The report.
        report: Id,
    },
    /// An account of ours or a board of ours changed how it presents itself.
    ActorChanged {
        /// The account or board.
        actor: Id,
    },
    /// A foreign board is followed from here for the first time: its newest threads are wanted.
    BoardWanted {
        /// The board.
        board: Id,
    },
    /// A foreign picture is wanted.
    MediaWanted {
        /// The attachment.
        attachment: Id,
    },
}

impl Event {
    /// Events of one lane are worked on in order: those of a post's thread would be best, but the post is
    /// what every event knows.
    fn lane(&self) -> Option<String> {
        match self {
            Self::PostCreated { post, .. }
            | Self::PostEdited { post, .. }
            | Self::PostDeleted { post, .. }
            | Self::PostRemoved { post, .. }
            | Self::VoteChanged { post, .. } => Some(format!("post {post}")),
            Self::ThreadLocked { thread, .. }
            | Self::ThreadPinned { thread, .. }
            | Self::ThreadMoved { thread, .. } => Some(format!("post {thread}")),
            Self::BanChanged { board, account, .. } => Some(format!("ban {board} {account}")),
            Self::ModeratorChanged { board, .. } => Some(format!("moderators {board}")),
            Self::ReportForwarded { report } => Some(format!("report {report}")),
            Self::FollowRequested { follower, target }
            | Self::FollowEnded {
                follower, target, ..
            }
            | Self::FollowAccepted {
                follower, target, ..
            } => Some(format!("follow {follower} {target}")),
            Self::ActorChanged { actor } => Some(format!("actor {actor}")),
            Self::BoardWanted { .. } | Self::MediaWanted { .. } => None,
        }
    }
}

/// Notes what happened, for every consumer, in the transaction in which it happens.
///
/// # Errors
/// The database refuses.
pub async fn note(tx: &mut Tx, event: &Event) -> Result<()> {
    let payload = serde_json::to_string(event).map_err(crate::Error::internal)?;
    let lane = event.lane();
    for queue in CONSUMERS {
        let id = tx.id();
        let now = tx.now;
        let job = NewJob {
            id,
            queue,
            lane: lane.as_deref(),
            payload: &payload,
            run_at: now,
        };
        jobs::enqueue(&mut tx.conn, job, now).await?;
    }
    Ok(())
}
