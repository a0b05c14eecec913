//! `/dev/components`, in debug builds only: every component in every state, for whoever changes one, and for the tests
//! of the browser, which visit each page of it.
//!
//! What is shown is made up here and leads nowhere; a new state of a component gets its line beside its siblings.

mod boards;
mod failures;
mod forms;
mod lists;
mod parts;
mod pictures;
mod posts;
mod settings;
mod words;

use askama::Template;
use axum::Router;
use axum::routing::get;
use serde::Deserialize;
use web::{Path, Problem, Query};

use crate::answer::{self, Answer};
use crate::assets;
use crate::pages::Pages;
use crate::view::{Components, Image, Link, Person, Sample, Section, Shell, SignedIn, When};
use crate::visit::Visit;

/// The name of a page, and what it shows.
type Group = (&'static str, fn() -> Vec<Sample>);

/// Pages of components: forms have their own, because their fields have ids.
const GROUPS: [Group; 13] = [
    ("posts", posts::samples),
    ("pictures", pictures::samples),
    ("votes", posts::votes),
    ("lists", lists::samples),
    ("boards", boards::samples),
    ("words", words::samples),
    ("people", parts::people),
    ("shots", parts::shots),
    ("prefs", parts::prefs),
    ("fields", parts::fields),
    ("new-thread", forms::thread),
    ("reply", forms::reply),
    ("refused", forms::refused),
];

/// The name of a whole page in a state that is hard to bring about, and the page.
type Whole = (&'static str, fn(&Visit) -> Answer);

const PAGES: [Whole; 8] = [
    ("settings-profile", settings::profile),
    ("settings-account", settings::account),
    ("settings-sessions", settings::sessions),
    ("settings-appearance", settings::appearance),
    ("settings-content", settings::content),
    ("error-451", failures::withheld),
    ("error-500", failures::broken),
    ("error-503", failures::overloaded),
];

/// The routes.
pub(crate) fn routes() -> Router<Pages> {
    Router::new()
        .route("/dev/components", get(index))
        .route("/dev/components/feed", get(feed))
        .route("/dev/components/{group}", get(show))
}

async fn index(visit: Visit) -> Answer {
    let groups = GROUPS.map(|(name, _)| name).into_iter();
    let pages = PAGES.map(|(name, _)| name).into_iter();
    let names = groups.chain(pages).chain(["feed"]);
    let links = names.map(|name| Link {
        href: format!("/dev/components/{name}"),
        text: name.to_owned(),
    });
    answer::page(&Components {
        shell: visit.shell("Components", Section::None),
        heading: "Components".to_owned(),
        links: links.collect(),
        samples: Vec::new(),
    })
}

async fn show(visit: Visit, Path(group): Path<String>) -> Answer {
    if let Some((_, page)) = PAGES.iter().find(|(name, _)| *name == group) {
        return page(&visit);
    }
    let found = GROUPS.iter().find(|(name, _)| *name == group);
    let (name, samples) = found.ok_or_else(Problem::unknown_route)?;
    let mut shell = visit.shell(format!("Components: {name}"), Section::None);
    for name in ["vote", "quote"] {
        shell.scripts.push(assets::script(name).to_owned());
    }
    answer::page(&Components {
        shell,
        heading: format!("Components: {name}"),
        links: Vec::new(),
        samples: samples(),
    })
}

/// Which page of the made-up list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Part {
    after: u32,
}

/// A list of several pages.
async fn feed(visit: Visit, Query(part): Query<Part>) -> Answer {
    answer::page(&Components {
        shell: visit.shell("Components: feed", Section::None),
        heading: "Components: feed".to_owned(),
        links: Vec::new(),
        samples: vec![lists::page(part.after)],
    })
}

/// A component in one state.
fn sample(state: &'static str, component: &impl Template) -> Sample {
    Sample {
        state,
        html: component.render().unwrap_or_default(),
    }
}

/// The frame as somebody sees it who is signed in and has `unread` threads to read.
fn signed_in(visit: &Visit, title: &str, unread: &str) -> Shell {
    Shell {
        person: Some(SignedIn {
            name: "ann".to_owned(),
            href: "/u/ann".to_owned(),
            admin: true,
        }),
        unread: Some(unread.to_owned()),
        moderates: true,
        ..visit.shell(title, Section::None)
    }
}

fn person() -> Person {
    Person {
        href: "/u/ann".to_owned(),
        name: "Ann".to_owned(),
        host: None,
        bot: false,
    }
}

fn when() -> When {
    When {
        machine: "2026-11-20T10:05:09Z".to_owned(),
        words: "20 Nov 2026, 10:05".to_owned(),
    }
}

fn image() -> Image {
    Image {
        src: assets::still().to_owned(),
        sharper: None,
        sizes: None,
        still: None,
        moves: false,
        width: 320,
        height: 240,
        alt: "A pier at night, the lamps doubled by the wet planks".to_owned(),
        colour: "c2n".to_owned(),
        ratio: "r13",
        early: false,
    }
}
