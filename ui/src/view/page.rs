//! The pages themselves: the frame and what stands in it.

use askama::Template;

use super::{
    BoardCard, BoardHead, Card, Compose, Fact, Faults, Follow, Image, Link, Pager, Person, Picture,
    Post, Section, Shell, Summary, Tab, Tile, When,
};

/// `/`
#[derive(Template)]
#[template(path = "pages/home.html")]
pub(crate) struct Home {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) pager: Pager,
    /// What to say where there is nothing, and whether following a board would help.
    pub(crate) empty: &'static str,
}

/// `/b`
#[derive(Template)]
#[template(path = "pages/boards.html")]
pub(crate) struct Boards {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
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
    pub(crate) when: When,
    pub(crate) who: Person,
    pub(crate) act: &'static str,
    pub(crate) what: Option<Link>,
    pub(crate) reason: Option<String>,
}

/// `/b/{board}/log`
#[derive(Template)]
#[template(path = "pages/log.html")]
pub(crate) struct Log {
    pub(crate) shell: Shell,
    pub(crate) head: BoardHead,
    pub(crate) lines: Vec<LogLine>,
    pub(crate) pager: Pager,
}

/// What a moderator may do with the thread as a whole.
pub(crate) struct Moderation {
    pub(crate) post: i64,
    pub(crate) locked: bool,
    pub(crate) pinned: bool,
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
    pub(crate) closed: Option<&'static str>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) moderation: Option<Moderation>,
    /// The thread at its home, where it is another server's.
    pub(crate) home: Option<String>,
}

/// One picture of the focused page.
pub(crate) struct Focus {
    pub(crate) id: i64,
    pub(crate) image: Image,
    /// The file itself.
    pub(crate) original: String,
    pub(crate) described: bool,
    pub(crate) facts: String,
    pub(crate) sensitive: bool,
    pub(crate) moving: bool,
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
    pub(crate) post: Post,
    /// Like `12 replies in the thread`.
    pub(crate) comments: Link,
    pub(crate) home: Option<String>,
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
    pub(crate) with_media: bool,
    pub(crate) faults: Faults,
}

/// An earlier text of a post.
pub(crate) struct Version {
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
    pub(crate) versions: Vec<Version>,
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
    /// Sanitised.
    pub(crate) about: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) since: When,
    /// `None` on one's own page.
    pub(crate) follow: Option<Follow>,
    pub(crate) own: bool,
    pub(crate) home: Option<String>,
    /// Said where the account is suspended or deleted.
    pub(crate) state: Option<&'static str>,
    pub(crate) posts: Vec<Post>,
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
    pub(crate) notice: Option<String>,
    pub(crate) rules: Vec<String>,
    pub(crate) password_least: usize,
    pub(crate) faults: Faults,
}

/// `/settings/profile`
#[derive(Template)]
#[template(path = "pages/settings.html")]
pub(crate) struct Settings {
    pub(crate) shell: Shell,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) saved: bool,
    pub(crate) profile: String,
    pub(crate) faults: Faults,
}

/// `/about`
#[derive(Template)]
#[template(path = "pages/about.html")]
pub(crate) struct About {
    pub(crate) shell: Shell,
    pub(crate) description: String,
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
