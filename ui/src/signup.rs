//! `/signup`: a new account.

use axum::extract::State;
use domain::account::{self, Draft};
use domain::session::{self, Kind, Scope};
use domain::{Error, Registration, site};
use http::HeaderMap;
use web::{Client, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::login;
use crate::pages::Pages;
use crate::present;
use crate::view::SignIn;
use crate::visit::{self, Visit};

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let to = visit::local_path(&asked.to);
    if visit.caller().is_some() {
        return answer::see(to);
    }
    let mut page = login::form(&visit, true, to);
    page.rules = rules(&pages, &visit).await?;
    if visit.masthead.registration == Registration::Closed {
        page.notice = Some(login::closed());
        return answer::page_with(login::CLOSED, &page);
    }
    answer::page(&page)
}

pub(crate) async fn sign_up(
    State(pages): State<Pages>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let to = fields.text("to");
    let to = visit::local_path(&to);
    match make(&pages, &client.bucket(), &login::label(&headers), &fields).await {
        Ok(token) => login::with_cookie(&visit, &token, to),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            let page = SignIn {
                name: fields.text("name"),
                email: fields.text("email"),
                rules: rules(&pages, &visit).await?,
                faults,
                ..login::form(&visit, true, to)
            };
            answer::page_with(status, &page)
        }
    }
}

/// What is asked of people, shown before they sign up.
async fn rules(pages: &Pages, visit: &Visit) -> Result<Vec<String>, Error> {
    let mut conn = pages.app.cx.read().await?;
    Ok(site::settings(&mut conn, &visit.site).await?.rules)
}

/// Makes the account and its first session; answers the session's token.
async fn make(pages: &Pages, address: &str, label: &str, fields: &Fields) -> Result<String, Error> {
    let cx = &pages.app.cx;
    let draft = Draft {
        name: fields.trimmed("name"),
        password: fields.text("password"),
        email: fields.given("email"),
    };
    account::admit(&mut *cx.read().await?, cx, &draft, address).await?;
    let hash = account::hash(draft.password.clone()).await?;
    let keys = federation::key_pair().await?;
    let (token, _) = cx
        .write(async |tx| {
            let caller = account::sign_up(tx, draft, keys, hash, address).await?;
            session::open(tx, caller.id, Kind::Page, &Scope::ALL, label).await
        })
        .await?;
    Ok(token)
}
