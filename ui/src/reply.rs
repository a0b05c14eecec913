//! `POST` to a thread: an answer to it.

use axum::extract::{Request, State};
use domain::{Error, Id, Noun, board, post, thread};
use web::Path;

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::pages::Pages;
use crate::submission::{Blank, Submission};
use crate::thread::Again;
use crate::view::Kind;
use crate::visit::Visit;
use crate::{name, place, present};

/// `POST /b/{board}/{no}`
pub(crate) async fn to_number(
    State(pages): State<Pages>,
    visit: Visit,
    Path((text, no)): Path<(String, i64)>,
    request: Request,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    let id = thread::by_no(&mut *pages.app.cx.read().await?, &handle, no).await?;
    answer_thread(&pages, &visit, id, request).await
}

/// `POST /p/{id}/thread`
pub(crate) async fn to_id(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    request: Request,
) -> Answer {
    answer_thread(&pages, &visit, id, request).await
}

async fn answer_thread(pages: &Pages, visit: &Visit, id: Id, request: Request) -> Answer {
    let viewer = visit.viewer();
    let mut sent = Submission::read(request, pages, visit).await?;
    let error = match submit(pages, visit, id, &mut sent).await {
        Ok(made) => {
            let mut conn = pages.app.cx.read().await?;
            let made = post::find(&mut conn, made, &viewer).await?;
            return answer::see(&place::of(&mut conn, &made).await?);
        }
        Err(error) => error,
    };
    let (status, faults) = sent.faults_of(error)?;
    let opening = post::find_any(&mut *pages.app.cx.read().await?, id, &viewer).await?;
    let board = board::by_id(&mut *pages.app.cx.read().await?, opening.board.id, &viewer).await?;
    let path = present::thread_path(&opening.board, opening.thread_no, opening.thread_id);
    let blank = Blank {
        kind: Kind::Reply,
        action: format!("{path}#reply"),
        board: &board,
    };
    let again = Again {
        compose: Some(blank.again(pages, visit, &sent, faults).await?),
        status,
    };
    crate::thread::render(pages, visit, id, &Asked::default(), again).await
}

async fn submit(
    pages: &Pages,
    visit: &Visit,
    thread: Id,
    sent: &mut Submission,
) -> Result<Id, Error> {
    let caller = visit.browser.writer(&sent.fields.text("csrf"))?;
    sent.store(pages, caller).await?;
    let draft = post::Draft {
        body: sent.fields.text("body"),
        media: sent.media(),
        reply_to: None,
        sage: sent.fields.checked("sage"),
        content_warning: sent.fields.given("content_warning"),
        sensitive: sent.fields.checked("sensitive"),
        language: sent.fields.given("language"),
    };
    pages
        .app
        .cx
        .write(async |tx| post::submit(tx, caller, thread, draft).await)
        .await
}
