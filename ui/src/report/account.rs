//! `/u/{name}/report`: somebody says what is wrong with an account as such. Its admins decide, and where it is of
//! another server, that one may be told.

use axum::extract::State;
use domain::account::{self, Account};
use domain::report::Target;
use domain::{Error, Noun};
use http::StatusCode;
use web::{Path, Problem};

use super::{file, form, origins};
use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::view::{Link, ReportForm, Reported};
use crate::visit::Visit;
use crate::{name, present};

pub(crate) async fn ask(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
) -> Answer {
    visit.browser.reader()?;
    let found = find(&pages, &visit, &text).await?;
    let page = ReportForm {
        forward: true,
        ..blank(&visit, &found, &Fields::default())
    };
    answer::page(&page)
}

pub(crate) async fn send(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let found = find(&pages, &visit, &text).await?;
    let sent = file(&pages, &visit, Target::Account(found.id), &fields).await;
    let page = blank(&visit, &found, &fields);
    match sent {
        Ok(_) => answer::see(&format!("{}/report/sent", found.path())),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            answer::page_with(status, &ReportForm { faults, ..page })
        }
    }
}

/// Said after a report was sent.
pub(crate) async fn sent(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
) -> Answer {
    let found = find(&pages, &visit, &text).await?;
    let page = ReportForm {
        done: true,
        ..blank(&visit, &found, &Fields::default())
    };
    answer::page_with(StatusCode::OK, &page)
}

async fn find(pages: &Pages, visit: &Visit, text: &str) -> Result<Account, Problem> {
    let handle = name::read(text, Noun::Account, visit)?;
    let found = account::find(&mut *pages.app.cx.read().await?, &handle).await?;
    match found.kind {
        account::Kind::Person => Ok(found),
        _ => Err(Error::Missing(Noun::Account).into()),
    }
}

fn blank(visit: &Visit, account: &Account, fields: &Fields) -> ReportForm {
    let back = Link {
        href: account.path(),
        text: "Back to the profile".to_owned(),
    };
    ReportForm {
        origins: origins(&[&account.host]),
        ..form(
            visit,
            &account.path(),
            back,
            Reported::Account(present::person(account)),
            fields,
        )
    }
}
