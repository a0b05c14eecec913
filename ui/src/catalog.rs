//! `GET /b/{board}/catalog`: the board's threads as tiles, in an order one chooses.

use axum::extract::State;
use domain::Noun;
use domain::board::{self, Sort};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::pages::Pages;
use crate::view::{Catalog, Section, Tab};
use crate::visit::Visit;
use crate::{name, present};

/// Threads of a page.
const THREADS: i64 = 60;

const SORTS: [(Sort, &str, &str); 4] = [
    (Sort::Bump, "bump", "Last reply"),
    (Sort::New, "new", "Newest"),
    (Sort::Replies, "replies", "Most replies"),
    (Sort::Votes, "votes", "Most liked"),
];

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    if let Some(answer) = name::elsewhere(&text, &handle, |acct| format!("/b/{acct}/catalog")) {
        return answer;
    }
    let wanted = asked.sort.as_deref().unwrap_or_default();
    let (sort, word, _) = SORTS
        .into_iter()
        .find(|(_, word, _)| *word == wanted)
        .unwrap_or(SORTS[0]);
    let mut conn = pages.app.cx.read().await?;
    let viewer = visit.viewer();
    let board = board::find(&mut conn, &handle, &viewer).await?;
    let threads = board::catalog(&mut conn, &board, sort, &viewer, asked.page(THREADS)).await?;
    let base = format!("{}/catalog?sort=", board.path());
    let tab = |(one, word, text): (Sort, &str, &'static str)| Tab {
        href: format!("{base}{word}"),
        text,
        current: one == sort,
    };
    answer::page(&Catalog {
        shell: visit.shell(format!("Catalog of /{}/", board.acct()), Section::Boards),
        head: present::board_head(&board, &visit, "/catalog"),
        sorts: SORTS.map(tab).into(),
        cards: threads
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, thread)| present::card(thread, present::loading(index)))
            .collect(),
        pager: present::pager(&threads, &format!("{base}{word}&"), "Back", "More threads"),
    })
}
