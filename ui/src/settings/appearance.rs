//! `/settings/appearance`: which colours, and how large the text. Works without an account.
//!
//! A palette that cannot be read is not saved: the form comes back, says what is weak, and offers to mend it.

use axum::extract::State;
use domain::Error;
use domain::preference::{self, Look, Preferences};
use http::StatusCode;
use web::Query;

use super::colours;
use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Faults, Section, SettingsAppearance};
use crate::visit::Visit;

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let mut page = page(&visit, &visit.chosen.look, Faults::default());
    page.saved = asked.saved.is_some();
    answer::page(&page)
}

pub(crate) async fn save(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    if let Err(error) = super::guard(&visit, &fields) {
        return again(&visit, &visit.chosen.look, error);
    }
    let look = match colours::read(&fields) {
        Ok(look) => look,
        Err(error) => return again(&visit, &visit.chosen.look, error),
    };
    let look = match fields.text("do").as_str() {
        "reset" => Look::default(),
        "mend" => Look {
            light: look.light.map(|palette| palette.mended()),
            dark: look.dark.map(|palette| palette.mended()),
            ..look
        },
        _ => look,
    };
    if visit.caller().is_none() {
        if let Err(error) = Error::from_faults(look.faults()) {
            return again(&visit, &look, error);
        }
        let chosen = Preferences {
            look,
            ..visit.chosen
        };
        return super::saved_in_cookie(&visit, "appearance", &chosen);
    }
    match keep(&pages, &visit, &fields, look).await {
        Ok(()) => super::saved("appearance"),
        Err(error) => again(&visit, &look, error),
    }
}

async fn keep(pages: &Pages, visit: &Visit, fields: &Fields, look: Look) -> Result<(), Error> {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let cx = &pages.app.cx;
    cx.write(async |tx| preference::set_look(tx, caller, look).await)
        .await
}

fn again(visit: &Visit, look: &Look, error: Error) -> Answer {
    let (status, faults): (StatusCode, Faults) = present::faults(error)?;
    answer::page_with(status, &page(visit, look, faults))
}

/// The page about `look`.
pub(crate) fn page(visit: &Visit, look: &Look, faults: Faults) -> SettingsAppearance {
    let mut shell = visit.shell("Appearance", Section::None);
    shell
        .scripts
        .push(crate::assets::script("theme").to_owned());
    SettingsAppearance {
        shell,
        tabs: super::tabs(visit, "appearance"),
        schemes: colours::schemes(look),
        sizes: colours::sizes(look),
        sides: vec![colours::light(look, &faults), colours::dark(look, &faults)],
        saved: false,
        faults,
    }
}
