//! Somebody's page, and who likes a post.

use askama::Template;

use super::{
    Fact, Follow, Link, Pager, Person, Post, ProfilePicture, Section, Shell, Tab, Tile, When,
};

/// The part of a profile that is shown.
pub(crate) enum Part {
    Pictures(Vec<ProfilePicture>),
    Threads(Vec<Tile>),
    Replies(Vec<Post>),
}

impl Part {
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Pictures(shots) => shots.is_empty(),
            Self::Threads(tiles) => tiles.is_empty(),
            Self::Replies(posts) => posts.is_empty(),
        }
    }

    /// What it is called, for those who hear the page.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Pictures(_) => "Pictures",
            Self::Threads(_) => "Threads",
            Self::Replies(_) => "Replies",
        }
    }
}

/// A wide picture above a profile.
pub(crate) struct Banner {
    pub(crate) src: String,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// `/u/{name}`
#[derive(Template)]
#[template(path = "pages/profile.html")]
pub(crate) struct Profile {
    pub(crate) shell: Shell,
    pub(crate) person: Person,
    /// Like `@ann@far.example`.
    pub(crate) handle: String,
    pub(crate) avatar: Option<String>,
    pub(crate) banner: Option<Banner>,
    /// Sanitised.
    pub(crate) about: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) since: When,
    /// `None` on one's own page.
    pub(crate) follow: Option<Follow>,
    pub(crate) own: bool,
    /// The form that reports it.
    pub(crate) report: Option<String>,
    /// The form that bans it, for those who moderate.
    pub(crate) ban: Option<String>,
    pub(crate) home: Option<String>,
    /// Said where the account is suspended or deleted.
    pub(crate) state: Option<&'static str>,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) part: Part,
    /// Whether nothing at all was posted.
    pub(crate) silent: bool,
    pub(crate) pager: Pager,
}

/// `/p/{id}/likes`
#[derive(Template)]
#[template(path = "pages/likes.html")]
pub(crate) struct Likes {
    pub(crate) shell: Shell,
    pub(crate) back: Link,
    /// Like `12 likes`.
    pub(crate) count: String,
    pub(crate) people: Vec<Person>,
    pub(crate) pager: Pager,
}

/// `/p/{id}/menu`
#[derive(Template)]
#[template(path = "pages/menu.html")]
pub(crate) struct Menu {
    pub(crate) shell: Shell,
    pub(crate) back: Link,
    pub(crate) post: Post,
    pub(crate) links: Vec<Link>,
    /// Where the thread is watched from, for people who are signed in.
    pub(crate) watch: Option<super::Watch>,
}
