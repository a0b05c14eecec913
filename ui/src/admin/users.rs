//! `/admin/users`: accounts here and elsewhere, and what an admin decides about one.

use axum::extract::State;
use domain::account::{self, Account, Entry, Filter, State as Standing};
use domain::{Noun, Role};
use web::{Path, Query};

use super::form::{self, Again};
use super::{Wanted, head, reader, which, writer};
use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::view::{
    AdminList, AdminRow, AdminThing, Ask, Entry as Kind, Fact, Finder, Form, Link, Section, Which,
};
use crate::visit::Visit;
use crate::{name, present};

const PATH: &str = "/admin/users";

pub(crate) async fn list(
    State(pages): State<Pages>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    let filter = match wanted.show.as_str() {
        "elsewhere" => Filter::Elsewhere {
            prefix: wanted.q.trim().trim_start_matches('@').to_ascii_lowercase(),
        },
        "admins" => Filter::Role(Role::Admin),
        "moderators" => Filter::Role(Role::Moderator),
        "suspended" => Filter::Suspended,
        _ => Filter::typed(&wanted.q, &visit.site),
    };
    let mut conn = pages.app.cx.read().await?;
    let found = account::directory(&mut conn, &filter, wanted.page()).await?;
    answer::page(&AdminList {
        shell: visit.shell("Accounts", Section::None),
        head: head("Accounts", PATH),
        path: PATH,
        form: None,
        filters: filters(&wanted.show),
        search: search(&wanted),
        lead: lead(&filter).to_owned(),
        pager: present::pager(&found, &wanted.base(PATH), "Back", "More accounts"),
        rows: found.items.iter().map(row).collect(),
        empty: "No such account is known here.".to_owned(),
    })
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    let found = find(&pages, &visit, &text).await?;
    render(
        &pages,
        &visit,
        found,
        wanted.saved.is_some(),
        Again::default(),
    )
    .await
}

/// `POST /admin/users/{name}/role`
pub(crate) async fn appoint(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let found = find(&pages, &visit, &text).await?;
    let role = Role::parse(&fields.text("role")).unwrap_or_default();
    let reason = fields.text("reason");
    let id = found.id;
    let cx = &pages.app.cx;
    let done = cx
        .write(async |tx| account::appoint(tx, caller, id, role, &reason).await)
        .await;
    match done {
        Ok(()) => answer::see(&format!("{}?saved=1", address(&found))),
        Err(error) => {
            let again = Again::new("role", fields, error)?;
            render(&pages, &visit, found, false, again).await
        }
    }
}

/// `POST /admin/users/{name}/state`: suspends the account, or lets it act again.
pub(crate) async fn decide(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let found = find(&pages, &visit, &text).await?;
    let id = found.id;
    let suspends = fields.text("state") == "suspended";
    let cx = &pages.app.cx;
    let done = match form::reason(&fields) {
        Ok(reason) if suspends => {
            cx.write(async |tx| account::suspend(tx, caller, id, &reason).await)
                .await
        }
        Ok(reason) => {
            cx.write(async |tx| account::reinstate(tx, caller, id, &reason).await)
                .await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => answer::see(&format!("{}?saved=1", address(&found))),
        Err(error) => {
            let again = Again::new("state", fields, error)?;
            render(&pages, &visit, found, false, again).await
        }
    }
}

async fn find(pages: &Pages, visit: &Visit, text: &str) -> Result<Account, web::Problem> {
    let handle = name::read(text, Noun::Account, visit)?;
    Ok(account::find(&mut *pages.app.cx.read().await?, &handle).await?)
}

async fn render(pages: &Pages, visit: &Visit, found: Account, saved: bool, again: Again) -> Answer {
    let entry = account::entry(&mut *pages.app.cx.read().await?, found).await?;
    let account = &entry.account;
    let forms = forms(visit, &entry);
    let page = AdminThing {
        shell: visit.shell(format!("@{}", account.acct()), Section::None),
        head: head("Accounts", PATH),
        back: Link {
            href: PATH.to_owned(),
            text: "All accounts".to_owned(),
        },
        heading: format!("@{}", account.acct()),
        saved,
        facts: facts(&entry),
        texts: Vec::new(),
        ways: vec![Link {
            href: account.path(),
            text: "Profile".to_owned(),
        }],
        forms: forms.into_iter().map(|form| again.fill(form)).collect(),
    };
    answer::page_with(again.status, &page)
}

fn forms(visit: &Visit, entry: &Entry) -> Vec<Form> {
    let mut forms = Vec::new();
    if let Some(role) = entry.role {
        let asks = vec![
            Ask::new("role", "Role", Kind::Choice(roles())).value(role.name()),
            Ask::reason("Other admins read it in the audit log."),
        ];
        let action = format!("{}/role", address(&entry.account));
        forms.push(form::plain(
            visit,
            "role",
            action,
            "Role",
            "Save role",
            asks,
        ));
    }
    let asks = |state: &str| {
        vec![
            Ask::new("state", "", Kind::Hidden).value(state),
            Ask::reason("Everybody can read it in the public log."),
        ]
    };
    let action = format!("{}/state", address(&entry.account));
    match entry.account.state {
        Standing::Active => {
            let (heading, button) = ("Suspend", "Suspend account");
            let form = form::plain(visit, "state", action, heading, button, asks("suspended"));
            let lead = "It is signed out everywhere, and nothing it writes is taken. It can be let in again.";
            forms.push(form::risky(form, lead));
        }
        Standing::Suspended => {
            let (heading, button) = ("Let it act again", "Lift the suspension");
            let form = form::plain(visit, "state", action, heading, button, asks("active"));
            forms.push(form);
        }
        Standing::Deleted | Standing::Withheld => {}
    }
    forms
}

fn facts(entry: &Entry) -> Vec<Fact> {
    let account = &entry.account;
    let fact = |name: &'static str, value: String| Fact { name, value };
    let mut facts = vec![
        fact("Display name", account.display_name().to_owned()),
        fact("State", state(account).to_owned()),
        fact("Posts", account.post_count.to_string()),
        fact("Made", present::when(account.created_at).words),
    ];
    if let Some(role) = entry.role {
        facts.push(fact("Role", role_words(role).to_owned()));
        facts.push(fact("Open sessions", entry.sessions.to_string()));
        let seen = entry.seen_at.map(|at| present::when(at).words);
        facts.push(fact(
            "Last seen",
            seen.unwrap_or_else(|| "\u{2013}".to_owned()),
        ));
        facts.push(fact(
            "E-mail",
            entry.email.clone().unwrap_or_else(|| "\u{2013}".to_owned()),
        ));
    }
    facts
}

fn row(entry: &Entry) -> AdminRow {
    let account = &entry.account;
    let mut marks = Vec::new();
    if let Some(role) = entry.role.filter(|role| *role > Role::Member) {
        marks.push(role_words(role).to_owned());
    }
    if account.state != Standing::Active {
        marks.push(state(account).to_owned());
    }
    let mut facts = vec![present::count(account.post_count, "post", "posts")];
    if entry.role.is_some() {
        facts.push(present::count(entry.sessions, "session", "sessions"));
    }
    AdminRow {
        what: Link {
            href: address(account),
            text: format!("@{}", account.acct()),
        },
        marks,
        facts,
        when: entry.seen_at.map(present::when),
        note: None,
    }
}

fn address(account: &Account) -> String {
    format!("{PATH}/{}", account.acct())
}

fn state(account: &Account) -> &'static str {
    match account.state {
        Standing::Active => "Active",
        Standing::Suspended => "Suspended",
        Standing::Deleted => "Deleted",
        Standing::Withheld => "Its server is suspended",
    }
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Member => "Member",
        Role::Moderator => "Moderator",
        Role::Admin => "Admin",
    }
}

fn roles() -> Vec<(&'static str, String)> {
    let words = [
        (Role::Member, "Member: reads and posts"),
        (Role::Moderator, "Moderator: of every board of this server"),
        (Role::Admin, "Admin: runs this server"),
    ];
    words
        .map(|(role, words)| (role.name(), words.to_owned()))
        .into()
}

fn filters(show: &str) -> Vec<Which> {
    [
        ("", "/admin/users", "Here"),
        ("elsewhere", "/admin/users?show=elsewhere", "Elsewhere"),
        ("admins", "/admin/users?show=admins", "Admins"),
        ("moderators", "/admin/users?show=moderators", "Moderators"),
        ("suspended", "/admin/users?show=suspended", "Suspended"),
    ]
    .map(|(key, href, text)| which(href, text, key == show))
    .into()
}

fn search(wanted: &Wanted) -> Option<Finder> {
    let (label, hint, show) = match wanted.show.as_str() {
        "" => (
            "Find an account",
            "The beginning of its name; with @ and a server, one of that server.",
            "",
        ),
        "elsewhere" => (
            "Find a server\u{2019}s accounts",
            "The beginning of its name.",
            "elsewhere",
        ),
        _ => return None,
    };
    let value = wanted.q.clone();
    Some(Finder {
        label,
        hint,
        value,
        show,
    })
}

fn lead(filter: &Filter) -> &'static str {
    match filter {
        Filter::At { .. } => "By name.",
        Filter::Elsewhere { .. } => {
            "Accounts of other servers that are known here, by server and name."
        }
        Filter::Suspended => "Accounts that may not act here, wherever they live.",
        Filter::Role(_) => "Who has it for longest first.",
    }
}
