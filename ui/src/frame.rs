//! What surrounds every handler: who asks is found before it, problems become pages and headers are set after it.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Error;
use domain::preference::Preferences;
use domain::report;
use domain::site::{self, Masthead};
use domain::watch;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, header};
use web::{Browser, Problem};

use crate::pages::Pages;
use crate::visit::{UNREAD, Visit};
use crate::{choice, failure, fragment};

/// Nothing inline, nothing from elsewhere: a text that got through every escape still could not act.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// Anybody's cache may keep what is read without an account, and asks each time whether it still holds.
const SHARED: &str = "public, no-cache";
/// Never `no-store`: going back must show the page at once, where it was.
const OWN: &str = "private, no-cache";

/// The layer around all pages.
pub(crate) async fn frame(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let found = person(&pages, &mut parts).await;
    // Where the database does not answer, the page that says so is still framed.
    let (masthead, found) = match masthead(&pages).await {
        Ok(masthead) => (masthead, found),
        Err(error) => (Masthead::of(&pages.app.cx.site), Err(error.into())),
    };
    let (browser, chosen) = found.as_ref().ok().cloned().unzip();
    let mut visit = Visit::new(
        &pages,
        masthead,
        &parts,
        browser.as_ref(),
        chosen.unwrap_or_default(),
    );
    let found = match waiting(&pages, &visit, &parts).await {
        Ok((unread, reports)) => {
            visit.unread = unread;
            visit.reports = reports;
            found
        }
        Err(error) => found.and(Err(error.into())),
    };
    let method = parts.method.clone();
    let composed = method == Method::POST && fragment::asks(&parts.headers, "compose");
    let own = |path: &str| parts.uri.path().starts_with(path);
    let known = parts.headers.contains_key(header::COOKIE) || own("/login") || own("/first-run");
    let response = match found {
        Ok(_) => {
            parts.extensions.insert(visit.clone());
            next.run(Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
    };
    let mut response = failure::dress(response, &visit, &method);
    fragment::place(composed, &mut response);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    for name in ["Cookie", "X-Fragment"] {
        headers.append(header::VARY, HeaderValue::from_static(name));
    }
    let shared = !known && method == Method::GET;
    let policy = match response.status() {
        StatusCode::OK if shared => SHARED,
        _ => OWN,
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    response
}

/// Who asks, and how they like pages.
async fn person(pages: &Pages, parts: &mut Parts) -> Result<(Browser, Preferences), Problem> {
    let browser = Browser::from_request_parts(parts, pages).await?;
    let chosen = choice::of(pages, browser.session.as_ref(), &parts.headers).await?;
    Ok((browser, chosen))
}

/// In how many watched threads something is new, and how many reports wait for who moderates; parts of pages show
/// neither.
async fn waiting(
    pages: &Pages,
    visit: &Visit,
    parts: &Parts,
) -> Result<(i64, Option<usize>), Error> {
    match visit.caller() {
        Some(caller) if !parts.headers.contains_key(fragment::HEADER) => {
            let mut conn = pages.app.cx.read().await?;
            let unread = watch::fresh(&mut conn, caller, UNREAD).await?;
            Ok((unread, report::open_count(&mut conn, caller).await?))
        }
        _ => Ok((0, None)),
    }
}

/// What the site is called and whether it takes people in.
async fn masthead(pages: &Pages) -> Result<Masthead, Error> {
    site::masthead(&mut *pages.app.cx.read().await?, &pages.app.cx.site).await
}
