//! `/admin/site`: what the node says about itself and whom it lets in, with where each value comes from.

use std::fmt::Write;

use axum::extract::State;
use domain::site::{self, Field, Makers, Patch, Settings};
use domain::{Registration, Site};
use web::Query;

use super::form::{self, Again};
use super::{Wanted, head, reader, writer};
use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::view::{AdminThing, Ask, Entry, Form, Link, Section};
use crate::visit::Visit;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    render(&pages, &visit, wanted.saved.is_some(), Again::default()).await
}

pub(crate) async fn save(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let cx = &pages.app.cx;
    let saved = match writer(&visit, &fields.text("csrf")) {
        Ok(caller) => {
            let patch = patch(&fields);
            cx.write(async |tx| site::change(tx, caller, patch).await)
                .await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => answer::see("/admin/site?saved=1"),
        Err(error) => {
            let again = Again::new("site", fields, error)?;
            render(&pages, &visit, false, again).await
        }
    }
}

async fn render(pages: &Pages, visit: &Visit, saved: bool, again: Again) -> Answer {
    let settings = site::settings(&mut *pages.app.cx.read().await?, &visit.site).await?;
    let page = AdminThing {
        shell: visit.shell("Site", Section::None),
        head: head("Site", "/admin/site"),
        back: Link {
            href: "/about".to_owned(),
            text: "See the page about this site".to_owned(),
        },
        heading: "What this site says about itself".to_owned(),
        saved,
        facts: Vec::new(),
        texts: Vec::new(),
        ways: Vec::new(),
        forms: vec![again.fill(form_of(visit, &settings))],
    };
    answer::page_with(again.status, &page)
}

fn form_of(visit: &Visit, settings: &Settings) -> Form {
    let site = &visit.site;
    let mut asks = vec![
        Ask::new("name", "Name", Entry::Line("off"))
            .value(&settings.name)
            .required()
            .hint(source(site, settings, Field::Name)),
        Ask::new("description", "Description", Entry::Text(3))
            .value(&settings.description)
            .hint(source(site, settings, Field::Description)),
        Ask::new("rules", "Rules, one a line", Entry::Text(6))
            .value(settings.rules.join("\n"))
            .hint(source(site, settings, Field::Rules)),
        Ask::new("about", "About this site", Entry::Text(8))
            .value(&settings.about)
            .hint("Markdown; shown on the page about this site."),
        Ask::new("privacy", "Privacy", Entry::Text(8))
            .value(&settings.privacy)
            .hint("Markdown; what you keep about people, and for how long."),
        Ask::new("contact", "Contact", Entry::Line("off"))
            .value(&settings.contact)
            .hint("An address, a link or a handle; everybody can read it."),
        Ask::new("registration", "Sign-up", Entry::Choice(modes()))
            .value(settings.registration.name())
            .hint(source(site, settings, Field::Registration)),
        Ask::new("board_makers", "Who makes boards", Entry::Choice(makers()))
            .value(settings.makers.name()),
    ];
    for (name, field, words) in RESETS {
        if settings.saved.contains(&field) {
            asks.push(Ask::new(name, words, Entry::Check));
        }
    }
    let heading = "Texts and admission";
    let mut form = form::plain(
        visit,
        "site",
        "/admin/site".to_owned(),
        heading,
        "Save",
        asks,
    );
    form.lead = Some(
        "What is saved here wins over stoa.toml and the environment; where nothing is saved here, they say it."
            .to_owned(),
    );
    form
}

/// Boxes that take back what was saved here.
const RESETS: [(&str, Field, &str); 4] = [
    ("reset_name", Field::Name, "Forget the name saved here"),
    (
        "reset_description",
        Field::Description,
        "Forget the description saved here",
    ),
    ("reset_rules", Field::Rules, "Forget the rules saved here"),
    (
        "reset_registration",
        Field::Registration,
        "Forget what was saved here about sign-up",
    ),
];

/// Where the value of a field comes from, and what would hold otherwise.
fn source(site: &Site, settings: &Settings, field: Field) -> String {
    let Some(variable) = field.variable() else {
        return String::new();
    };
    let default = match field {
        Field::Name => site.defaults.name.clone(),
        Field::Description => site.defaults.description.clone(),
        Field::Rules => site.defaults.rules.join(" / "),
        _ => site.defaults.registration.name().to_owned(),
    };
    let mut words = if settings.saved.contains(&field) {
        format!("Saved here. Without that, {variable} (or stoa.toml) says")
    } else {
        format!("As {variable} (or stoa.toml) says")
    };
    let _ = match (default.is_empty(), settings.saved.contains(&field)) {
        (true, true) => write!(words, " nothing."),
        (false, true) => write!(words, ": {default}"),
        (_, false) => write!(words, "."),
    };
    words
}

fn modes() -> Vec<(&'static str, String)> {
    vec![
        (Registration::Open.name(), "Open: anybody may".to_owned()),
        (
            Registration::Closed.name(),
            "Closed: only the command line makes accounts".to_owned(),
        ),
    ]
}

fn makers() -> Vec<(&'static str, String)> {
    let words = |makers| match makers {
        Makers::Accounts => "Any account of this server",
        Makers::Moderators => "Its moderators and admins",
        Makers::Admins => "Its admins",
    };
    Makers::ALL
        .map(|makers| (makers.name(), words(makers).to_owned()))
        .into()
}

fn patch(fields: &Fields) -> Patch {
    let reset = |name: &str| fields.checked(name);
    let kept = |name: &str| Some(fields.text(name));
    let unless = |name: &str, reset: bool| Some(kept(name).filter(|_| !reset));
    let rules = fields.text("rules");
    let rules = rules.lines().filter(|rule| !rule.trim().is_empty());
    let rules = rules.map(str::to_owned).collect();
    Patch {
        name: unless("name", reset("reset_name")),
        description: unless("description", reset("reset_description")),
        rules: Some(Some(rules).filter(|_| !reset("reset_rules"))),
        about: Some(kept("about")),
        privacy: Some(kept("privacy")),
        contact: Some(kept("contact")),
        registration: Some(
            Registration::parse(&fields.text("registration"))
                .filter(|_| !reset("reset_registration")),
        ),
        makers: Some(Makers::parse(&fields.text("board_makers"))),
    }
}
