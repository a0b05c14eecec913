//! The pages for those who run the node: an overview, lists, and one thing closely with what can be done to it.

use askama::Template;

use super::{Fact, Form, Link, LogLine, Pager, Section, Shell, Tab, When};

/// `/first-run`
#[derive(Template)]
#[template(path = "pages/first_run.html")]
pub(crate) struct FirstRun {
    pub(crate) shell: Shell,
    pub(crate) form: Form,
}

/// A step on the way from an empty node to a community, on the front page.
pub(crate) struct Step {
    pub(crate) words: Link,
    pub(crate) why: &'static str,
    pub(crate) done: bool,
}

/// What every page for admins begins with.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/admin_head.html")]
pub(crate) struct AdminHead {
    pub(crate) title: String,
    pub(crate) tabs: Vec<Tab>,
}

/// Something that wants to be looked at.
pub(crate) struct Worry {
    pub(crate) words: String,
    pub(crate) way: Link,
}

/// `/admin`
#[derive(Template)]
#[template(path = "pages/admin_overview.html")]
pub(crate) struct AdminOverview {
    pub(crate) shell: Shell,
    pub(crate) head: AdminHead,
    pub(crate) worries: Vec<Worry>,
    pub(crate) groups: Vec<(&'static str, Vec<Fact>)>,
}

/// One of several lists under the same address.
pub(crate) struct Which {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) current: bool,
}

/// A line of a list for admins.
pub(crate) struct AdminRow {
    pub(crate) what: Link,
    /// Short words that set it apart, like `Suspended`.
    pub(crate) marks: Vec<String>,
    pub(crate) facts: Vec<String>,
    pub(crate) when: Option<When>,
    /// The last error, or another line of text.
    pub(crate) note: Option<String>,
}

/// The box above a list.
pub(crate) struct Finder {
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) value: String,
    /// Which of the tabs it searches.
    pub(crate) show: &'static str,
}

/// `/admin/users` and its siblings
#[derive(Template)]
#[template(path = "pages/admin_list.html")]
pub(crate) struct AdminList {
    pub(crate) shell: Shell,
    pub(crate) head: AdminHead,
    pub(crate) path: &'static str,
    /// What can be done to something that is not in the list.
    pub(crate) form: Option<Form>,
    pub(crate) filters: Vec<Which>,
    pub(crate) search: Option<Finder>,
    /// What the list holds, in a sentence.
    pub(crate) lead: String,
    pub(crate) rows: Vec<AdminRow>,
    pub(crate) empty: String,
    pub(crate) pager: Pager,
}

/// `/admin/users/{name}` and its siblings
#[derive(Template)]
#[template(path = "pages/admin_thing.html")]
pub(crate) struct AdminThing {
    pub(crate) shell: Shell,
    pub(crate) head: AdminHead,
    pub(crate) back: Link,
    pub(crate) heading: String,
    pub(crate) saved: bool,
    pub(crate) facts: Vec<Fact>,
    /// Longer texts with their headings.
    pub(crate) texts: Vec<(&'static str, String)>,
    pub(crate) ways: Vec<Link>,
    pub(crate) forms: Vec<Form>,
}

/// `/admin/audit`
#[derive(Template)]
#[template(path = "pages/admin_audit.html")]
pub(crate) struct AdminAudit {
    pub(crate) shell: Shell,
    pub(crate) head: AdminHead,
    pub(crate) lines: Vec<LogLine>,
    pub(crate) pager: Pager,
}
