//! `POST /p/{id}/vote`: sets the visitor's vote on a post to the state that was sent.
//!
//! The script asks with `X-Fragment: vote` and gets the two buttons as they are now; it shows the server's counts.

use axum::extract::State;
use domain::{Error, Id, post, vote};
use http::HeaderMap;
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::fragment;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::visit::Visit;

pub(crate) async fn set(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let value: i16 = fields.number("value").unwrap_or(i16::MAX);
    if !(-1..=1).contains(&value) {
        return Err(Error::invalid("value", "bad_value", "A vote is 1, 0 or -1.").into());
    }
    pages
        .app
        .cx
        .write(async |tx| vote::set(tx, caller, id, value).await)
        .await?;
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    if fragment::asks(&headers, "vote") {
        let shown = present::post(&found, &Setting::bare(&visit, Stage::Index));
        return match &shown.vote {
            Some(vote) => answer::page(vote),
            None => Err(Error::Missing(domain::Noun::Post).into()),
        };
    }
    if fields.text("from") == "picture" {
        return answer::see(&found.path());
    }
    let thread = present::thread_path(&found.board, found.thread_no, found.thread_id);
    answer::see(&format!("{thread}#{}", found.anchor()))
}
