//! The pages of reports and of what moderators decide.

use askama::Template;

use super::{BoardHead, BoardName, Faults, Link, Pager, Person, Post, Section, Shell, Tab, When};

/// A sentence to choose, so that nobody must type the usual ones.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) chosen: bool,
}

/// What a report is about.
pub(crate) enum Reported {
    Post(Box<Post>),
    Account(Person),
}

/// `/p/{id}/report` and `/u/{name}/report`
#[derive(Template)]
#[template(path = "pages/report.html")]
pub(crate) struct ReportForm {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: Link,
    pub(crate) what: Reported,
    pub(crate) reasons: Vec<Offer>,
    pub(crate) more: String,
    /// The other servers that can be told.
    pub(crate) origins: Option<String>,
    pub(crate) forward: bool,
    pub(crate) done: bool,
    pub(crate) faults: Faults,
}

/// A board on the first page of moderators.
pub(crate) struct Ward {
    pub(crate) name: BoardName,
    pub(crate) bans: String,
    pub(crate) log: String,
}

/// `/mod`
#[derive(Template)]
#[template(path = "pages/mod.html")]
pub(crate) struct Mod {
    pub(crate) shell: Shell,
    /// Like `3 open reports`; `None` where there are none.
    pub(crate) open: Option<String>,
    pub(crate) boards: Vec<Ward>,
    /// Whether the bans from the whole server are theirs too.
    pub(crate) of_node: bool,
}

/// A report in a list.
pub(crate) struct ReportCard {
    pub(crate) id: i64,
    pub(crate) href: String,
    /// Like `No.12` or a name.
    pub(crate) about: String,
    pub(crate) author: Person,
    pub(crate) place: Option<Link>,
    pub(crate) reporter: Person,
    pub(crate) when: When,
    pub(crate) reason: String,
}

/// `/mod/reports`
#[derive(Template)]
#[template(path = "pages/mod_reports.html")]
pub(crate) struct Reports {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) reports: Vec<ReportCard>,
    pub(crate) open: bool,
    pub(crate) pager: Pager,
}

/// `/mod/reports/{id}`
#[derive(Template)]
#[template(path = "pages/mod_report.html")]
pub(crate) struct ReportPage {
    pub(crate) shell: Shell,
    pub(crate) card: ReportCard,
    /// Like `Resolved`; `None` while it is open.
    pub(crate) decided: Option<&'static str>,
    pub(crate) decided_by: Option<Person>,
    pub(crate) decided_at: Option<When>,
    pub(crate) note: String,
    pub(crate) post: Option<Post>,
    /// Where the post stands among the others.
    pub(crate) context: Option<Link>,
    /// Bans of the author that stand.
    pub(crate) bans: Vec<BanLine>,
    /// Whether the post is still there to be removed by this moderator.
    pub(crate) removable: bool,
    pub(crate) ban: Option<String>,
    pub(crate) reasons: Vec<Offer>,
    /// Why the post is to go, where it was typed before.
    pub(crate) reason: String,
    /// The other servers that can be told.
    pub(crate) origins: Option<String>,
    pub(crate) forwarded: Option<When>,
    pub(crate) faults: Faults,
}

/// `/p/{id}/ban`
#[derive(Template)]
#[template(path = "pages/ban.html")]
pub(crate) struct BanForm {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: Link,
    pub(crate) whom: Person,
    /// What led there.
    pub(crate) post: Option<Post>,
    pub(crate) places: Vec<Offer>,
    pub(crate) lengths: Vec<Offer>,
    pub(crate) reasons: Vec<Offer>,
    pub(crate) more: String,
    /// Whether the post can still be removed.
    pub(crate) removable: bool,
    pub(crate) with_post: bool,
    pub(crate) faults: Faults,
}

/// A ban that stands.
pub(crate) struct BanLine {
    pub(crate) whom: Person,
    /// What the button that lifts it sends.
    pub(crate) acct: String,
    pub(crate) place: String,
    pub(crate) by: Person,
    pub(crate) since: When,
    pub(crate) until: Option<When>,
    pub(crate) reason: String,
}

/// `/b/{board}/bans` and `/mod/bans`
#[derive(Template)]
#[template(path = "pages/bans.html")]
pub(crate) struct Bans {
    pub(crate) shell: Shell,
    /// `None` for those of the whole server.
    pub(crate) head: Option<BoardHead>,
    pub(crate) action: String,
    pub(crate) bans: Vec<BanLine>,
    pub(crate) pager: Pager,
}

/// `/p/{id}/move`
#[derive(Template)]
#[template(path = "pages/move.html")]
pub(crate) struct MoveForm {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: Link,
    pub(crate) post: Post,
    pub(crate) boards: Vec<Offer>,
    pub(crate) faults: Faults,
}
