//! `/b/{board}/bans` and `/mod/bans`: who is banned, and the way to lift it.

use axum::extract::State;
use domain::ban::{self, Ban, Place};
use domain::board::{self, Board};
use domain::page::Slice;
use domain::{Noun, account};
use web::{Path, Problem, Query};

use super::ban_line;
use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::view::{Bans, Section};
use crate::visit::Visit;
use crate::{name, present};

/// Bans of a page.
const BANS: i64 = 50;

pub(crate) async fn of_board(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let board = find(&pages, &visit, &text).await?;
    let mut conn = pages.app.cx.read().await?;
    ban::may_impose(&mut conn, caller, Place::Board(board.id)).await?;
    let now = pages.app.cx.now();
    let bans = ban::of_board(&mut conn, board.id, now, asked.page(BANS)).await?;
    let path = format!("{}/bans", board.path());
    answer::page(&Bans {
        shell: visit.shell(format!("Bans from /{}/", board.acct()), Section::Boards),
        head: Some(present::board_head(&board, &visit, "/bans")),
        ..page(&visit, &bans, path)
    })
}

pub(crate) async fn of_node(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    ban::may_impose(&mut conn, caller, Place::Node).await?;
    let bans = ban::of_node(&mut conn, pages.app.cx.now(), asked.page(BANS)).await?;
    answer::page(&page(&visit, &bans, "/mod/bans".to_owned()))
}

pub(crate) async fn lift_on_board(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let board = find(&pages, &visit, &text).await?;
    lift(&pages, &visit, Place::Board(board.id), &fields).await?;
    answer::see(&format!("{}/bans", board.path()))
}

pub(crate) async fn lift_on_node(
    State(pages): State<Pages>,
    visit: Visit,
    fields: Fields,
) -> Answer {
    lift(&pages, &visit, Place::Node, &fields).await?;
    answer::see("/mod/bans")
}

async fn lift(pages: &Pages, visit: &Visit, place: Place, fields: &Fields) -> Result<(), Problem> {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let handle = name::read(&fields.text("name"), Noun::Account, visit)?;
    let account = account::find(&mut *pages.app.cx.read().await?, &handle).await?;
    let lifted = pages
        .app
        .cx
        .write(async |tx| ban::lift(tx, caller, place, account.id).await);
    Ok(lifted.await?)
}

async fn find(pages: &Pages, visit: &Visit, text: &str) -> Result<Board, Problem> {
    let handle = name::read(text, Noun::Board, visit)?;
    let mut conn = pages.app.cx.read().await?;
    Ok(board::find(&mut conn, &handle, &visit.viewer()).await?)
}

fn page(visit: &Visit, bans: &Slice<Ban>, path: String) -> Bans {
    Bans {
        shell: visit.shell("Bans from this server", Section::None),
        head: None,
        pager: present::pager(bans, &format!("{path}?"), "Newer", "Older"),
        action: path,
        bans: bans.items.iter().map(ban_line).collect(),
    }
}
