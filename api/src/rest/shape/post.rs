//! Posts, their versions, votes and deliveries.

use domain::{Site, delivery, post, vote};
use serde::Serialize;
use utoipa::ToSchema;

use super::Media;
use super::account::face;
use crate::rest::id::Id;

/// A post: the opening post of a thread, or a reply. Deleted ones stay in their thread without content.
#[derive(Serialize, ToSchema)]
pub(crate) struct Post {
    id: Id,
    /// Its ActivityPub id.
    uri: String,
    /// Its page at home.
    url: String,
    /// Its number on its board; null until the board's home gave one.
    no: Option<i64>,
    /// The id of its thread's opening post.
    thread_id: Id,
    board: BoardLink,
    author: Author,
    /// Opening posts only.
    subject: Option<String>,
    /// What was typed.
    body: String,
    /// The same as safe HTML; references are links to this server.
    html: String,
    media: Vec<Media>,
    tags: Vec<String>,
    /// The posts it refers to.
    quotes: Vec<Quote>,
    /// The posts that refer to it, oldest first.
    quoted_by: Vec<Backlink>,
    /// The post it answers; null for opening posts.
    reply_to: Option<Id>,
    likes: i64,
    dislikes: i64,
    /// The caller's vote: 1, 0 or -1.
    my_vote: i16,
    /// Whether it did not raise its thread.
    sage: bool,
    /// Whether its pictures are to be hidden at first.
    sensitive: bool,
    /// To be shown before the text.
    content_warning: Option<String>,
    /// BCP 47.
    language: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    edited_at: Option<String>,
    deleted: bool,
    /// `author` or `moderator`, where it was deleted.
    deleted_by: Option<&'static str>,
    /// What the moderator said.
    reason: Option<String>,
}

/// The board of a post, as much as a link needs.
#[derive(Serialize, ToSchema)]
pub(super) struct BoardLink {
    id: Id,
    /// Its ActivityPub id.
    uri: String,
    name: String,
    /// `art` here, `art@example.org` elsewhere.
    acct: String,
    title: String,
}

/// The author of a post, as much as a byline needs.
#[derive(Serialize, ToSchema)]
struct Author {
    id: Id,
    /// Its ActivityPub id.
    uri: String,
    /// Its page at home.
    url: String,
    name: String,
    /// `anna` here, `anna@example.org` elsewhere.
    acct: String,
    display_name: String,
    /// Address of its picture on this server.
    avatar: Option<String>,
    bot: bool,
}

/// A reference in a text.
#[derive(Serialize, ToSchema)]
struct Quote {
    /// As it was written.
    #[schema(example = ">>123")]
    text: String,
    no: i64,
    /// The post; null where it is not here.
    post_id: Option<Id>,
    thread_id: Option<Id>,
}

/// A reference to a post from another.
#[derive(Serialize, ToSchema)]
struct Backlink {
    /// How a post of this board would refer to it.
    #[schema(example = ">>124")]
    text: String,
    no: Option<i64>,
    post_id: Id,
    thread_id: Id,
}

/// A post as it was at some time.
#[derive(Serialize, ToSchema)]
pub(crate) struct Version {
    subject: Option<String>,
    /// What was typed.
    body: String,
    content_warning: Option<String>,
    /// When it was written.
    #[schema(format = DateTime)]
    created_at: String,
}

/// What a vote led to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tally {
    /// The caller's vote: 1, 0 or -1.
    value: i16,
    likes: i64,
    dislikes: i64,
}

/// How a post is being brought to another server.
#[derive(Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// The server.
    host: String,
    /// What is brought.
    #[schema(example = "Create")]
    activity: String,
    /// `pending`, `sent`, `refused` or `expired`.
    state: String,
    /// How often it was tried.
    attempts: i32,
    /// The HTTP status the server answered last.
    answer: Option<i32>,
    /// What went wrong last; only for the author, moderators of the board and admins.
    error: Option<String>,
    #[schema(format = DateTime)]
    queued_at: String,
    #[schema(format = DateTime)]
    done_at: Option<String>,
    /// When it is tried next, where it still waits.
    #[schema(format = DateTime)]
    next_try_at: Option<String>,
}

impl Post {
    pub(crate) fn of(post: &post::Post, site: &Site) -> Self {
        let target = |quote: &post::Quote| {
            let target = quote.target.as_ref().map(|target| target.post);
            format!("{}/p/{}", site.origin, target.unwrap_or(post.id))
        };
        let deletion = post.deleted.as_ref();
        Self {
            id: Id(post.id),
            uri: post.uri.clone(),
            url: post.url.clone(),
            no: post.no,
            thread_id: Id(post.thread_id),
            board: BoardLink::of(&post.board),
            author: Author::of(post, site),
            subject: post.subject.clone(),
            body: post.body.clone(),
            html: post.html_linked(target),
            media: post
                .media
                .iter()
                .map(|media| Media::of(media, site))
                .collect(),
            tags: post.tags.clone(),
            quotes: post.quotes.iter().map(Quote::of).collect(),
            quoted_by: post.quoted_by.iter().map(Backlink::of).collect(),
            reply_to: post.parent.map(Id),
            likes: post.likes,
            dislikes: post.dislikes,
            my_vote: post.my_vote,
            sage: post.sage,
            sensitive: post.sensitive,
            content_warning: post.content_warning.clone(),
            language: post.language.clone(),
            created_at: post.created_at.rfc3339(),
            edited_at: post.edited_at.map(domain::Timestamp::rfc3339),
            deleted: deletion.is_some(),
            deleted_by: deletion.map(|by| {
                if by.by_moderator {
                    "moderator"
                } else {
                    "author"
                }
            }),
            reason: deletion.and_then(|deletion| deletion.reason.clone()),
        }
    }
}

impl BoardLink {
    pub(super) fn of(board: &post::BoardRef) -> Self {
        Self {
            id: Id(board.id),
            uri: board.uri.clone(),
            name: board.name.clone(),
            acct: board.acct(),
            title: board.title.clone(),
        }
    }
}

impl Author {
    fn of(post: &post::Post, site: &Site) -> Self {
        let author = &post.author;
        Self {
            id: Id(author.id),
            uri: author.uri.clone(),
            url: author.url.clone(),
            name: author.name.clone(),
            acct: author.acct(),
            display_name: author.display_name().to_owned(),
            avatar: face(author.avatar.as_deref(), "320", site),
            bot: author.bot,
        }
    }
}

impl Quote {
    fn of(quote: &post::Quote) -> Self {
        Self {
            text: quote.reference.to_string(),
            no: quote.reference.no,
            post_id: quote.target.as_ref().map(|target| Id(target.post)),
            thread_id: quote.target.as_ref().map(|target| Id(target.thread_id)),
        }
    }
}

impl Backlink {
    fn of(link: &post::Backlink) -> Self {
        Self {
            text: link.label.clone(),
            no: link.no,
            post_id: Id(link.post),
            thread_id: Id(link.thread_id),
        }
    }
}

impl Version {
    pub(crate) fn of(version: &post::Version) -> Self {
        Self {
            subject: version.subject.clone(),
            body: version.body.clone(),
            content_warning: version.content_warning.clone(),
            created_at: version.at.rfc3339(),
        }
    }
}

impl From<vote::Tally> for Tally {
    fn from(tally: vote::Tally) -> Self {
        Self {
            value: tally.value,
            likes: tally.likes,
            dislikes: tally.dislikes,
        }
    }
}

impl Delivery {
    /// For everybody.
    pub(crate) fn of(status: &delivery::Status) -> Self {
        let waits = status.done_at.is_none();
        let next = status.next_try_at.filter(|at| waits && at.0 > 0);
        Self {
            host: status.host.clone(),
            activity: status.activity.clone(),
            state: status.state.clone(),
            attempts: status.attempts,
            answer: status.answer,
            error: None,
            queued_at: status.created_at.rfc3339(),
            done_at: status.done_at.map(domain::Timestamp::rfc3339),
            next_try_at: next.map(domain::Timestamp::rfc3339),
        }
    }

    /// For those who may know what went wrong.
    pub(crate) fn in_full(status: &delivery::Status) -> Self {
        Self {
            error: status.error.clone(),
            ..Self::of(status)
        }
    }
}
