//! `/admin/federation`: the servers this node knows, whether they answer, and what waits for them.

use axum::extract::State;
use domain::peer::{self, Filter, Peer, Policy, State as Health};
use domain::{Error, Noun, Timestamp};
use web::{Path, Query};

use super::form::{self, Again};
use super::{Wanted, head, reader, which, writer};
use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{
    AdminList, AdminRow, AdminThing, Ask, Entry, Fact, Finder, Form, Link, Section, Which,
};
use crate::visit::Visit;

const PATH: &str = "/admin/federation";
/// What a suspension does.
const SUSPENSION: &str = "Nothing of it is taken, shown or served any more, and nothing is sent to it. It can be opened again.";

pub(crate) async fn list(
    State(pages): State<Pages>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    listed(&pages, &visit, &wanted, &Again::default()).await
}

/// `POST /admin/federation`: suspends a server by its name, also one that this node never met.
pub(crate) async fn suspend(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let host = fields.trimmed("host").to_ascii_lowercase();
    let cx = &pages.app.cx;
    let done = match form::reason(&fields) {
        Ok(reason) => {
            let policy = Policy::Suspended;
            cx.write(async |tx| peer::set_policy(tx, caller, &host, policy, &reason).await)
                .await
        }
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(()) => return answer::see(&format!("{}?saved=1", address(&host))),
        Err(Error::Missing(Noun::Peer)) => {
            let detail = "The name of a server alone, like far.example.";
            Error::invalid("host", "not_a_server", detail)
        }
        Err(error) => error,
    };
    let again = Again::new("suspend", fields, error)?;
    listed(&pages, &visit, &Wanted::default(), &again).await
}

/// The form for a server that no list shows.
fn by_name(visit: &Visit) -> Form {
    let form = form::plain(
        visit,
        "suspend",
        PATH.to_owned(),
        "Suspend a server by its name",
        "Suspend server",
        vec![
            Ask::new("host", "Name", Entry::Line("off"))
                .required()
                .hint("Like far.example; it need not be known here."),
            Ask::reason("Everybody can read it in the public log."),
        ],
    );
    form::risky(form, SUSPENSION)
}

async fn listed(pages: &Pages, visit: &Visit, wanted: &Wanted, again: &Again) -> Answer {
    let filter = match wanted.show.as_str() {
        "failing" => Filter::Failing,
        "dead" => Filter::Dead,
        "suspended" => Filter::Suspended,
        _ => Filter::All {
            prefix: wanted.q.trim().to_ascii_lowercase(),
        },
    };
    let now = pages.app.cx.now();
    let mut conn = pages.app.cx.read().await?;
    let found = peer::directory(&mut conn, &filter, wanted.page()).await?;
    let page = AdminList {
        shell: visit.shell("Servers", Section::None),
        head: head("Servers", PATH),
        path: PATH,
        filters: filters(&wanted.show),
        search: wanted.show.is_empty().then(|| Finder {
            label: "Find a server",
            hint: "The beginning of its name.",
            value: wanted.q.clone(),
            show: "",
        }),
        lead: "By name, with what waits for each.".to_owned(),
        pager: present::pager(&found, &wanted.base(PATH), "Back", "More servers"),
        rows: found.items.iter().map(|peer| row(peer, now)).collect(),
        form: Some(again.fill(by_name(visit))),
        empty: "No such server is known here.".to_owned(),
    };
    answer::page_with(again.status, &page)
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(host): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    render(
        &pages,
        &visit,
        &host,
        wanted.saved.is_some(),
        Again::default(),
    )
    .await
}

async fn render(pages: &Pages, visit: &Visit, host: &str, saved: bool, again: Again) -> Answer {
    let peer = peer::find(&mut *pages.app.cx.read().await?, host).await?;
    let peer = peer.ok_or(Error::Missing(Noun::Peer))?;
    let page = AdminThing {
        shell: visit.shell(&peer.host, Section::None),
        head: head("Servers", PATH),
        back: Link {
            href: PATH.to_owned(),
            text: "All servers".to_owned(),
        },
        heading: peer.host.clone(),
        saved,
        facts: facts(&peer, pages.app.cx.now()),
        texts: peer
            .error
            .clone()
            .map(|error| ("Last error", error))
            .into_iter()
            .collect(),
        ways: vec![Link {
            href: format!(
                "/admin/users?show=elsewhere&q={}",
                crate::visit::escape(&peer.host)
            ),
            text: "Its accounts".to_owned(),
        }],
        forms: forms(visit, &peer)
            .into_iter()
            .map(|form| again.fill(form))
            .collect(),
    };
    answer::page_with(again.status, &page)
}

/// `POST /admin/federation/{host}/policy`: suspends the server, or opens it again.
pub(crate) async fn decide(
    State(pages): State<Pages>,
    visit: Visit,
    Path(host): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let policy = match fields.text("policy").as_str() {
        "suspended" => Policy::Suspended,
        _ => Policy::Open,
    };
    let cx = &pages.app.cx;
    let done = match form::reason(&fields) {
        Ok(reason) => {
            cx.write(async |tx| peer::set_policy(tx, caller, &host, policy, &reason).await)
                .await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => answer::see(&format!("{}?saved=1", address(&host))),
        Err(error) => {
            let again = Again::new("policy", fields, error)?;
            render(&pages, &visit, &host, false, again).await
        }
    }
}

/// `POST /admin/federation/{host}/retry`
pub(crate) async fn retry(
    State(pages): State<Pages>,
    visit: Visit,
    Path(host): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let cx = &pages.app.cx;
    cx.write(async |tx| peer::retry(tx, caller, &host).await)
        .await?;
    answer::see(&format!("{}?saved=1", address(&host)))
}

fn forms(visit: &Visit, peer: &Peer) -> Vec<Form> {
    let mut forms = Vec::new();
    if peer.state != Health::Up && peer.policy == Policy::Open {
        let action = format!("{}/retry", address(&peer.host));
        let heading = "Try it now";
        forms.push(form::plain(
            visit,
            "retry",
            action,
            heading,
            "Try now",
            Vec::new(),
        ));
    }
    let action = format!("{}/policy", address(&peer.host));
    let asks = |policy: &str| {
        vec![
            Ask::new("policy", "", Entry::Hidden).value(policy),
            Ask::reason("Everybody can read it in the public log."),
        ]
    };
    if peer.policy == Policy::Open {
        let (heading, button) = ("Suspend", "Suspend server");
        let form = form::plain(visit, "policy", action, heading, button, asks("suspended"));
        forms.push(form::risky(form, SUSPENSION));
    } else {
        let (heading, button) = ("Open it again", "Open server");
        forms.push(form::plain(
            visit,
            "policy",
            action,
            heading,
            button,
            asks("open"),
        ));
    }
    forms
}

fn facts(peer: &Peer, now: Timestamp) -> Vec<Fact> {
    let fact = |name: &'static str, value: String| Fact { name, value };
    let mut facts = vec![
        fact("Software", software(peer)),
        fact("State", health(peer).to_owned()),
        fact("Policy", policy(peer).to_owned()),
        fact("Waiting deliveries", peer.queued.to_string()),
    ];
    if let Some(since) = peer.queued_since {
        facts.push(fact("Lag", present::span(now.since(since))));
    }
    if let Some(at) = peer.last_ok_at {
        facts.push(fact("Last heard from", present::when(at).words));
    }
    if peer.state != Health::Up {
        facts.push(fact("Failures in a row", peer.attempts.to_string()));
        facts.push(fact("Next try", present::when(peer.next_try_at).words));
    }
    facts
}

fn row(peer: &Peer, now: Timestamp) -> AdminRow {
    let mut marks = Vec::new();
    if peer.state != Health::Up {
        marks.push(health(peer).to_owned());
    }
    if peer.policy == Policy::Suspended {
        marks.push(policy(peer).to_owned());
    }
    let mut facts = vec![software(peer)];
    if peer.queued > 0 {
        facts.push(format!("{} waiting", peer.queued));
    }
    if let Some(since) = peer.queued_since {
        facts.push(format!("{} behind", present::span(now.since(since))));
    }
    AdminRow {
        what: Link {
            href: address(&peer.host),
            text: peer.host.clone(),
        },
        marks,
        facts,
        when: peer.last_ok_at.map(present::when),
        note: peer.error.clone(),
    }
}

fn address(host: &str) -> String {
    format!("{PATH}/{host}")
}

fn software(peer: &Peer) -> String {
    match (&peer.software, &peer.version) {
        (Some(software), Some(version)) => format!("{software} {version}"),
        (Some(software), None) => software.clone(),
        (None, _) => "Unknown software".to_owned(),
    }
}

fn health(peer: &Peer) -> &'static str {
    match peer.state {
        Health::Up => "Answers",
        Health::Failing => "Failing",
        Health::Dead => "Dead",
    }
}

fn policy(peer: &Peer) -> &'static str {
    match peer.policy {
        Policy::Open => "Open",
        Policy::Suspended => "Suspended",
    }
}

fn filters(show: &str) -> Vec<Which> {
    [
        ("", "/admin/federation", "All"),
        ("failing", "/admin/federation?show=failing", "Failing"),
        ("dead", "/admin/federation?show=dead", "Dead"),
        ("suspended", "/admin/federation?show=suspended", "Suspended"),
    ]
    .map(|(key, href, text)| which(href, text, key == show))
    .into()
}
