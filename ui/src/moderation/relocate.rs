//! `/p/{id}/move`: a moderator of two boards moves a thread from one to the other.

use axum::extract::State;
use domain::board::{self, Board};
use domain::post::{self, Post};
use domain::{Denial, Error, Handle, Id, Noun, thread};
use http::StatusCode;
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::history;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Faults, MoveForm, Offer, Section};
use crate::visit::Visit;

pub(crate) async fn ask(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    let found = post::find_any(&mut conn, id, &visit.viewer()).await?;
    let boards = board::moderated(&mut conn, caller).await?;
    if !boards.iter().any(|board| board.id == found.board.id) {
        return Err(Error::from(Denial::NotModerator).into());
    }
    let (fields, none) = (Fields::default(), Faults::default());
    render(&visit, &found, &boards, &fields, none, StatusCode::OK)
}

pub(crate) async fn carry(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    let found = post::find_any(&mut conn, id, &visit.viewer()).await?;
    let boards = board::moderated(&mut conn, caller).await?;
    drop(conn);
    let to = Handle::parse(&fields.text("board"), &visit.site);
    let to = to.ok_or(Error::Missing(Noun::Board));
    let carried = match (visit.browser.writer(&fields.text("csrf")), to) {
        (Ok(caller), Ok(to)) => {
            let write = pages
                .app
                .cx
                .write(async |tx| thread::relocate(tx, caller, id, &to).await);
            write.await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match carried {
        Ok(()) => {
            let mut conn = pages.app.cx.read().await?;
            let there = post::find_any(&mut conn, id, &visit.viewer()).await?;
            let path = present::thread_path(&there.board, there.thread_no, there.thread_id);
            answer::see(&path)
        }
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            render(&visit, &found, &boards, &fields, faults, status)
        }
    }
}

fn render(
    visit: &Visit,
    post: &Post,
    boards: &[Board],
    fields: &Fields,
    faults: Faults,
    status: StatusCode,
) -> Answer {
    let chosen = fields.text("board");
    let others = boards.iter().filter(|board| board.id != post.board.id);
    let page = MoveForm {
        shell: visit.shell("Move a thread", Section::Boards),
        action: format!("{}/move", post.path()),
        back: history::back(post),
        post: present::post(post, &Setting::bare(visit, Stage::Quiet)),
        boards: others
            .map(|board| Offer {
                value: board.name.clone(),
                text: format!("/{}/ {}", board.name, board.title),
                chosen: board.name == chosen,
            })
            .collect(),
        faults,
    };
    answer::page_with(status, &page)
}
