//! One request of one person: who they are, what they asked for, and the frame of the page they get.
//!
//! Made once per request by `frame`, which puts it into the request's extensions; handlers take it as an extractor.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::preference::{Preferences, Scheme, TEXT_SIZE};
use domain::site::Masthead;
use domain::{Caller, Registration, Role, Site, Viewer};
use http::Method;
use http::request::Parts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use web::{Browser, Problem};

use crate::pages::Pages;
use crate::view::{Section, Shell, SignedIn};
use crate::{assets, present, theme};

/// What stands in a query's value unescaped.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/');

/// Threads with something new are counted up to here.
pub(crate) const UNREAD: i64 = 99;

/// Who asks for what.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) site: Arc<Site>,
    /// What the frame shows of the site.
    pub(crate) masthead: Masthead,
    pub(crate) browser: Browser,
    /// How they like pages.
    pub(crate) chosen: Preferences,
    /// The request's id, as the log has it.
    pub(crate) request: String,
    /// In how many watched threads something is new, at most one more than [`UNREAD`].
    pub(crate) unread: i64,
    /// How many reports wait for them, a hundred at most; `None` where they moderate nothing.
    pub(crate) reports: Option<usize>,
    /// Where to come back to after signing in: this page, or the one a form stood on.
    pub(crate) here: String,
}

impl Visit {
    pub(crate) fn new(
        pages: &Pages,
        masthead: Masthead,
        parts: &Parts,
        browser: Option<&Browser>,
        chosen: Preferences,
    ) -> Self {
        let id = parts.extensions.get::<web::edge::RequestId>();
        Self {
            masthead,
            site: pages.app.cx.site.clone(),
            browser: browser.cloned().unwrap_or(Browser { session: None }),
            chosen,
            request: id.map(|id| id.0.clone()).unwrap_or_default(),
            unread: 0,
            reports: None,
            here: here(parts),
        }
    }

    /// As whoever looks at something.
    pub(crate) fn viewer(&self) -> Viewer {
        self.browser.viewer()
    }

    /// Who is signed in.
    pub(crate) fn caller(&self) -> Option<&Caller> {
        self.browser.reader().ok()
    }

    /// What every form carries.
    pub(crate) fn csrf(&self) -> String {
        self.browser.csrf().to_owned()
    }

    /// The way to sign in and come back to `to`; `None` for people who are signed in.
    pub(crate) fn login_for(&self, to: &str) -> Option<String> {
        self.caller().is_none().then(|| login(to))
    }

    /// The modules of `names`: `vote` only for people who are signed in, because others are shown no buttons. Those of
    /// lists and of the form that writes are named by their own templates.
    pub(crate) fn scripts(&self, shell: &mut Shell, names: &[&str]) {
        let signed_in = self.caller().is_some();
        let wanted = names.iter().filter(|name| signed_in || **name != "vote");
        shell
            .scripts
            .extend(wanted.map(|name| assets::script(name).to_owned()));
    }

    /// Posts of this page can be hidden: the module that does it comes when it is wanted.
    pub(crate) fn can_hide(shell: &mut Shell) {
        shell.hiding = Some(assets::script("hide"));
    }

    /// The frame of a page.
    pub(crate) fn shell(&self, title: impl Into<String>, section: Section) -> Shell {
        let signed_in = |caller: &Caller| SignedIn {
            name: caller.name.clone(),
            href: format!("/u/{}", caller.name),
            admin: caller.role == Role::Admin,
        };
        Shell {
            title: title.into(),
            site: self.masthead.name.clone(),
            about: present::preview::short(&self.masthead.description),
            preview: None,
            section,
            person: self.caller().map(signed_in),
            unread: match self.unread {
                0 => None,
                all @ 1..=UNREAD => Some(all.to_string()),
                _ => Some(format!("{UNREAD}+")),
            },
            moderates: self.reports.is_some(),
            reports: self.reports.and_then(|open| match open {
                0 => None,
                1..=99 => Some(open.to_string()),
                _ => Some("99+".to_owned()),
            }),
            csrf: self.csrf(),
            login: login(&self.here),
            signup: self.masthead.registration == Registration::Open,
            join: signup(&self.here),
            style: assets::style().to_owned(),
            theme: theme::address(&self.chosen.look),
            root: self.root(),
            single_keys: self.chosen.conduct.single_keys,
            by_page: self.chosen.conduct.by_page,
            icon: assets::icon().to_owned(),
            scripts: ["time", "keys"]
                .map(assets::script)
                .map(str::to_owned)
                .into(),
            alternate: None,
            hiding: None,
        }
    }
}

impl Visit {
    /// The classes of the page's root: the scheme where it is fixed, and the size of text.
    fn root(&self) -> String {
        let look = &self.chosen.look;
        let size = (look.text_size != TEXT_SIZE).then(|| format!("size{}", look.text_size));
        let scheme = (look.scheme != Scheme::Auto).then(|| look.scheme.name().to_owned());
        let classes: Vec<String> = scheme.into_iter().chain(size).collect();
        classes.join(" ")
    }
}

impl FromRequestParts<Pages> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Pages) -> Result<Self, Problem> {
        let visit = parts.extensions.get::<Self>().cloned();
        visit.ok_or_else(|| Problem::internal("the frame was left out"))
    }
}

/// The address of the form that signs in and leads on to `to`.
pub(crate) fn login(to: &str) -> String {
    leading_on("/login", to)
}

/// The address of the form that makes an account and leads on to `to`.
pub(crate) fn signup(to: &str) -> String {
    leading_on("/signup", to)
}

fn leading_on(form: &str, to: &str) -> String {
    match to {
        "" | "/" => form.to_owned(),
        to => format!("{form}?to={}", escape(to)),
    }
}

/// `text` as a value in a query.
pub(crate) fn escape(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}

/// A path of this node that a form may lead on to; everything else becomes `/`. Two slashes at the start would be
/// another site, and browsers read a backslash as a slash.
pub(crate) fn local_path(to: &str) -> &str {
    let plain = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    if plain && !to.chars().any(char::is_control) {
        to
    } else {
        "/"
    }
}

fn here(parts: &Parts) -> String {
    let asked = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if parts.method == Method::GET || parts.method == Method::HEAD {
        let signing = ["/login", "/signup"].contains(&parts.uri.path());
        return if signing {
            "/".to_owned()
        } else {
            asked.to_owned()
        };
    }
    let referer = parts
        .headers
        .get(http::header::REFERER)
        .and_then(|value| value.to_str().ok());
    let path = referer
        .and_then(|text| url::Url::parse(text).ok())
        .map(|url| match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        });
    local_path(&path.unwrap_or_default()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_on_to_this_site_only() {
        for (to, expected) in [
            ("/b/photo/12?after=x", "/b/photo/12?after=x"),
            ("//evil.example/", "/"),
            ("/\\evil.example/", "/"),
            ("https://evil.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(local_path(to), expected, "{to:?}");
        }
    }

    #[test]
    fn the_way_back_survives_its_own_query() {
        assert_eq!(
            login("/b/photo?after=a&x=1"),
            "/login?to=/b/photo%3Fafter%3Da%26x%3D1"
        );
        assert_eq!(login("/"), "/login");
    }
}
