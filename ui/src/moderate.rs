//! `POST /p/{id}/lock` and `/pin`: what moderators do with a whole thread.

use axum::extract::State;
use domain::{Id, post, thread};
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::visit::Visit;

pub(crate) async fn lock(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let on = fields.text("locked") != "0";
    pages
        .app
        .cx
        .write(async |tx| thread::set_locked(tx, caller, id, on).await)
        .await?;
    back(&pages, &visit, id).await
}

pub(crate) async fn pin(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let on = fields.text("pinned") != "0";
    pages
        .app
        .cx
        .write(async |tx| thread::set_pinned(tx, caller, id, on).await)
        .await?;
    back(&pages, &visit, id).await
}

async fn back(pages: &Pages, visit: &Visit, id: Id) -> Answer {
    let found = post::find_any(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    answer::see(&present::thread_path(
        &found.board,
        found.thread_no,
        found.thread_id,
    ))
}
