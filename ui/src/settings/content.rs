//! `/settings/content`: how pages behave. Works without an account.

use axum::extract::State;
use domain::Error;
use domain::preference::{self, Conduct, Home, Preferences};
use web::Query;

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Faults, Section, SettingsChoice, SettingsContent};
use crate::visit::Visit;

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let mut page = page(&visit, visit.chosen.conduct, Faults::default());
    page.saved = asked.saved.is_some();
    answer::page(&page)
}

pub(crate) async fn save(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let conduct = Conduct {
        open_sensitive: fields.text("sensitive") == "open",
        still_pictures: fields.checked("still_pictures"),
        by_page: fields.checked("by_page"),
        single_keys: fields.checked("single_keys"),
        home: Home::parse(&fields.text("home")).unwrap_or_default(),
        auto_watch: fields.checked("auto_watch"),
    };
    if visit.caller().is_none() {
        let chosen = Preferences {
            conduct: Conduct {
                auto_watch: Conduct::default().auto_watch,
                ..conduct
            },
            ..visit.chosen
        };
        return super::saved_in_cookie(&visit, "content", &chosen);
    }
    match keep(&pages, &visit, &fields, conduct).await {
        Ok(()) => super::saved("content"),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            answer::page_with(status, &page(&visit, conduct, faults))
        }
    }
}

async fn keep(
    pages: &Pages,
    visit: &Visit,
    fields: &Fields,
    conduct: Conduct,
) -> Result<(), Error> {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let cx = &pages.app.cx;
    cx.write(async |tx| preference::set_conduct(tx, caller, conduct).await)
        .await
}

fn page(visit: &Visit, conduct: Conduct, faults: Faults) -> SettingsContent {
    let words = |home: Home| match home {
        Home::All => "Everything known here",
        Home::Following => "What I follow",
        Home::Local => "The boards of this server",
    };
    let signed_in = visit.caller().is_some();
    let offered = |home: &Home| signed_in || *home != Home::Following;
    let option = |home: Home| SettingsChoice {
        value: home.name().to_owned(),
        text: words(home).to_owned(),
        chosen: home == conduct.home,
    };
    SettingsContent {
        shell: visit.shell("Content", Section::None),
        tabs: super::tabs(visit, "content"),
        conduct,
        homes: Home::ALL.into_iter().filter(offered).map(option).collect(),
        saved: false,
        faults,
    }
}
