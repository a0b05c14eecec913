//! `/login` and `/logout`: coming back, and going.

use axum::extract::State;
use axum::response::Response;
use domain::session::{self, Credentials, Kind};
use domain::{Denial, limits};
use http::{HeaderMap, StatusCode, header};
use web::{Client, Problem, Query, cookie};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Faults, Section, SignIn};
use crate::visit::{self, Visit};

/// Characters of the browser's own name that are kept with a session.
const LABEL: usize = 100;

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let to = visit::local_path(&asked.to);
    if visit.caller().is_some() {
        return answer::see(to);
    }
    let mut page = form(&visit, false, to);
    if to != "/" {
        page.notice = Some("Log in, and you are led back to where you were.".to_owned());
    }
    answer::page(&page)
}

pub(crate) async fn sign_in(
    State(pages): State<Pages>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let credentials = Credentials {
        name: fields.trimmed("name"),
        password: fields.text("password"),
        address: client.bucket(),
    };
    let to = fields.text("to");
    let to = visit::local_path(&to);
    match session::sign_in(&pages.app.cx, credentials, Kind::Page, &label(&headers)).await {
        Ok((token, _)) => with_cookie(&visit, &token, to),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            let page = SignIn {
                name: fields.text("name"),
                faults,
                ..form(&visit, false, to)
            };
            answer::page_with(status, &page)
        }
    }
}

pub(crate) async fn sign_out(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    if let Some(session) = &visit.browser.session {
        let caller = visit.browser.writer(&fields.text("csrf"))?;
        let id = session.id;
        pages
            .app
            .cx
            .write(async |tx| session::close(tx, caller, id).await)
            .await?;
    }
    let mut response = answer::see("/")?;
    response
        .headers_mut()
        .insert(header::SET_COOKIE, cookie::clear(&visit.site));
    Ok(response)
}

/// Leads on to `to` as the account whose session `token` is.
///
/// # Errors
/// `to` is no header value.
pub(crate) fn with_cookie(visit: &Visit, token: &str, to: &str) -> Result<Response, Problem> {
    let mut response = answer::see(to)?;
    response
        .headers_mut()
        .insert(header::SET_COOKIE, cookie::set(&visit.site, token));
    Ok(response)
}

/// The form to sign in with, or to sign up.
pub(crate) fn form(visit: &Visit, new: bool, to: &str) -> SignIn {
    SignIn {
        shell: visit.shell(if new { "Sign up" } else { "Log in" }, Section::None),
        new,
        name: String::new(),
        email: String::new(),
        to: to.to_owned(),
        other: match new {
            true => visit::login(to),
            false => visit::signup(to),
        },
        notice: None,
        rules: Vec::new(),
        password_least: *limits::PASSWORD.start(),
        faults: Faults::default(),
    }
}

/// The status of a page that says sign-up is closed.
pub(crate) const CLOSED: StatusCode = StatusCode::FORBIDDEN;

/// What is said there.
pub(crate) fn closed() -> String {
    Denial::RegistrationClosed.to_string()
}

/// What a session is called in the list of sessions.
pub(crate) fn label(headers: &HeaderMap) -> String {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    agent.unwrap_or("A browser").chars().take(LABEL).collect()
}
