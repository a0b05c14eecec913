//! `/p/{id}/delete`: its author takes a post away, after being asked once.

use axum::extract::State;
use domain::post::{self, Post};
use domain::{Denial, Error, Id};
use web::{Path, Problem};

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Faults, Remove, Section};
use crate::visit::Visit;
use crate::{history, place};

pub(crate) async fn ask(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let caller = visit.browser.reader()?;
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    if found.author.id != caller.id {
        return Err(Error::from(Denial::NotAuthor).into());
    }
    answer::page(&page(&visit, &found))
}

pub(crate) async fn delete(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    pages
        .app
        .cx
        .write(async |tx| post::delete(tx, caller, id).await)
        .await?;
    answer::see(&after(&pages, &visit, &found).await?)
}

/// Where to go when a post is gone: its thread, or the board where the thread went with it.
///
/// # Errors
/// The database refuses.
pub(crate) async fn after(pages: &Pages, visit: &Visit, post: &Post) -> Result<String, Problem> {
    let mut conn = pages.app.cx.read().await?;
    match domain::thread::view(&mut conn, post.thread_id, &visit.viewer()).await {
        Ok(_) => Ok(place::of(&mut conn, post).await?),
        Err(Error::Missing(_) | Error::Gone(_)) => Ok(post.board.path()),
        Err(other) => Err(other.into()),
    }
}

fn page(visit: &Visit, post: &Post) -> Remove {
    Remove {
        shell: visit.shell("Delete post", Section::Boards),
        action: format!("{}/delete", post.path()),
        back: history::back(post),
        post: present::post(post, &Setting::bare(visit, Stage::Quiet)),
        moderator: false,
        reason: String::new(),
        may_withdraw: false,
        with_media: false,
        faults: Faults::default(),
    }
}
