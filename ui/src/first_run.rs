//! `/first-run`: whoever started the node makes its first admin, by the link that was printed at the start.
//!
//! Without a good secret there is no such page, so that nobody learns whether a node still waits for its admin.

use axum::extract::State;
use domain::account::{self, Draft};
use domain::session::{self, Kind, Scope};
use domain::{Error, first_run, limits};
use http::HeaderMap;
use serde::Deserialize;
use web::Query;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::login;
use crate::pages::Pages;
use crate::present;
use crate::view::{Ask, Entry, Faults, FirstRun, Form, Section};
use crate::visit::Visit;

/// The secret of the link.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Link {
    token: String,
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(link): Query<Link>,
) -> Answer {
    first_run::check(&mut *pages.app.cx.read().await?, &link.token).await?;
    answer::page(&page(&visit, &link.token, String::new(), Faults::default()))
}

pub(crate) async fn make(
    State(pages): State<Pages>,
    visit: Visit,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let token = fields.text("token");
    match admin(&pages, &token, &login::label(&headers), &fields).await {
        Ok(session) => login::with_cookie(&visit, &session, "/"),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            let page = page(&visit, &token, fields.text("name"), faults);
            answer::page_with(status, &page)
        }
    }
}

/// Makes the account and its first session; answers the session's token.
async fn admin(pages: &Pages, token: &str, label: &str, fields: &Fields) -> Result<String, Error> {
    let cx = &pages.app.cx;
    first_run::check(&mut *cx.read().await?, token).await?;
    let draft = Draft {
        name: fields.trimmed("name"),
        password: fields.text("password"),
        email: None,
    };
    account::check(&draft, &cx.site)?;
    let hash = account::hash(draft.password.clone()).await?;
    let keys = federation::key_pair().await?;
    let (session, _) = cx
        .write(async |tx| {
            let caller = first_run::make_admin(tx, token, draft, keys, hash).await?;
            session::open(tx, caller.id, Kind::Page, &Scope::ALL, label).await
        })
        .await?;
    Ok(session)
}

fn page(visit: &Visit, token: &str, name: String, faults: Faults) -> FirstRun {
    let least = limits::PASSWORD.start();
    let asks = vec![
        Ask::new("token", "", Entry::Hidden).value(token),
        Ask::new("name", "Name", Entry::Line("username"))
            .value(name)
            .required()
            .hint("Small letters, digits and _; it never changes."),
        Ask::new("password", "Password", Entry::Password)
            .hint(format!("At least {least} characters.")),
    ];
    FirstRun {
        shell: visit.shell("Welcome", Section::None),
        form: Form {
            id: "first",
            action: "/first-run".to_owned(),
            csrf: visit.csrf(),
            heading: None,
            lead: None,
            asks,
            button: "Make the admin account".to_owned(),
            risk: false,
            cancel: None,
            faults,
        },
    }
}
