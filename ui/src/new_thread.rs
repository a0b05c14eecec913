//! `/b/{board}/new`: the form that opens a thread, and what happens when it is sent.

use axum::extract::{Request, State};
use axum::response::Response;
use domain::board::{self, Board};
use domain::{Denial, Error, Handle, Id, Noun, post, thread};
use http::StatusCode;
use web::{Path, Problem};

use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::submission::{Blank, Submission};
use crate::view::{Compose, Kind, NewThread, Section};
use crate::visit::Visit;
use crate::{name, present};

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    visit.browser.reader()?;
    let board = board::find(&mut *pages.app.cx.read().await?, &handle, &visit.viewer()).await?;
    if board.is_archived() {
        return Err(Error::from(Denial::Archived).into());
    }
    if !board.settings.posting.admits(board.moderates) {
        return Err(Error::from(Denial::ModeratorsPost).into());
    }
    let compose = blank(&board).form(&pages, &visit);
    render(&visit, &board, compose, StatusCode::OK)
}

pub(crate) async fn start(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    request: Request,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    let board = board::find(&mut *pages.app.cx.read().await?, &handle, &visit.viewer()).await?;
    let mut sent = Submission::read(request, &pages, &visit).await?;
    match open(&pages, &visit, &handle, &mut sent).await {
        Ok(id) => {
            let made = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
            let path = present::thread_path(&made.board, made.thread_no, made.thread_id);
            answer::see(&format!("{path}#{}", made.anchor()))
        }
        Err(error) => {
            let (status, faults) = sent.faults_of(error)?;
            let compose = blank(&board).again(&pages, &visit, &sent, faults).await?;
            render(&visit, &board, compose, status)
        }
    }
}

async fn open(
    pages: &Pages,
    visit: &Visit,
    board: &Handle,
    sent: &mut Submission,
) -> Result<Id, Error> {
    let caller = visit.browser.writer(&sent.fields.text("csrf"))?;
    sent.store(pages, caller).await?;
    let draft = thread::Draft {
        subject: sent.fields.given("subject"),
        body: sent.fields.text("body"),
        media: sent.media(),
        tags: tags(&sent.fields.text("tags")),
        content_warning: sent.fields.given("content_warning"),
        sensitive: sent.fields.checked("sensitive"),
        language: sent.fields.given("language"),
    };
    pages
        .app
        .cx
        .write(async |tx| thread::start(tx, caller, board, draft).await)
        .await
}

/// Words with spaces or commas between them.
fn tags(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_start_matches('#'));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn blank(board: &Board) -> Blank<'_> {
    Blank {
        kind: Kind::Thread,
        action: format!("{}/new", board.path()),
        board,
    }
}

fn render(
    visit: &Visit,
    board: &Board,
    compose: Compose,
    status: StatusCode,
) -> Result<Response, Problem> {
    let shell = visit.shell(format!("New thread on /{}/", board.acct()), Section::Boards);
    let mut head = present::board_head(board, visit, "");
    head.start = None;
    answer::page_with(
        status,
        &NewThread {
            shell,
            head,
            compose,
        },
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_words() {
        assert_eq!(
            super::tags(" #film, night  Köln,,"),
            ["film", "night", "Köln"]
        );
        assert!(super::tags(" , ").is_empty());
    }
}
