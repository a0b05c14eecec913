//! `/settings/sessions`: where one is signed in, and how to end it: one session, or all but this.

use axum::extract::State;
use domain::session::{self, Kind, Session};
use domain::{Error, Id, Noun};
use http::header;
use web::{Query, cookie};

use super::device;
use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Section, SessionLine, SettingsSessions};
use crate::visit::Visit;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let now = pages.app.cx.now();
    let open = session::list(&mut *pages.app.cx.read().await?, caller, now).await?;
    let here = current(&visit);
    let mut lines: Vec<SessionLine> = open.iter().map(|one| line(one, here)).collect();
    lines.sort_by_key(|line| !line.current);
    answer::page(&SettingsSessions {
        shell: visit.shell("Sessions", Section::None),
        tabs: super::tabs(&visit, "sessions"),
        lines,
        saved: asked.saved.is_some(),
    })
}

pub(crate) async fn end(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let here = current(&visit);
    if fields.text("end") == "others" {
        pages
            .app
            .cx
            .write(async |tx| session::close_others(tx, caller, here).await)
            .await?;
        return super::saved("sessions");
    }
    let id: Id = fields.number("end").ok_or(Error::Missing(Noun::Session))?;
    pages
        .app
        .cx
        .write(async |tx| session::close(tx, caller, id).await)
        .await?;
    if id != here {
        return super::saved("sessions");
    }
    let mut response = answer::see("/")?;
    response
        .headers_mut()
        .insert(header::SET_COOKIE, cookie::clear(&visit.site));
    Ok(response)
}

fn current(visit: &Visit) -> Id {
    visit
        .browser
        .session
        .as_ref()
        .map_or(0, |session| session.id)
}

fn line(session: &Session, here: Id) -> SessionLine {
    let scopes = session.scopes.iter().map(|scope| scope.name());
    SessionLine {
        id: session.id,
        name: device::words(&session.label),
        kind: match session.kind {
            Kind::Page => None,
            Kind::Token => Some(scopes.collect::<Vec<_>>().join(", ")),
        },
        since: present::when(session.created_at),
        used: present::when(session.used_at),
        current: session.id == here,
    }
}
