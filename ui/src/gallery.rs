//! `GET /b/{board}/gallery` and `/b/{board}/{no}/gallery`: pictures without their words.

use axum::extract::State;
use db::Conn;
use domain::gallery::{self, Shown};
use domain::page::Page;
use domain::{Error, Noun, board, thread};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::inside::Inside;
use crate::pages::Pages;
use crate::view::{Gallery, Link, Pager, Section, Shot};
use crate::visit::Visit;
use crate::{name, present};

/// Pictures of a page.
const PICTURES: i64 = 60;

pub(crate) async fn of_board(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    if let Some(answer) = name::elsewhere(&text, &handle, |acct| format!("/b/{acct}/gallery")) {
        return answer;
    }
    let mut conn = pages.app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &visit.viewer()).await?;
    let inside = Inside::board(&board);
    let (shots, pager) = read(&mut conn, &inside, &visit, asked.page(PICTURES)).await?;
    let mut shell = visit.shell(format!("Pictures of /{}/", board.acct()), Section::Boards);
    let path = format!("{}/gallery", board.path());
    present::preview::board(&mut shell, &board, &path, &visit);
    answer::page(&Gallery {
        shell,
        head: present::board_head(&board, &visit, "/gallery"),
        heading: None,
        swipe: inside.swipe(),
        shots,
        pager,
    })
}

pub(crate) async fn of_thread(
    State(pages): State<Pages>,
    visit: Visit,
    Path((text, no)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    let elsewhere = |acct: &str| format!("/b/{acct}/{no}/gallery");
    if let Some(answer) = name::elsewhere(&text, &handle, elsewhere) {
        return answer;
    }
    let mut conn = pages.app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &visit.viewer()).await?;
    let id = thread::by_no(&mut conn, &handle, no).await?;
    thread::revision(&mut conn, id).await?;
    let inside = Inside::thread(&board, no, id);
    let (shots, pager) = read(&mut conn, &inside, &visit, asked.page(PICTURES)).await?;
    answer::page(&Gallery {
        shell: visit.shell(
            format!("Pictures of No.{no} \u{b7} /{}/", board.acct()),
            Section::Boards,
        ),
        head: present::board_head(&board, &visit, &format!("/{no}/gallery")),
        heading: Some(Link {
            href: inside.path.clone(),
            text: format!("Thread No.{no}"),
        }),
        swipe: inside.swipe(),
        shots,
        pager,
    })
}

async fn read(
    conn: &mut Conn,
    inside: &Inside,
    visit: &Visit,
    page: Page,
) -> Result<(Vec<Shot>, Pager), Error> {
    let list = gallery::pictures(conn, inside.place, &visit.viewer(), page).await?;
    let base = format!("{}/gallery?", inside.path);
    let pager = present::pager(&list, &base, "Back", "More pictures");
    Ok((shots(&list.items, inside, visit), pager))
}

fn shots(pictures: &[Shown], inside: &Inside, visit: &Visit) -> Vec<Shot> {
    let shots = pictures.iter().enumerate();
    shots
        .filter_map(|(index, shown)| present::shot(shown, inside, visit, present::loading(index)))
        .collect()
}
