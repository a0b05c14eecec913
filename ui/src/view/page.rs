//! The pages themselves: the frame and what stands in it.

use askama::Template;

use super::{
    BoardCard, BoardHead, Card, Compose, Fact, Faults, Follow, Image, Link, Pager, Person, Picture,
    Post, Prefs, Section, Shell, Shot, Slide, Summary, Tab, TagLine, Tile, When,
};

/// `/`
#[derive(Template)]
#[template(path = "pages/home.html")]
pub(crate) struct Home {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) prefs: Prefs,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) pager: Pager,
    /// What to say where there is nothing, and whether following a board would help.
    pub(crate) empty: &'static str,
    /// For admins, while nothing was posted yet.
    pub(crate) setup: Vec<super::Step>,
}

/// `/b`
#[derive(Template)]
#[template(path = "pages/boards.html")]
pub(crate) struct Boards {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    /// Those that the admins show before the others.
    pub(crate) featured: Vec<BoardCard>,
    pub(crate) boards: Vec<BoardCard>,
    pub(crate) pager: Pager,
    /// What was typed into the follow box, and what was wrong with it.
    pub(crate) query: String,
    pub(crate) follow_faults: Faults,
    pub(crate) create: Option<CreateBoard>,
}

/// The form that makes a board.
#[derive(Default)]
pub(crate) struct CreateBoard {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) rules: String,
    pub(crate) nsfw: bool,
    pub(crate) no_dislikes: bool,
    pub(crate) require_alt: bool,
    pub(crate) faults: Faults,
}

/// `/b/{board}`
#[derive(Template)]
#[template(path = "pages/board.html")]
pub(crate) struct Board {
    pub(crate) shell: Shell,
    pub(crate) head: BoardHead,
    pub(crate) compose: Option<Compose>,
    pub(crate) prefs: Prefs,
    pub(crate) threads: Vec<Summary>,
    pub(crate) pager: Pager,
    /// Plain text, line by line.
    pub(crate) rules: Vec<String>,
}

/// `/b/{board}/catalog`
#[derive(Template)]
#[template(path = "pages/catalog.html")]
pub(crate) struct Catalog {
    pub(crate) shell: Shell,
    pub(crate) head: BoardHead,
    pub(crate) sorts: Vec<Tab>,
    pub(crate) prefs: Prefs,
    pub(crate) cards: Vec<Card>,
    pub(crate) pager: Pager,
}

/// `/b/{board}/new`
#[derive(Template)]
#[template(path = "pages/new_thread.html")]
pub(crate) struct NewThread {
    pub(crate) shell: Shell,
    pub(crate) head: BoardHead,
    pub(crate) compose: Compose,
}

/// One line of a public log.
pub(crate) struct LogLine {
    pub(crate) id: i64,
    pub(crate) when: When,
    pub(crate) who: Person,
    pub(crate) act: &'static str,
    /// Whom it concerns.
    pub(crate) whom: Option<Person>,
    /// A post, a server or a picture; without an address where it has no page.
    pub(crate) what: Option<Link>,
    /// What stands after that, like `to /photo/`.
    pub(crate) after: Option<String>,
    /// The board, on the log of the server.
    pub(crate) place: Option<Link>,
    /// When a ban ends by itself.
    pub(crate) until: Option<When>,
    pub(crate) reason: Option<String>,
}

/// `/log` and `/b/{board}/log`
#[derive(Template)]
#[template(path = "pages/log.html")]
pub(crate) struct Log {
    pub(crate) shell: Shell,
    /// `None` on the log of the server.
    pub(crate) head: Option<BoardHead>,
    pub(crate) lines: Vec<LogLine>,
    pub(crate) pager: Pager,
}

/// What a moderator may do with the thread as a whole.
pub(crate) struct Moderation {
    pub(crate) post: i64,
    pub(crate) locked: bool,
    pub(crate) pinned: bool,
    /// Whether the board is one of this server.
    pub(crate) local: bool,
}

/// `/b/{board}/{no}` and `/p/{id}/thread`
#[derive(Template)]
#[template(path = "pages/thread.html")]
pub(crate) struct Thread {
    pub(crate) shell: Shell,
    /// The page's heading, where no post's subject is it.
    pub(crate) heading: Option<String>,
    pub(crate) head: BoardHead,
    pub(crate) posts: Vec<Post>,
    /// Further posts.
    pub(crate) pager: Pager,
    pub(crate) compose: Option<Compose>,
    /// Why there is no form.
    pub(crate) closed: Option<String>,
    /// Whether it may be answered from another account or server.
    pub(crate) inviting: bool,
    /// Its pictures in a grid, and one a screen, where there are any.
    pub(crate) gallery: Option<String>,
    pub(crate) swipe: Option<String>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) moderation: Option<Moderation>,
    /// The thread at its home, where it is another server's.
    pub(crate) home: Option<String>,
    /// For people who are signed in.
    pub(crate) watch: Option<super::Watch>,
    /// The way for people whose account is on another server.
    pub(crate) interact: Option<String>,
}

/// One picture of the focused page.
#[derive(Clone, Debug)]
pub(crate) struct Focus {
    pub(crate) id: i64,
    pub(crate) image: Image,
    /// The file itself.
    pub(crate) original: String,
    pub(crate) described: bool,
    pub(crate) facts: String,
    pub(crate) sensitive: bool,
    /// Whether a sensitive one is open from the beginning.
    pub(crate) opened: bool,
    pub(crate) moving: bool,
    /// Whether a moving one waits to be opened.
    pub(crate) still: bool,
}

/// `/p/{id}`
#[derive(Template)]
#[template(path = "pages/picture.html")]
pub(crate) struct PicturePage {
    pub(crate) shell: Shell,
    pub(crate) heading: String,
    pub(crate) board: super::BoardName,
    pub(crate) pictures: Vec<Focus>,
    /// Those that are not here.
    pub(crate) missing: Vec<Picture>,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
    /// Where one leafs, for those who hear it.
    pub(crate) among: String,
    /// The place one leafs through, where it is not the thread.
    pub(crate) back: Option<Link>,
    pub(crate) post: Post,
    /// Like `12 replies in the thread`.
    pub(crate) comments: Link,
    pub(crate) home: Option<String>,
}

/// `/b/{board}/gallery` and `/b/{board}/{no}/gallery`
#[derive(Template)]
#[template(path = "pages/gallery.html")]
pub(crate) struct Gallery {
    pub(crate) shell: Shell,
    pub(crate) head: BoardHead,
    /// The thread, where it is one thread's.
    pub(crate) heading: Option<Link>,
    pub(crate) swipe: String,
    pub(crate) shots: Vec<Shot>,
    pub(crate) pager: Pager,
}

/// `/b/{board}/swipe` and `/swipe`
#[derive(Template)]
#[template(path = "pages/swipe.html")]
pub(crate) struct Swipe {
    pub(crate) shell: Shell,
    pub(crate) back: Link,
    pub(crate) slides: Vec<Slide>,
    pub(crate) pager: Pager,
}

/// `/t`
#[derive(Template)]
#[template(path = "pages/tags.html")]
pub(crate) struct Tags {
    pub(crate) shell: Shell,
    /// How the names begin.
    pub(crate) query: String,
    pub(crate) tags: Vec<TagLine>,
    pub(crate) pager: Pager,
    /// Those the reader follows, and mutes.
    pub(crate) followed: Vec<TagLine>,
    pub(crate) muted: Vec<TagLine>,
}

/// `/t/{tag}`
#[derive(Template)]
#[template(path = "pages/tag.html")]
pub(crate) struct TagPage {
    pub(crate) shell: Shell,
    /// Without `#`.
    pub(crate) name: String,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) follow: Follow,
    /// Where the mute goes.
    pub(crate) mute: String,
    pub(crate) muted: bool,
    pub(crate) swipe: String,
    pub(crate) related: Vec<TagLine>,
    /// `None` where posts are listed.
    pub(crate) prefs: Option<Prefs>,
    /// Whether a filter is on.
    pub(crate) filtered: bool,
    /// Whether any post carries it.
    pub(crate) used: bool,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) posts: Vec<Post>,
    pub(crate) pager: Pager,
}

/// `/search`
#[derive(Template)]
#[template(path = "pages/search.html")]
pub(crate) struct Search {
    pub(crate) shell: Shell,
    pub(crate) query: String,
    /// `posts`, `boards`, `people` or `tags`.
    pub(crate) kind: &'static str,
    pub(crate) tag: String,
    pub(crate) board: String,
    pub(crate) tabs: Vec<Tab>,
    /// Whether anything was asked.
    pub(crate) asked: bool,
    /// Whether it may be looked up on another server.
    pub(crate) resolve: bool,
    /// The way to sign in, where that would help.
    pub(crate) login: Option<String>,
    pub(crate) posts: Vec<Post>,
    pub(crate) boards: Vec<BoardCard>,
    pub(crate) people: Vec<Person>,
    pub(crate) tags: Vec<TagLine>,
    pub(crate) pager: Pager,
    pub(crate) faults: Faults,
}

impl Search {
    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.posts.is_empty()
            && self.boards.is_empty()
            && self.people.is_empty()
            && self.tags.is_empty()
    }
}

/// `/p/{id}/edit`
#[derive(Template)]
#[template(path = "pages/edit.html")]
pub(crate) struct Edit {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: Link,
    /// `None` for replies.
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
    pub(crate) warning: String,
    pub(crate) sensitive: bool,
    pub(crate) slots: Vec<super::Slot>,
    pub(crate) faults: Faults,
}

/// `/p/{id}/delete` and `/p/{id}/remove`
#[derive(Template)]
#[template(path = "pages/remove.html")]
pub(crate) struct Remove {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: Link,
    pub(crate) post: Post,
    /// Whether a moderator removes it, and must say why; else its author deletes it.
    pub(crate) moderator: bool,
    pub(crate) reason: String,
    /// Whether they may take the files of its pictures too.
    pub(crate) may_withdraw: bool,
    pub(crate) with_media: bool,
    pub(crate) faults: Faults,
}

/// An earlier text of a post.
pub(crate) struct Version {
    pub(crate) id: i64,
    pub(crate) when: When,
    pub(crate) subject: Option<String>,
    pub(crate) warning: Option<String>,
    /// Sanitised.
    pub(crate) html: String,
}

/// `/p/{id}/history`
#[derive(Template)]
#[template(path = "pages/history.html")]
pub(crate) struct History {
    pub(crate) shell: Shell,
    pub(crate) back: Link,
    /// Newest first.
    pub(crate) versions: Vec<Version>,
    pub(crate) pager: Pager,
}

/// `/login` and `/signup`
#[derive(Template)]
#[template(path = "pages/sign_in.html")]
pub(crate) struct SignIn {
    pub(crate) shell: Shell,
    /// Whether a new account is made.
    pub(crate) new: bool,
    pub(crate) name: String,
    pub(crate) email: String,
    /// Where to go afterwards.
    pub(crate) to: String,
    /// The other of the two forms, which leads there too.
    pub(crate) other: String,
    pub(crate) notice: Option<String>,
    pub(crate) rules: Vec<String>,
    pub(crate) password_least: usize,
    pub(crate) faults: Faults,
}

/// `/about`
#[derive(Template)]
#[template(path = "pages/about.html")]
pub(crate) struct About {
    pub(crate) shell: Shell,
    pub(crate) description: String,
    /// What the admins say, sanitised; empty where they say nothing.
    pub(crate) about: String,
    /// How to reach them.
    pub(crate) contact: Option<String>,
    pub(crate) rules: Vec<String>,
    pub(crate) limits: Vec<Fact>,
    pub(crate) counts: Vec<Fact>,
    pub(crate) version: String,
    pub(crate) host: String,
}

/// Any answer that is not a page.
#[derive(Template)]
#[template(path = "pages/error.html")]
pub(crate) struct Failure {
    pub(crate) shell: Shell,
    pub(crate) status: u16,
    pub(crate) heading: &'static str,
    pub(crate) sentences: Vec<String>,
    pub(crate) request: String,
    /// A way on.
    pub(crate) ways: Vec<Link>,
}
