//! `GET /b/{board}/catalog`: the board's threads as tiles, in an order one chooses.

use axum::extract::State;
use domain::Noun;
use domain::board::{self, Sort};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::filters::{self, Of, Place};
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
    let filters = filters::read(&mut conn, &asked, &visit, Of::Board).await?;
    let (filter, page) = (&filters.filter, asked.page(THREADS));
    let threads = board::catalog_filtered(&mut conn, &board, sort, filter, &viewer, page).await?;
    let path = format!("{}/catalog", board.path());
    let sorted = [("sort", word)];
    let place = Place {
        path: &path,
        rest: &sorted,
        of: Of::Board,
    };
    let tab = |(one, word, text): (Sort, &str, &'static str)| Tab {
        href: filters.href(&Place {
            path: &path,
            rest: &[("sort", word)],
            of: Of::Board,
        }),
        text,
        current: one == sort,
    };
    let mut shell = visit.shell(format!("Catalog of /{}/", board.acct()), Section::Boards);
    present::preview::board(&mut shell, &board, &path, &visit);
    answer::page(&Catalog {
        shell,
        head: present::board_head(&board, &visit, "/catalog"),
        sorts: SORTS.map(tab).into(),
        prefs: filters.prefs(&mut conn, &place).await?,
        cards: threads
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, thread)| present::card(thread, &visit, present::loading(index)))
            .collect(),
        pager: present::pager(&threads, &filters.base(&place), "Back", "More threads"),
    })
}
