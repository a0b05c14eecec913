//! `POST /p/{id}/vote`: sets the visitor's vote on a post to the state that was sent.
//!
//! The script asks with `X-Fragment: vote` and gets the two buttons as they are now; it shows the server's counts.

use axum::extract::State;
use domain::{Error, Id, board, post, vote};
use http::HeaderMap;
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::fragment;
use crate::pages::Pages;
use crate::place;
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
    let mut conn = pages.app.cx.read().await?;
    let found = post::find(&mut conn, id, &visit.viewer()).await?;
    let from = fields.text("from");
    if fragment::asks(&headers, "vote") {
        let board = board::by_id(&mut conn, found.board.id, &visit.viewer()).await?;
        let stage = match from.as_str() {
            "picture" => Stage::Picture,
            "list" => Stage::Elsewhere,
            _ => Stage::Index,
        };
        let setting = Setting {
            dislikes: board.settings.dislikes,
            ..Setting::bare(&visit, stage)
        };
        let shown = present::post(&found, &setting);
        return match &shown.vote {
            Some(vote) => answer::page(vote),
            None => Err(Error::Missing(domain::Noun::Post).into()),
        };
    }
    if from == "picture" {
        return answer::see(&found.path());
    }
    answer::see(&place::of(&mut conn, &found).await?)
}
