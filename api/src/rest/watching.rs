//! Threads the caller keeps an eye on, and how far they have read them. Nobody else sees this.

use axum::extract::{FromRequest, Request, State};
use domain::watch;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::session::{Read, Write};
use web::{App, Json, Paging, Path, Result, SignedIn};

use super::id::Id;
use super::list::{List, Listed, Part};
use super::path::ById;
use super::refusal::{self, Body, Fields, Gone, Missing, Often};
use super::shape::{Watch, Watched};

/// How far a thread was read.
#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct Reading {
    /// The last post that was read; never goes back. Without it nothing is marked as read.
    seen: Option<Id>,
}

/// The threads the caller watches, the newest first, those that were deleted among them
#[utoipa::path(
    get, path = "/watching", tag = "feeds", params(Part), security(("bearer" = ["read"])),
    responses((status = 200, description = "A part of the threads", body = List<Watched>), refusal::SignedIn, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn<Read>,
    paging: Paging,
) -> Result<Listed<Watched>> {
    let mut conn = app.cx.read().await?;
    let found = watch::list(&mut conn, &me.caller, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, found, |watched| {
        Watched::of(watched, &app.cx.site)
    }))
}

/// Watch a thread, and say how far it was read
#[utoipa::path(
    put, path = "/threads/{id}/watch", tag = "threads", params(ById), security(("bearer" = ["write"])),
    request_body(content = Option<Reading>, description = "Nothing, or the last post that was read."),
    responses((status = 200, description = "How far it is read", body = Watch), refusal::SignedIn, Missing, Gone, Body, Often)
)]
pub(crate) async fn set(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
    request: Request,
) -> Result<Json<Watch>> {
    let (caller, thread) = (&me.caller, at.id.0);
    let reading = reading(request).await?;
    let write = async |tx: &mut domain::Tx| {
        watch::set(tx, caller, thread).await?;
        match reading.seen {
            Some(seen) => watch::read(tx, caller, thread, seen.0).await,
            None => Ok(()),
        }
    };
    app.cx.write(write).await?;
    let place = watch::find(&mut *app.cx.read().await?, caller, thread).await?;
    let place = place.ok_or(domain::Error::Missing(domain::Noun::Thread))?;
    Ok(Json(Watch::of(&place)))
}

/// Stop watching a thread
#[utoipa::path(
    delete, path = "/threads/{id}/watch", tag = "threads", params(ById), security(("bearer" = ["write"])),
    responses((status = 204, description = "It is not watched any more"), refusal::SignedIn, Missing, Often)
)]
pub(crate) async fn end(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
) -> Result<StatusCode> {
    let (caller, thread) = (&me.caller, at.id.0);
    app.cx
        .write(async |tx| watch::end(tx, caller, thread).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The body, where there is one.
async fn reading(request: Request) -> Result<Reading> {
    if axum::body::HttpBody::is_end_stream(request.body()) {
        return Ok(Reading::default());
    }
    let Json(reading) = Json::from_request(request, &()).await?;
    Ok(reading)
}
