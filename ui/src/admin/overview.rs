//! `GET /admin`: what the node holds, and what wants to be looked at.

use axum::extract::State;
use db::Engine;
use domain::job::{self, Queue};
use domain::peer::{self, Census};
use domain::{Timestamp, account, storage};

use super::{head, reader};
use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::present;
use crate::view::{AdminOverview, Fact, Link, Section, Worry};
use crate::visit::Visit;

/// A queue that has been due for longer is worth a word; microseconds.
const LATE: i64 = 10 * 60 * 1_000_000;

pub(crate) async fn show(State(pages): State<Pages>, visit: Visit) -> Answer {
    reader(&visit)?;
    let now = pages.app.cx.now();
    let mut conn = pages.app.cx.read().await?;
    let counts = account::counts(&mut conn).await?;
    let queues = job::queues(&mut conn).await?;
    let census = peer::census(&mut conn).await?;
    let pictures = storage::totals(&mut conn).await?;
    let waiting: i64 = queues.iter().map(|queue| queue.waiting).sum();
    let given_up: i64 = queues.iter().map(|queue| queue.given_up).sum();
    answer::page(&AdminOverview {
        shell: visit.shell("Administration", Section::None),
        head: head("Administration", "/admin"),
        worries: worries(&queues, &census, now),
        groups: vec![
            (
                "Community",
                vec![
                    fact("Accounts", counts.accounts),
                    fact("Boards", counts.boards),
                    fact("Threads", counts.threads),
                    fact("Posts", counts.posts),
                ],
            ),
            (
                "Servers",
                vec![
                    fact("Known", counts.peers),
                    fact("Failing", census.failing),
                    fact("Dead", census.dead),
                    fact("Suspended", census.suspended),
                ],
            ),
            (
                "Work",
                vec![
                    fact("Jobs waiting", waiting),
                    fact("Jobs given up", given_up),
                ],
            ),
            (
                "Pictures",
                vec![
                    fact("Kept", pictures.count),
                    words("Originals", present::bytes(pictures.bytes)),
                ],
            ),
            (
                "Program",
                vec![
                    words("Version", format!("Stoa {}", pages.app.version)),
                    words("Address", visit.site.origin.clone()),
                    words("Database", engine(conn.engine())),
                ],
            ),
        ],
    })
}

fn worries(queues: &[Queue], census: &Census, now: Timestamp) -> Vec<Worry> {
    let mut worries = Vec::new();
    let mut add = |words: String, href: &str, text: &str| {
        let (href, text) = (href.to_owned(), text.to_owned());
        worries.push(Worry {
            words,
            way: Link { href, text },
        });
    };
    let given_up: i64 = queues.iter().map(|queue| queue.given_up).sum();
    if given_up > 0 {
        let words = present::count(given_up, "job was given up.", "jobs were given up.");
        add(words, "/admin/jobs", "See them");
    }
    for queue in queues.iter().filter(|queue| job::lag(queue, now) > LATE) {
        let late = present::span(job::lag(queue, now));
        let words = format!("The queue \u{201c}{}\u{201d} is {late} late.", queue.name);
        add(words, &format!("/admin/jobs?show={}", queue.name), "See it");
    }
    if census.failing > 0 {
        let words = present::count(
            census.failing,
            "server does not answer at the moment.",
            "servers do not answer at the moment.",
        );
        add(words, "/admin/federation?show=failing", "See them");
    }
    worries
}

fn engine(engine: Engine) -> String {
    match engine {
        Engine::Postgres => "PostgreSQL",
        Engine::Sqlite => "SQLite",
    }
    .to_owned()
}

fn fact(name: &'static str, value: i64) -> Fact {
    words(name, value.to_string())
}

fn words(name: &'static str, value: String) -> Fact {
    Fact { name, value }
}
