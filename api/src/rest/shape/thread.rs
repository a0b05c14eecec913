//! Threads.

use domain::{Site, thread};
use serde::Serialize;
use utoipa::ToSchema;

use super::Post;
use super::post::BoardLink;
use crate::rest::id::Id;

/// A thread. Its own address answers the opening post and up to 99 replies; lists answer the opening post and up to three
/// last replies.
#[derive(Serialize, ToSchema)]
pub(crate) struct Thread {
    /// The id of its opening post.
    id: Id,
    board: BoardLink,
    /// The number of its opening post.
    no: Option<i64>,
    subject: Option<String>,
    tags: Vec<String>,
    /// All posts, the opening post among them; deleted ones are not counted.
    post_count: i64,
    /// Pictures of all posts.
    media_count: i64,
    /// Of its opening post.
    likes: i64,
    /// What puts it on top of its board.
    #[schema(format = DateTime)]
    bumped_at: String,
    /// Stays on top of its board.
    pinned: bool,
    /// Takes no replies, except from moderators.
    locked: bool,
    posts: Vec<Post>,
    /// In lists: replies between the opening post and those shown.
    replies_omitted: i64,
    /// In lists: pictures of the replies that are not shown.
    media_omitted: i64,
    /// At its own address: send it as `after` to `/threads/{id}/posts` for the posts that follow; null where all are here.
    next: Option<String>,
}

impl Thread {
    /// As lists show it.
    pub(crate) fn summary(thread: &thread::Summary, site: &Site) -> Self {
        Self {
            id: Id(thread.id),
            board: BoardLink::of(&thread.board),
            no: thread.no,
            subject: thread.subject.clone(),
            tags: thread.tags.clone(),
            post_count: thread.reply_count + 1,
            media_count: thread.media_count,
            likes: thread.likes,
            bumped_at: thread.bumped_at.rfc3339(),
            pinned: thread.pinned,
            locked: thread.locked,
            posts: thread
                .posts
                .iter()
                .map(|post| Post::of(post, site))
                .collect(),
            replies_omitted: thread.replies_omitted,
            media_omitted: thread.media_omitted,
            next: None,
        }
    }

    /// As its own address shows it.
    pub(crate) fn of(thread: &thread::Thread, site: &Site) -> Self {
        Self {
            id: Id(thread.id),
            board: BoardLink::of(&thread.board),
            no: thread.no,
            subject: thread.subject.clone(),
            tags: thread.tags.clone(),
            post_count: thread.reply_count + 1,
            media_count: thread.media_count,
            likes: thread.likes,
            bumped_at: thread.bumped_at.rfc3339(),
            pinned: thread.pinned,
            locked: thread.locked,
            posts: thread
                .posts
                .iter()
                .map(|post| Post::of(post, site))
                .collect(),
            replies_omitted: 0,
            media_omitted: 0,
            next: thread.more.clone(),
        }
    }
}
