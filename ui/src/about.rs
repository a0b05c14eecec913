//! `GET /about`: who this is, what is asked of people, what is accepted, and what runs it.

use axum::extract::State;
use domain::{account, limits, site};

use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::present;
use crate::view::{About, Fact, Section};
use crate::visit::Visit;

pub(crate) async fn show(State(pages): State<Pages>, visit: Visit) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let counts = account::counts(&mut conn).await?;
    let settings = site::settings(&mut conn, &visit.site).await?;
    let fact = |name: &'static str, value: i64| Fact {
        name,
        value: value.to_string(),
    };
    answer::page(&About {
        shell: visit.shell("About", Section::About),
        description: settings.description,
        about: markup::render(&settings.about, &visit.site.origin).html,
        contact: Some(settings.contact).filter(|contact| !contact.is_empty()),
        rules: settings.rules,
        limits: facts(&pages, &visit),
        counts: vec![
            fact("Accounts", counts.accounts),
            fact("Boards", counts.boards),
            fact("Threads", counts.threads),
            fact("Posts", counts.posts),
            fact("Servers known", counts.peers),
        ],
        version: pages.app.version.to_owned(),
        host: visit.site.host.clone(),
    })
}

fn facts(pages: &Pages, visit: &Visit) -> Vec<Fact> {
    let media = pages.app.ingest.limits();
    let bytes = i64::try_from(media.bytes).unwrap_or(i64::MAX);
    vec![
        Fact {
            name: "Text",
            value: format!("{} characters", limits::BODY),
        },
        Fact {
            name: "Subject",
            value: format!("{} characters", limits::SUBJECT),
        },
        Fact {
            name: "Pictures of a post",
            value: visit.site.pictures.to_string(),
        },
        Fact {
            name: "A picture",
            value: format!(
                "{}, {} million pixels",
                present::bytes(bytes),
                media.pixels / 1_000_000
            ),
        },
        Fact {
            name: "An animation",
            value: format!("{} frames", media.frames),
        },
        Fact {
            name: "Kinds",
            value: "JPEG, PNG, GIF, WebP".to_owned(),
        },
        Fact {
            name: "Description",
            value: format!("{} characters", limits::ALT),
        },
    ]
}
