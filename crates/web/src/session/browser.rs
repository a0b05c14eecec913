//! Whoever uses the pages: the cookie's session, and the proof that a form is ours.
//!
//! A form of another site is stopped twice: by what the browser says about the request's origin (`Sec-Fetch-Site`,
//! `Origin`) before the handler runs, and by the token the form must carry. Called by `ui` only.

use axum::extract::{FromRef, FromRequestParts};
use domain::session::Session;
use domain::{Caller, Denial};
use http::request::Parts;
use http::{HeaderMap, header};

use super::find;
use crate::{App, Problem, cookie};

/// Whoever uses the pages, signed in or not.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The session of the cookie, where it is still good.
    pub session: Option<Session>,
}

impl<S> FromRequestParts<S> for Browser
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = App::from_ref(state);
        if !parts.method.is_safe() {
            same_origin(&parts.headers, &app.cx.site.origin)?;
        }
        let session = match cookie::token(&app.cx.site, &parts.headers) {
            Some(token) => find(&app, token).await?,
            None => None,
        };
        Ok(Self { session })
    }
}

impl Browser {
    /// As whoever looks at something.
    pub fn viewer(&self) -> domain::Viewer {
        match &self.session {
            Some(session) => domain::Viewer::Account(session.caller.clone()),
            None => domain::Viewer::Visitor,
        }
    }

    /// The signed-in account, for pages that only show.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn reader(&self) -> Result<&Caller, domain::Error> {
        let session = self.session.as_ref();
        Ok(&session.ok_or(Denial::SignedOut)?.caller)
    }

    /// The signed-in account, where the form's `csrf` field is that of its session: for everything that writes.
    ///
    /// # Errors
    /// Nobody is signed in, or the form is not ours.
    pub fn writer(&self, csrf: &str) -> Result<&Caller, domain::Error> {
        let session = self.session.as_ref().ok_or(Denial::SignedOut)?;
        if !same_text(&session.csrf, csrf) {
            return Err(Denial::Forged.into());
        }
        Ok(&session.caller)
    }

    /// What the forms of its pages must carry in the field `csrf`; empty where nobody is signed in.
    pub fn csrf(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.csrf)
    }
}

/// Refuses what a browser says comes from another site. Programs that say nothing are let through: they have no cookie
/// that could be abused.
fn same_origin(headers: &HeaderMap, ours: &str) -> Result<(), domain::Error> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let site = text("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none");
    let origin = text(header::ORIGIN.as_str()).is_none_or(|origin| {
        origin == ours || (!host.is_empty() && cookie::authority(origin) == host)
    });
    if site && origin {
        Ok(())
    } else {
        Err(Denial::Forged.into())
    }
}

/// Compares in a time that does not tell how much was right.
fn same_text(ours: &str, theirs: &str) -> bool {
    let (ours, theirs) = (ours.as_bytes(), theirs.as_bytes());
    let differing = ours
        .iter()
        .zip(theirs)
        .fold(0, |seen, (a, b)| seen | (a ^ b));
    !ours.is_empty() && ours.len() == theirs.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_of_other_sites_are_refused() {
        let ours = "https://pics.example";
        let table = [
            (&[][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("origin", ours)], true),
            (
                &[
                    ("origin", "http://127.0.0.1:8080"),
                    ("host", "127.0.0.1:8080"),
                ],
                true,
            ),
            (
                &[("origin", "https://evil.example"), ("host", "pics.example")],
                false,
            ),
            (&[("origin", "null"), ("host", "pics.example")], false),
            (&[("origin", "null")], false),
            (
                &[
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
        ];
        for (lines, expected) in table {
            let mut headers = HeaderMap::new();
            for (name, value) in lines {
                headers.insert(*name, value.parse().unwrap());
            }
            assert_eq!(same_origin(&headers, ours).is_ok(), expected, "{lines:?}");
        }
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same_text("abc", "abc"));
        for other in ["", "ab", "abcd", "abd"] {
            assert!(!same_text("abc", other));
        }
        assert!(!same_text("", ""));
    }
}
