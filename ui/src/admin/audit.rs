//! `GET /admin/audit`: what admins did.

use axum::extract::State;
use domain::audit::{self, Act, Entry};
use web::Query;

use super::{Wanted, head, reader};
use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::present;
use crate::view::{AdminAudit, Link, LogLine, Section};
use crate::visit::Visit;

const PATH: &str = "/admin/audit";

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    let entries = audit::list(&mut *pages.app.cx.read().await?, wanted.page()).await?;
    answer::page(&AdminAudit {
        shell: visit.shell("Audit log", Section::None),
        head: head("Audit log", PATH),
        pager: present::pager(&entries, &wanted.base(PATH), "Newer", "Older"),
        lines: entries.items.iter().map(line).collect(),
    })
}

fn line(entry: &Entry) -> LogLine {
    LogLine {
        id: entry.id,
        when: present::when(entry.at),
        who: present::person(&entry.actor),
        act: words(Act::parse(&entry.act)),
        whom: None,
        after: None,
        place: None,
        until: None,
        what: Some(Link {
            href: place(entry),
            text: entry.subject.clone(),
        })
        .filter(|what| !what.text.is_empty()),
        reason: Some(entry.reason.clone()).filter(|reason| !reason.is_empty()),
    }
}

fn words(act: Option<Act>) -> &'static str {
    match act {
        Some(Act::SiteChanged) => "changed the site\u{2019}s",
        Some(Act::FirstAdmin) => "became the first admin,",
        Some(Act::RoleChanged) => "changed the role of",
        Some(Act::AccountSuspended) => "suspended",
        Some(Act::AccountRestored) => "restored",
        Some(Act::PeerSuspended) => "suspended the server",
        Some(Act::PeerOpened) => "opened the server",
        Some(Act::PeerRetried) => "tried at once the server",
        Some(Act::MediaPurged) => "purged the picture",
        Some(Act::JobRetried) => "ran again the job",
        Some(Act::JobDropped) => "threw away the job",
        None => "did something to",
    }
}

/// Where the subject is to be seen; empty where it is nowhere.
fn place(entry: &Entry) -> String {
    match Act::parse(&entry.act) {
        Some(Act::SiteChanged) => "/admin/site".to_owned(),
        Some(Act::PeerSuspended | Act::PeerOpened | Act::PeerRetried) => {
            format!("/admin/federation/{}", entry.subject)
        }
        Some(Act::FirstAdmin | Act::RoleChanged | Act::AccountSuspended | Act::AccountRestored) => {
            let name = entry.subject.split(' ').next().unwrap_or_default();
            format!("/admin/users/{}", name.trim_start_matches('@'))
        }
        _ => String::new(),
    }
}
