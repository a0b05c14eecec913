//! `/settings/profile`: what one says about oneself.

use axum::extract::State;
use domain::account::{self, Profile};
use http::StatusCode;
use web::Query;

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Faults, Section, Settings};
use crate::visit::Visit;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let found = account::by_id(&mut *pages.app.cx.read().await?, caller.id).await?;
    answer::page(&Settings {
        shell: visit.shell("Profile", Section::None),
        title: found.title.clone(),
        about: found.about.clone(),
        saved: asked.saved.is_some(),
        profile: found.path(),
        faults: Faults::default(),
    })
}

pub(crate) async fn save(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let profile = Profile {
        title: Some(fields.trimmed("title")),
        about: Some(fields.text("about")),
        ..Profile::default()
    };
    let saved = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => {
            pages
                .app
                .cx
                .write(async |tx| account::update(tx, caller, profile).await)
                .await
        }
        Err(error) => Err(error),
    };
    let Err(error) = saved else {
        return answer::see("/settings/profile?saved=1");
    };
    let (status, faults) = present::faults(error)?;
    again(&visit, &fields, faults, status)
}

fn again(visit: &Visit, fields: &Fields, faults: Faults, status: StatusCode) -> Answer {
    let page = Settings {
        shell: visit.shell("Profile", Section::None),
        title: fields.text("title"),
        about: fields.text("about"),
        saved: false,
        profile: visit
            .caller()
            .map_or_else(|| "/".to_owned(), |caller| format!("/u/{}", caller.name)),
        faults,
    };
    answer::page_with(status, &page)
}
