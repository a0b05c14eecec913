//! Problems as pages: what happened, why, who can change it, and a way on.
//!
//! The problem stays in the answer's extensions, so that `web::edge` logs its cause with the request id.

use axum::response::Response;
use domain::Denial;
use http::{HeaderValue, Method, StatusCode, header};
use web::Problem;

use crate::answer;
use crate::view::{Failure, Link, Section};
use crate::visit::Visit;

/// Gives a problem that no handler made a page of its page.
pub(crate) fn dress(mut response: Response, visit: &Visit, method: &Method) -> Response {
    let declared = response.headers().get(header::CONTENT_TYPE);
    if declared.is_none_or(|kind| kind != web::problem::MEDIA_TYPE) {
        return response;
    }
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let signed_out = problem.code == Denial::SignedOut.code();
    let page = if signed_out && *method == Method::GET {
        answer::see(&crate::visit::login(&visit.here))
    } else {
        answer::page_with(problem.status, &page(&problem, visit))
    };
    let Ok(mut page) = page else {
        response.extensions_mut().insert(problem);
        return response;
    };
    for name in [header::ALLOW, header::SET_COOKIE] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    if let Some(seconds) = problem.retry_after {
        page.headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
    page.extensions_mut().insert(problem);
    page
}

/// The page about a problem.
pub(crate) fn page(problem: &Problem, visit: &Visit) -> Failure {
    let heading = heading(problem.status);
    Failure {
        shell: visit.shell(heading, Section::None),
        status: problem.status.as_u16(),
        heading,
        sentences: sentences(problem),
        request: visit.request.clone(),
        ways: ways(problem, visit),
    }
}

fn sentences(problem: &Problem) -> Vec<String> {
    let more = match problem.code {
        "not_author" => "If it breaks the rules, a moderator of the board can remove it.",
        "not_moderator" => "Only the board\u{2019}s own moderators, and those of this server, can.",
        "moderators_post" | "archived" | "locked" | "no_dislikes" => {
            "The board\u{2019}s moderators can change this."
        }
        "banned" => {
            "You can read on. Those who banned the account can lift the ban; the public log names them."
        }
        "peer_suspended" => "The admins of this server decided so; the public log says why.",
        "suspended" | "registration_closed" => "The admins of this server can change this.",
        "not_admin" => "The people who run this server are its admins.",
        "forged" => {
            "Nothing was changed. Go back, load the page again, and send the form once more."
        }
        _ => return vec![problem.detail.clone()],
    };
    vec![problem.detail.clone(), more.to_owned()]
}

fn ways(problem: &Problem, visit: &Visit) -> Vec<Link> {
    let link = |href: &str, text: &str| Link {
        href: href.to_owned(),
        text: text.to_owned(),
    };
    let mut ways = Vec::new();
    if let Some(handle) = foreign(problem, &visit.here) {
        ways.push(link(
            &format!("/b?q={}", crate::visit::escape(&handle)),
            "Look for it on its server",
        ));
    }
    if problem.status == StatusCode::UNAUTHORIZED {
        ways.push(link(&crate::visit::login(&visit.here), "Log in"));
    } else if problem.status == StatusCode::FORBIDDEN && visit.here != "/" {
        ways.push(link(&visit.here, "Back"));
    }
    if problem.status.is_server_error() || problem.status == StatusCode::TOO_MANY_REQUESTS {
        ways.push(link(&visit.here, "Try again"));
    }
    ways.push(link("/", "Home"));
    ways.push(link("/b", "Boards"));
    ways
}

/// The name of another server's board or person in the path of a page that is not here.
fn foreign(problem: &Problem, here: &str) -> Option<String> {
    let path = here.split('?').next()?;
    let name = path
        .strip_prefix("/b/")
        .or_else(|| path.strip_prefix("/u/"))?
        .split('/')
        .next()?;
    let name = percent_encoding::percent_decode_str(name)
        .decode_utf8()
        .ok()?;
    (problem.status == StatusCode::NOT_FOUND && name.contains('@')).then(|| name.into_owned())
}

fn heading(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "That cannot be read",
        401 => "Log in first",
        403 => "Not allowed",
        404 => "Nothing here",
        405 => "Not this way",
        409 => "That is taken",
        410 => "This is gone",
        413 => "Too large",
        415 => "Wrong kind of file",
        422 => "Not accepted",
        429 => "A little slower",
        451 => "Not available here",
        503 => "Back in a moment",
        code if code >= 500 => "Something broke here",
        _ => "That did not work",
    }
}

#[cfg(test)]
mod tests {
    use domain::{Clash, Error, Noun, Site};
    use web::Browser;

    use super::*;

    fn visit() -> Visit {
        let site = Site::new("https://pics.example");
        Visit {
            masthead: domain::site::Masthead::of(&site),
            site: site.into(),
            browser: Browser { session: None },
            chosen: domain::preference::Preferences::default(),
            request: "abc".to_owned(),
            unread: 0,
            reports: None,
            here: "/b/photo/1".to_owned(),
        }
    }

    fn other(status: StatusCode) -> Problem {
        Problem::new(status, "other", "Other", "Said by whoever knows why.")
    }

    #[expect(clippy::too_many_lines, reason = "a row for each status")]
    #[test]
    fn every_status_says_why_and_shows_a_way_on() {
        let denied = |denial: Denial| Error::from(denial).into();
        let table: [(Problem, u16, &str, &str); 14] = [
            (
                Problem::bad_request("cut_short", "It ended early."),
                400,
                "early",
                "/",
            ),
            (
                denied(Denial::SignedOut),
                401,
                "Sign in",
                "/login?to=/b/photo/1",
            ),
            (
                denied(Denial::NotModerator),
                403,
                "moderators",
                "/b/photo/1",
            ),
            (denied(Denial::Suspended), 403, "admins", "/b/photo/1"),
            (
                denied(Denial::Forged),
                403,
                "load the page again",
                "/b/photo/1",
            ),
            (Error::Missing(Noun::Post).into(), 404, "no such post", "/b"),
            (Error::Conflict(Clash::NameTaken).into(), 409, "taken", "/"),
            (Error::Gone(Noun::Thread).into(), 410, "was deleted", "/b"),
            (
                Problem::too_large(16, Some(17)),
                413,
                "17 bytes, but at most 16",
                "/",
            ),
            (
                Problem::unsupported_type("multipart/form-data"),
                415,
                "multipart/form-data",
                "/",
            ),
            (
                Error::Busy { retry_after: 9 }.into(),
                429,
                "9 seconds",
                "/b/photo/1",
            ),
            (
                other(StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS),
                451,
                "knows why",
                "/",
            ),
            (
                Error::internal("disk on fire").into(),
                500,
                "log has the cause",
                "/b/photo/1",
            ),
            (
                Error::from(db::Error::Exhausted).into(),
                503,
                "5 seconds",
                "/b/photo/1",
            ),
        ];
        let mut headings = Vec::new();
        for (problem, status, said, way) in table {
            let page = page(&problem, &visit());
            assert_eq!(page.status, status);
            let sentences = page.sentences.join(" ");
            assert!(sentences.contains(said), "{status}: {sentences}");
            assert!(!sentences.contains("disk on fire"));
            let ways: Vec<_> = page.ways.iter().map(|link| link.href.as_str()).collect();
            assert!(ways.contains(&way), "{status}: {ways:?}");
            assert_eq!(page.request, "abc");
            headings.push(page.heading);
        }
        headings.dedup();
        assert_eq!(headings.len(), 12, "each status has its own: {headings:?}");
    }
}
