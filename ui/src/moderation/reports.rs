//! `/mod/reports` and `/mod/reports/{id}`: what was reported, where it stands, and what is done about it.

use axum::extract::State;
use domain::ban::{self, Place};
use domain::report::{self, Decision, Report, State as Stand};
use domain::{Caller, Id, Role, Tx, post};
use http::StatusCode;
use web::{Path, Query};

use super::ban_line;
use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Faults, Link, ReportCard, ReportPage, Reports, Section, Tab};
use crate::visit::Visit;
use crate::{reasons, report as form};

/// Reports of a page.
const REPORTS: i64 = 30;

pub(crate) async fn list(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let state = match asked.show.as_deref() {
        Some("resolved") => Stand::Resolved,
        Some("dismissed") => Stand::Dismissed,
        _ => Stand::Open,
    };
    let mut conn = pages.app.cx.read().await?;
    let reports = report::list(&mut conn, caller, state, asked.page(REPORTS)).await?;
    let tab = |of: Stand, text: &'static str| Tab {
        href: format!("/mod/reports?show={}", of.name()),
        text,
        current: of == state,
    };
    answer::page(&Reports {
        shell: visit.shell("Reports", Section::None),
        tabs: vec![
            tab(Stand::Open, "Open"),
            tab(Stand::Resolved, "Resolved"),
            tab(Stand::Dismissed, "Dismissed"),
        ],
        pager: present::pager(
            &reports,
            &format!("/mod/reports?show={}&", state.name()),
            "Newer reports",
            "Older reports",
        ),
        reports: reports.items.iter().map(card).collect(),
        open: state == Stand::Open,
    })
}

pub(crate) async fn show(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let (none, faults) = (Fields::default(), Faults::default());
    render(&pages, &visit, id, &none, faults, StatusCode::OK).await
}

/// What is done about a report: `act` is `remove`, `resolved`, `dismissed`, `open` or `forward`.
pub(crate) async fn decide(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let act = fields.text("act");
    let decided = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => {
            let write = pages.app.cx.write(async |tx: &mut Tx| match act.as_str() {
                "remove" => remove(tx, caller, id, &fields).await,
                _ => report::decide(tx, caller, id, decision(&act, &fields)).await,
            });
            write.await
        }
        Err(error) => Err(error),
    };
    match decided {
        Ok(()) if act == "forward" => answer::see(&format!("/mod/reports/{id}")),
        Ok(()) => answer::see("/mod/reports"),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            render(&pages, &visit, id, &fields, faults, status).await
        }
    }
}

fn decision(act: &str, fields: &Fields) -> Decision {
    let state = match act {
        "resolved" => Some(Stand::Resolved),
        "dismissed" => Some(Stand::Dismissed),
        "open" => Some(Stand::Open),
        _ => None,
    };
    Decision {
        note: state.map(|_| fields.trimmed("note")),
        state,
        forward: act == "forward",
    }
}

/// The post goes and the report is resolved, both or neither.
async fn remove(tx: &mut Tx, caller: &Caller, id: Id, fields: &Fields) -> domain::Result<()> {
    let found = report::find(&mut tx.conn, caller, id).await?;
    let gone = domain::Error::Missing(domain::Noun::Post);
    let post = found.post.ok_or(gone)?.id;
    let reason = reasons::read(fields);
    post::remove(tx, caller, post, &reason, false).await?;
    let decision = Decision {
        state: Some(Stand::Resolved),
        note: None,
        forward: false,
    };
    report::decide(tx, caller, id, decision).await
}

async fn render(
    pages: &Pages,
    visit: &Visit,
    id: Id,
    sent: &Fields,
    faults: Faults,
    status: StatusCode,
) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    let report = report::find(&mut conn, caller, id).await?;
    let now = pages.app.cx.now();
    let bans = ban::of_account(&mut conn, report.account.id, now).await?;
    let may_ban = match &report.board {
        Some(board) => ban::may_impose(&mut conn, caller, Place::Board(board.id))
            .await
            .is_ok(),
        None => false,
    };
    drop(conn);
    let of_node = caller.role >= Role::Moderator;
    let live = report.post.as_ref().filter(|post| post.deleted.is_none());
    let post = report.post.as_ref();
    let setting = Setting::bare(visit, Stage::Quiet);
    let page = ReportPage {
        shell: visit.shell("Report", Section::None),
        card: card(&report),
        decided: match report.state {
            Stand::Open => None,
            Stand::Resolved => Some("Resolved"),
            Stand::Dismissed => Some("Dismissed"),
        },
        decided_by: report.decided_by.as_deref().map(present::person),
        decided_at: report.decided_at.map(present::when),
        note: match sent.checked("note") {
            true => sent.text("note"),
            false => report.note.clone(),
        },
        context: match post {
            Some(post) => Some(Link {
                href: format!("/p/{}/thread", post.id),
                text: "See it in its thread".to_owned(),
            }),
            None => (caller.role == Role::Admin).then(|| Link {
                href: format!("/admin/users/{}", report.account.acct()),
                text: "What can be done about it".to_owned(),
            }),
        },
        post: post.map(|post| present::post(post, &setting)),
        bans: bans.iter().map(ban_line).collect(),
        removable: (may_ban || caller.role == Role::Admin) && live.is_some(),
        ban: match post {
            Some(post) => (may_ban || of_node).then(|| format!("{}/ban", post.path())),
            None => of_node.then(|| format!("{}/ban", report.account.path())),
        },
        reasons: reasons::choices(sent),
        reason: sent.text("reason"),
        origins: form::origins(&report.origins()),
        forwarded: report.forwarded_at.map(present::when),
        faults,
    };
    answer::page_with(status, &page)
}

fn card(report: &Report) -> ReportCard {
    let post = report.post.as_ref();
    let number = post.map(|post| {
        post.no
            .map_or_else(|| "a post".to_owned(), |no| format!("No.{no}"))
    });
    ReportCard {
        id: report.id,
        href: format!("/mod/reports/{}", report.id),
        about: number.unwrap_or_else(|| "the account".to_owned()),
        author: present::person(&report.account),
        place: report.board.as_ref().map(|board| Link {
            href: board.path(),
            text: format!("/{}/", board.acct()),
        }),
        reporter: present::person(&report.reporter),
        when: present::when(report.at),
        reason: report.reason.clone(),
    }
}
