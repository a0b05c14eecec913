//! `GET /b/{board}`: the board's threads in bump order, each with its last replies, and the form for a new one.

use axum::extract::State;
use domain::Noun;
use domain::board::{self, Sort};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::filters::{self, Of, Place};
use crate::pages::Pages;
use crate::submission::Blank;
use crate::view::{self, Kind, Section};
use crate::visit::Visit;
use crate::{name, present};

/// Threads of a page.
const THREADS: i64 = 15;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    if let Some(answer) = name::elsewhere(&text, &handle, |acct| format!("/b/{acct}")) {
        return answer;
    }
    let mut conn = pages.app.cx.read().await?;
    let viewer = visit.viewer();
    let board = board::find(&mut conn, &handle, &viewer).await?;
    let filters = filters::read(&mut conn, &asked, &visit, Of::Board).await?;
    let (filter, page) = (&filters.filter, asked.page(THREADS));
    let threads =
        board::threads_filtered(&mut conn, &board, Sort::Bump, filter, &viewer, page).await?;
    let path = board.path();
    let place = Place {
        path: &path,
        rest: &[],
        of: Of::Board,
    };
    let prefs = filters.prefs(&mut conn, &place).await?;
    drop(conn);
    // The rules decide when somebody posts; this is who is offered to.
    let may_post = visit.caller().is_some() && board.settings.posting.admits(board.moderates);
    let blank = Blank {
        kind: Kind::Thread,
        action: format!("{}/new", board.path()),
        board: &board,
    };
    let mut shell = visit.shell(
        format!("/{}/ {}", board.acct(), board.title),
        Section::Boards,
    );
    shell.alternate = Some(board.uri.clone());
    present::preview::board(&mut shell, &board, &path, &visit);
    let compose = (may_post && asked.is_first()).then(|| blank.form(&pages, &visit));
    visit.scripts(&mut shell, &["vote", "quote"]);
    Visit::can_hide(&mut shell);
    answer::page(&view::Board {
        shell,
        head: present::board_head(&board, &visit, ""),
        compose,
        prefs,
        pager: present::pager(
            &threads,
            &filters.base(&place),
            "Newer threads",
            "Older threads",
        ),
        threads: threads
            .items
            .iter()
            .filter_map(|thread| {
                present::summary(thread, &visit, board.moderates, board.settings.dislikes)
            })
            .collect(),
        rules: lines(&board.rules),
    })
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
