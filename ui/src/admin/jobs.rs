//! `/admin/jobs`: the work that waits or was given up, queue by queue.

use axum::extract::State;
use domain::job::{self, Job, Queue};
use domain::{Id, Timestamp};
use web::{Path, Query};

use super::form::{self, Again};
use super::{Wanted, head, reader, which, writer};
use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{AdminList, AdminRow, AdminThing, Ask, Fact, Form, Link, Section, Which};
use crate::visit::Visit;

const PATH: &str = "/admin/jobs";

pub(crate) async fn list(
    State(pages): State<Pages>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    let now = pages.app.cx.now();
    let mut conn = pages.app.cx.read().await?;
    let queues = job::queues(&mut conn).await?;
    let (found, lead, empty) = if wanted.show.is_empty() {
        let found = job::given_up(&mut conn, wanted.page()).await?;
        let lead =
            "Jobs that failed for good, newest first. Nobody tries them again unless you say so.";
        (found, lead.to_owned(), "No job was given up.".to_owned())
    } else {
        let found = job::waiting(&mut conn, &wanted.show, wanted.page()).await?;
        let empty = format!("Nothing waits in \u{201c}{}\u{201d}.", wanted.show);
        (found, length(&queues, &wanted.show, now), empty)
    };
    answer::page(&AdminList {
        shell: visit.shell("Jobs", Section::None),
        head: head("Jobs", PATH),
        path: PATH,
        form: None,
        filters: filters(&queues, &wanted.show),
        search: None,
        lead,
        pager: present::pager(&found, &wanted.base(PATH), "Back", "More jobs"),
        rows: found.items.iter().map(|job| row(job, now)).collect(),
        empty,
    })
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    render(&pages, &visit, id, wanted.saved.is_some(), Again::default()).await
}

/// `POST /admin/jobs/{id}/retry`
pub(crate) async fn retry(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let cx = &pages.app.cx;
    match cx.write(async |tx| job::retry(tx, caller, id).await).await {
        Ok(job) => answer::see(&format!("{PATH}?show={}", crate::visit::escape(&job.queue))),
        Err(error) => {
            let again = Again::new("retry", fields, error)?;
            render(&pages, &visit, id, false, again).await
        }
    }
}

/// `POST /admin/jobs/{id}/drop`
pub(crate) async fn discard(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let reason = fields.text("reason");
    let cx = &pages.app.cx;
    let done = cx
        .write(async |tx| job::discard(tx, caller, id, &reason).await)
        .await;
    match done {
        Ok(()) => answer::see(PATH),
        Err(error) => {
            let again = Again::new("drop", fields, error)?;
            render(&pages, &visit, id, false, again).await
        }
    }
}

async fn render(pages: &Pages, visit: &Visit, id: Id, saved: bool, again: Again) -> Answer {
    let job = job::find(&mut *pages.app.cx.read().await?, id).await?;
    let now = pages.app.cx.now();
    let mut texts = Vec::new();
    if let Some(error) = job.error.clone() {
        texts.push(("Last error", error));
    }
    texts.push(("What it is to do", job.payload.clone()));
    let page = AdminThing {
        shell: visit.shell("Job", Section::None),
        head: head("Jobs", PATH),
        back: Link {
            href: PATH.to_owned(),
            text: "Jobs that were given up".to_owned(),
        },
        heading: title(&job),
        saved,
        facts: facts(&job, now),
        texts,
        ways: Vec::new(),
        forms: forms(visit, &job, now)
            .into_iter()
            .map(|form| again.fill(form))
            .collect(),
    };
    answer::page_with(again.status, &page)
}

fn forms(visit: &Visit, job: &Job, now: Timestamp) -> Vec<Form> {
    if job.is_running(now) {
        return Vec::new();
    }
    let address = format!("{PATH}/{}", job.id);
    let retry = form::plain(
        visit,
        "retry",
        format!("{address}/retry"),
        "Run it again",
        "Run now",
        Vec::new(),
    );
    let discard = form::plain(
        visit,
        "drop",
        format!("{address}/drop"),
        "Throw it away",
        "Throw away",
        vec![Ask::reason("Other admins read it in the audit log.")],
    );
    let lead = "What it was to do is never done. This cannot be undone.";
    vec![retry, form::risky(discard, lead)]
}

fn facts(job: &Job, now: Timestamp) -> Vec<Fact> {
    let fact = |name: &'static str, value: String| Fact { name, value };
    let mut facts = vec![
        fact("State", state(job, now).to_owned()),
        fact(
            "Tried",
            present::count(i64::from(job.attempts), "time", "times"),
        ),
        fact("Made", present::when(job.created_at).words),
    ];
    if !job.is_given_up() {
        facts.push(fact("Not before", present::when(job.run_at).words));
    }
    if let Some(lane) = &job.lane {
        facts.push(fact("In order with", lane.clone()));
    }
    facts
}

fn row(job: &Job, now: Timestamp) -> AdminRow {
    AdminRow {
        what: Link {
            href: format!("{PATH}/{}", job.id),
            text: title(job),
        },
        marks: vec![state(job, now).to_owned()],
        facts: vec![format!(
            "Tried {}",
            present::count(i64::from(job.attempts), "time", "times")
        )],
        when: Some(present::when(if job.is_given_up() {
            job.created_at
        } else {
            job.run_at
        })),
        note: job.error.clone(),
    }
}

fn title(job: &Job) -> String {
    format!("{} {}", job.queue, job.id)
}

fn state(job: &Job, now: Timestamp) -> &'static str {
    if job.is_given_up() {
        "Given up"
    } else if job.is_running(now) {
        "Running"
    } else {
        "Waiting"
    }
}

fn length(queues: &[Queue], name: &str, now: Timestamp) -> String {
    let Some(queue) = queues.iter().find(|queue| queue.name == name) else {
        return "This queue is empty.".to_owned();
    };
    let waiting = present::count(queue.waiting, "job waits", "jobs wait");
    match job::lag(queue, now) {
        0 => format!("{waiting}; none is late."),
        lag => format!("{waiting}; the first is {} late.", present::span(lag)),
    }
}

fn filters(queues: &[Queue], show: &str) -> Vec<Which> {
    let given_up: i64 = queues.iter().map(|queue| queue.given_up).sum();
    let first = which(PATH, format!("Given up ({given_up})"), show.is_empty());
    let others = queues.iter().map(|queue| {
        let href = format!("{PATH}?show={}", crate::visit::escape(&queue.name));
        let text = format!("{} ({})", queue.name, queue.waiting);
        which(&href, text, show == queue.name)
    });
    std::iter::once(first).chain(others).collect()
}
