//! `/admin`: the pages for those who run the node. For everybody else there are no such pages: 404.

mod audit;
mod boards;
mod form;
mod jobs;
mod media;
mod overview;
mod servers;
mod site;
mod users;

use axum::Router;
use axum::routing::{get, post as on_post};
use domain::page::Page;
use domain::{Caller, Error, Noun, Role};
use serde::Deserialize;

use crate::pages::Pages;
use crate::view::{AdminHead, Tab, Which};
use crate::visit::Visit;

/// Lines of a list.
const LINES: i64 = 50;

/// The routes below `/admin`.
pub(crate) fn routes() -> Router<Pages> {
    Router::new()
        .route("/admin", get(overview::show))
        .route("/admin/site", get(site::show).post(site::save))
        .route("/admin/boards", get(boards::list))
        .route(
            "/admin/boards/{board}",
            get(boards::show).post(boards::save),
        )
        .route(
            "/admin/boards/{board}/moderators",
            on_post(boards::moderators),
        )
        .route("/admin/users", get(users::list))
        .route("/admin/users/{name}", get(users::show))
        .route("/admin/users/{name}/role", on_post(users::appoint))
        .route("/admin/users/{name}/state", on_post(users::decide))
        .route(
            "/admin/federation",
            get(servers::list).post(servers::suspend),
        )
        .route("/admin/federation/{host}", get(servers::show))
        .route("/admin/federation/{host}/retry", on_post(servers::retry))
        .route("/admin/federation/{host}/policy", on_post(servers::decide))
        .route("/admin/media", get(media::list))
        .route("/admin/media/{sha256}", get(media::show).post(media::purge))
        .route("/admin/jobs", get(jobs::list))
        .route("/admin/jobs/{id}", get(jobs::show))
        .route("/admin/jobs/{id}/retry", on_post(jobs::retry))
        .route("/admin/jobs/{id}/drop", on_post(jobs::discard))
        .route("/admin/audit", get(audit::show))
}

/// What the query of a list for admins asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    before: Option<String>,
    after: Option<String>,
    /// Which of the tabs.
    show: String,
    /// What was typed into the box.
    q: String,
    /// Said after something was done.
    saved: Option<String>,
}

impl Wanted {
    fn page(&self) -> Page {
        Page::asked(Some(LINES), self.before.as_deref(), self.after.as_deref())
    }

    /// The address of this list, ready for a cursor.
    fn base(&self, path: &str) -> String {
        let query = [("show", &self.show), ("q", &self.q)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}&", crate::visit::escape(value)));
        format!("{path}?{}", query.collect::<String>())
    }
}

/// Who looks, where it is an admin.
///
/// # Errors
/// `Missing` for everybody else.
fn reader(visit: &Visit) -> Result<&Caller, Error> {
    let admin = visit.caller().filter(|caller| caller.role == Role::Admin);
    admin.ok_or(Error::Missing(Noun::Page))
}

/// Who acts, where it is an admin and the form is ours.
///
/// # Errors
/// `Missing` for everybody else, `Denied` for a form that is not ours.
fn writer<'a>(visit: &'a Visit, csrf: &str) -> Result<&'a Caller, Error> {
    reader(visit)?;
    visit.browser.writer(csrf)
}

/// The head of a page of the part `current`.
fn head(title: &str, current: &str) -> AdminHead {
    let tabs = [
        ("/admin", "Overview"),
        ("/admin/site", "Site"),
        ("/admin/boards", "Boards"),
        ("/admin/users", "Accounts"),
        ("/admin/federation", "Servers"),
        ("/admin/media", "Pictures"),
        ("/admin/jobs", "Jobs"),
        ("/admin/audit", "Audit log"),
    ];
    let tab = |(href, text): (&str, &'static str)| Tab {
        href: href.to_owned(),
        text,
        current: href == current,
    };
    AdminHead {
        title: title.to_owned(),
        tabs: tabs.map(tab).into(),
    }
}

fn which(href: &str, text: impl Into<String>, current: bool) -> Which {
    Which {
        href: href.to_owned(),
        text: text.into(),
        current,
    }
}
