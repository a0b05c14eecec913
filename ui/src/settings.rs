//! `/settings/…`: what people say about themselves and how they like the pages. Each form saves alone.
//!
//! Looks and habits are for everybody: without an account they are kept in a cookie. The rest needs one.

mod account;
pub(crate) mod appearance;
mod colours;
mod content;
mod device;
mod profile;
mod sessions;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::Error;
use domain::preference::Preferences;
use http::header;
use web::{Problem, cookie};

use crate::answer::{self, Answer};
use crate::choice;
use crate::form::Fields;
use crate::pages::Pages;
use crate::view::Tab;
use crate::visit::Visit;

/// Pictures of the profile's form: the avatar and the banner.
const PICTURES: usize = 2;

/// All pages below `/settings`.
pub(crate) fn routes(pages: &Pages) -> Router<Pages> {
    let profile = Router::new()
        .route("/settings/profile", get(profile::show).post(profile::save))
        .layer(web::upload::body_limit::<PICTURES>(&pages.app));
    Router::new()
        .route("/settings", get(first))
        .route("/settings/account", get(account::show).post(account::save))
        .route(
            "/settings/sessions",
            get(sessions::show).post(sessions::end),
        )
        .route(
            "/settings/appearance",
            get(appearance::show).post(appearance::save),
        )
        .route("/settings/content", get(content::show).post(content::save))
        .merge(profile)
}

/// `GET /settings`
async fn first(visit: Visit) -> Answer {
    match visit.caller() {
        Some(_) => answer::see("/settings/profile"),
        None => answer::see("/settings/appearance"),
    }
}

/// The tabs, with `current` among them; people without an account are shown those that are for them.
fn tabs(visit: &Visit, current: &str) -> Vec<Tab> {
    let all = [
        ("profile", "Profile"),
        ("account", "Account"),
        ("sessions", "Sessions"),
        ("appearance", "Appearance"),
        ("content", "Content"),
    ];
    let own = if visit.caller().is_some() { 0 } else { 3 };
    let tab = |(name, text): &(&str, &'static str)| Tab {
        href: format!("/settings/{name}"),
        text,
        current: *name == current,
    };
    all[own..].iter().map(tab).collect()
}

/// Whether a form with an account behind it carries its token; one without has nothing to guard but a cookie.
fn guard(visit: &Visit, fields: &Fields) -> Result<(), Error> {
    match visit.caller() {
        Some(_) => visit.browser.writer(&fields.text("csrf")).map(|_| ()),
        None => Ok(()),
    }
}

/// Back to the form that was saved.
fn saved(name: &str) -> Answer {
    answer::see(&format!("/settings/{name}?saved=1"))
}

/// The same with the cookie of somebody without an account.
fn saved_in_cookie(visit: &Visit, name: &str, chosen: &Preferences) -> Result<Response, Problem> {
    let header = if *chosen == Preferences::default() {
        cookie::clear_choices(&visit.site)
    } else {
        cookie::set_choices(&visit.site, &choice::write(chosen))
    };
    let mut response = saved(name)?;
    response.headers_mut().insert(header::SET_COOKIE, header);
    Ok(response)
}
