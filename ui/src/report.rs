//! `/p/{id}/report`: somebody says what is wrong with a post.

pub(crate) mod account;

use axum::extract::State;
use domain::Id;
use domain::post::{self, Post};
use domain::report::{self, Draft, Target};
use http::StatusCode;
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Faults, Link, ReportForm, Reported, Section};
use crate::visit::Visit;
use crate::{history, reasons};

pub(crate) async fn ask(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    visit.browser.reader()?;
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    let page = ReportForm {
        forward: true,
        ..of_post(&visit, &found, &Fields::default())
    };
    answer::page(&page)
}

pub(crate) async fn send(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    let sent = file(&pages, &visit, Target::Post(id), &fields).await;
    let page = of_post(&visit, &found, &fields);
    match sent {
        Ok(_) => answer::see(&format!("{}/report/sent", found.path())),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            answer::page_with(status, &ReportForm { faults, ..page })
        }
    }
}

/// Said after a report was sent.
pub(crate) async fn sent(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let found = post::find_any(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    let page = ReportForm {
        done: true,
        ..of_post(&visit, &found, &Fields::default())
    };
    answer::page_with(StatusCode::OK, &page)
}

/// Files the report that the form says.
async fn file(
    pages: &Pages,
    visit: &Visit,
    target: Target,
    fields: &Fields,
) -> Result<Id, domain::Error> {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let draft = Draft {
        target,
        reason: reasons::read(fields),
        forward: fields.checked("forward"),
    };
    let cx = &pages.app.cx;
    cx.write(async |tx| report::submit(tx, caller, draft).await)
        .await
}

fn of_post(visit: &Visit, post: &Post, fields: &Fields) -> ReportForm {
    let shown = present::post(post, &Setting::bare(visit, Stage::Quiet));
    let shown = Reported::Post(Box::new(shown));
    ReportForm {
        origins: origins(&[&post.author.host, &post.board.host]),
        ..form(visit, &post.path(), history::back(post), shown, fields)
    }
}

/// The form about what is shown at `path`.
fn form(visit: &Visit, path: &str, back: Link, what: Reported, fields: &Fields) -> ReportForm {
    ReportForm {
        shell: visit.shell("Report", Section::Boards),
        action: format!("{path}/report"),
        back,
        what,
        reasons: reasons::choices(fields),
        more: fields.text("reason"),
        origins: None,
        forward: fields.checked("forward"),
        done: false,
        faults: Faults::default(),
    }
}

/// The names of other servers, as a sentence has them.
pub(crate) fn origins(hosts: &[&str]) -> Option<String> {
    let mut hosts: Vec<&str> = hosts
        .iter()
        .copied()
        .filter(|host| !host.is_empty())
        .collect();
    hosts.dedup();
    (!hosts.is_empty()).then(|| hosts.join(" and "))
}
