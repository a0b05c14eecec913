//! `/p/{id}/remove`: a moderator takes a post away and says why.

use axum::extract::State;
use domain::post::{self, Post};
use domain::{Caller, Denial, Error, Id, board};
use http::StatusCode;
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Faults, Remove, Section};
use crate::visit::Visit;
use crate::{delete, history};

pub(crate) async fn ask(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    let found = post::find(&mut conn, id, &visit.viewer()).await?;
    let board = board::by_id(&mut conn, found.board.id, &visit.viewer()).await?;
    if !caller.may_remove(board.moderates) {
        return Err(Error::from(Denial::NotModerator).into());
    }
    render(
        &visit,
        &found,
        &Fields::default(),
        Faults::default(),
        StatusCode::OK,
    )
}

pub(crate) async fn remove(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    let reason = fields.trimmed("reason");
    let with_media = fields.checked("with_media");
    let done = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => {
            pages
                .app
                .cx
                .write(async |tx| post::remove(tx, caller, id, &reason, with_media).await)
                .await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => answer::see(&delete::after(&pages, &visit, &found).await?),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            render(&visit, &found, &fields, faults, status)
        }
    }
}

fn render(
    visit: &Visit,
    post: &Post,
    fields: &Fields,
    faults: Faults,
    status: StatusCode,
) -> Answer {
    let page = Remove {
        shell: visit.shell("Remove post", Section::Boards),
        action: format!("{}/remove", post.path()),
        back: history::back(post),
        post: present::post(post, &Setting::bare(visit, Stage::Quiet)),
        moderator: true,
        reason: fields.text("reason"),
        may_withdraw: visit.caller().is_some_and(Caller::may_withdraw),
        with_media: fields.checked("with_media"),
        faults,
    };
    answer::page_with(status, &page)
}
