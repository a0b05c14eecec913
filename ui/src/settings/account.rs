//! `/settings/account`: the password. Changing it ends all other sessions.

use axum::extract::State;
use domain::{Error, account, limits};
use web::Query;

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Faults, Section, SettingsAccount};
use crate::visit::Visit;

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.browser.reader()?;
    answer::page(&SettingsAccount {
        saved: asked.saved.is_some(),
        ..page(&visit)
    })
}

pub(crate) async fn save(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let Err(error) = change(&pages, &visit, &fields).await else {
        return super::saved("account");
    };
    let (status, faults) = present::faults(error)?;
    let page = SettingsAccount {
        faults,
        ..page(&visit)
    };
    answer::page_with(status, &page)
}

async fn change(pages: &Pages, visit: &Visit, fields: &Fields) -> Result<(), Error> {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let session = visit
        .browser
        .session
        .as_ref()
        .map_or(0, |session| session.id);
    let (current, new) = (fields.text("current"), fields.text("password"));
    account::set_password(&pages.app.cx, caller, current, new, session).await
}

fn page(visit: &Visit) -> SettingsAccount {
    SettingsAccount {
        shell: visit.shell("Account", Section::None),
        tabs: super::tabs(visit, "account"),
        name: visit
            .caller()
            .map(|caller| caller.name.clone())
            .unwrap_or_default(),
        password_least: *limits::PASSWORD.start(),
        saved: false,
        faults: Faults::default(),
    }
}
