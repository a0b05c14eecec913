//! Pages of text, and the two that lead from one server to another.

use askama::Template;

use super::{Faults, Link, Section, Shell};

/// `/rules`
#[derive(Template)]
#[template(path = "pages/text/rules.html")]
pub(crate) struct Rules {
    pub(crate) shell: Shell,
    pub(crate) rules: Vec<String>,
}

/// `/privacy`
#[derive(Template)]
#[template(path = "pages/text/privacy.html")]
pub(crate) struct Privacy {
    pub(crate) shell: Shell,
    /// What the admins wrote, sanitised; may be empty.
    pub(crate) own: String,
    pub(crate) host: String,
    /// Days a session lives without being used.
    pub(crate) session_days: i64,
    /// Hours an upload waits for its post.
    pub(crate) upload_hours: i64,
}

/// `/help`
#[derive(Template)]
#[template(path = "pages/text/help.html")]
pub(crate) struct Help {
    pub(crate) shell: Shell,
    pub(crate) host: String,
}

/// `/help/keys`
#[derive(Template)]
#[template(path = "pages/text/keys.html")]
pub(crate) struct Keys {
    pub(crate) shell: Shell,
    /// Keys with spaces between them, and what they do.
    pub(crate) keys: &'static [(&'static str, &'static str)],
}

/// `/help/format`
#[derive(Template)]
#[template(path = "pages/text/format.html")]
pub(crate) struct Format {
    pub(crate) shell: Shell,
    /// What is typed, and what becomes of it, sanitised.
    pub(crate) examples: Vec<(&'static str, String)>,
}

/// `/interact`
#[derive(Template)]
#[template(path = "pages/interact.html")]
pub(crate) struct Interact {
    pub(crate) shell: Shell,
    /// What it is about.
    pub(crate) what: Link,
    pub(crate) uri: String,
    pub(crate) server: String,
    /// The server, and the link that leads to it.
    pub(crate) way: Option<(String, String)>,
    pub(crate) login: String,
    pub(crate) faults: Faults,
}

/// `/authorize_interaction`
#[derive(Template)]
#[template(path = "pages/authorize.html")]
pub(crate) struct Authorize {
    pub(crate) shell: Shell,
    pub(crate) uri: String,
    pub(crate) faults: Faults,
}
