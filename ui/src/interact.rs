//! From one server to another: `/interact` leads people to the server of their account, `/authorize_interaction` brings
//! people of this one to what they found elsewhere.
//!
//! The way out is a link to click: the policy of our pages lets no form lead to another site. It is shown only for things
//! that are known here.

use axum::extract::State;
use domain::{Error, Id, Noun, account, limits, post, rate};
use http::StatusCode;
use serde::Deserialize;
use url::Url;
use web::{Problem, Query};

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Authorize, Faults, Interact, Link, Section};
use crate::visit::{self, Visit};

/// What the query names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    uri: String,
    server: String,
}

/// `GET /interact?uri=…&server=…`
pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let what = known(&pages, &asked.uri).await?;
    let what = what.ok_or(Error::Missing(Noun::Page))?;
    let server = asked.server.trim();
    let way = host(server).map(|host| {
        // Nodes that talk plain http to each other are on one machine.
        let scheme = match visit.site.origin.starts_with("https:") {
            true => "https",
            false => "http",
        };
        let uri = visit::escape(&asked.uri);
        let href = format!("{scheme}://{host}/authorize_interaction?uri={uri}");
        (host, href)
    });
    let wrong = !server.is_empty() && way.is_none();
    let faults = if wrong {
        let detail =
            "Write your server, like far.example, or your name there, like me@far.example.";
        Faults::of_fields(vec![("server".to_owned(), detail.to_owned())])
    } else {
        Faults::default()
    };
    let page = Interact {
        shell: visit.shell("From your own server", Section::None),
        login: visit::login(&what.href),
        what,
        uri: asked.uri.clone(),
        server: server.to_owned(),
        way,
        faults,
    };
    match wrong {
        true => answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
        false => answer::page(&page),
    }
}

/// `GET /authorize_interaction?uri=…`: straight to what is known here, else to the button that looks it up.
pub(crate) async fn ask(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    visit.browser.reader()?;
    if let Some(found) = known(&pages, bare(&asked.uri)).await? {
        return answer::see(&found.href);
    }
    answer::page(&Authorize {
        shell: visit.shell("Something from another server", Section::None),
        uri: asked.uri.clone(),
        faults: Faults::default(),
    })
}

/// `POST /authorize_interaction`
pub(crate) async fn find(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let uri = fields.trimmed("uri");
    let error = match look_up(&pages, &visit, &fields, &uri).await {
        Ok(path) => return answer::see(&path),
        Err(error) => error,
    };
    let (status, faults) = match error {
        Error::Missing(_) | Error::Gone(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Faults::general("Its server does not have it, or does not show it to this one."),
        ),
        other => present::faults(other)?,
    };
    let page = Authorize {
        shell: visit.shell("Something from another server", Section::None),
        uri,
        faults,
    };
    answer::page_with(status, &page)
}

async fn look_up(
    pages: &Pages,
    visit: &Visit,
    fields: &Fields,
    uri: &str,
) -> Result<String, Error> {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let cx = &pages.app.cx;
    let who = caller.id.to_string();
    cx.write(async |tx| rate::take(tx, &limits::RATE_RESOLVES, &who).await)
        .await?;
    match pages.remote.resolve(bare(uri)).await? {
        federation::Found::Account(id) | federation::Found::Board(id) => {
            Ok(account::by_id(&mut *cx.read().await?, id).await?.path())
        }
        federation::Found::Post(id) => Ok(place(id)),
    }
}

/// Some servers say `acct:` before a name.
fn bare(uri: &str) -> &str {
    let uri = uri.trim();
    uri.strip_prefix("acct:").unwrap_or(uri)
}

/// Where a post is read and answered.
fn place(post: Id) -> String {
    format!("/p/{post}/thread")
}

/// Our page of what has this ActivityPub id.
async fn known(pages: &Pages, uri: &str) -> Result<Option<Link>, Problem> {
    if uri.is_empty() || uri.len() > limits::ADDRESS {
        return Ok(None);
    }
    let mut conn = pages.app.cx.read().await?;
    if let Some(found) = account::by_uri(&mut conn, uri).await? {
        return Ok(Some(Link {
            href: found.path(),
            text: match found.kind {
                account::Kind::Board => format!("/{}/", found.acct()),
                _ => format!("@{}", found.acct()),
            },
        }));
    }
    let post = post::by_uri(&mut conn, uri).await?;
    Ok(post.map(|id| Link {
        href: place(id),
        text: "a post".to_owned(),
    }))
}

/// The server of what somebody wrote: `far.example`, `me@far.example`, an address there.
fn host(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('@');
    let text = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or(text);
    let text = text.split('/').next().unwrap_or_default();
    let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let url = Url::parse(&format!("https://{text}/")).ok()?;
    let domain = url.domain()?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let named = domain.contains('.') || domain == "localhost";
    (plain && named).then(|| match url.port() {
        Some(port) => format!("{domain}:{port}"),
        None => domain.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_server_is_found_in_what_people_write() {
        for (text, expected) in [
            ("far.example", Some("far.example")),
            (" @me@Far.Example ", Some("far.example")),
            ("me@far.example:8443", Some("far.example:8443")),
            ("https://far.example/@me", Some("far.example")),
            ("localhost:8081", Some("localhost:8081")),
            ("b\u{fc}cher.example", Some("xn--bcher-kva.example")),
            ("far", None),
            ("", None),
            ("a b.example", None),
            ("javascript:alert(1)", None),
            ("far.example?x", None),
            ("far.example#x", None),
            ("192.0.2.1", None),
        ] {
            assert_eq!(host(text).as_deref(), expected, "{text:?}");
        }
    }
}
