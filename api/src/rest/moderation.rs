//! What moderators do with threads, and the public log of it. Posts are removed by `DELETE /posts/{id}` with a reason.

use axum::extract::State;
use domain::{Error, Handle, Noun, board, log as public_log, thread};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::session::Moderate;
use web::{App, Json, Paging, Path, Result, SignedIn, Viewer};

use super::list::{List, Listed, Part};
use super::path::{ByBoard, ById};
use super::refusal::{self, Body, Clash, Fields, Gone, Missing, Often};
use super::shape::LogEntry;

/// Where a thread belongs.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Destination {
    /// The name of a board of this server.
    #[schema(example = "art")]
    board: String,
}

/// Whether something is so.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Switch {
    value: bool,
}

/// The public log of a board, newest first
#[utoipa::path(
    get, path = "/boards/{board}/log", tag = "moderation", params(ByBoard, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the log", body = List<LogEntry>), refusal::Viewer, Missing, Fields)
)]
pub(crate) async fn log(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByBoard>,
    paging: Paging,
) -> Result<Listed<LogEntry>> {
    let handle = at.board(&app.cx.site)?;
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &viewer.who).await?;
    let entries = public_log::board(&mut conn, board.id, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, entries, |entry| {
        LogEntry::of(entry, &app.cx.site)
    }))
}

/// The public log of this server and all of its boards, newest first
#[utoipa::path(
    get, path = "/log", tag = "moderation", params(Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the log", body = List<LogEntry>), refusal::Viewer, Fields)
)]
pub(crate) async fn node_log(
    State(app): State<App>,
    _: Viewer,
    paging: Paging,
) -> Result<Listed<LogEntry>> {
    let mut conn = app.cx.read().await?;
    let entries = public_log::node(&mut conn, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, entries, |entry| {
        LogEntry::of(entry, &app.cx.site)
    }))
}

/// Lock or open a thread; moderators of its board may
#[utoipa::path(
    put, path = "/threads/{id}/lock", tag = "moderation", params(ById), security(("bearer" = ["moderate"])), request_body = Switch,
    responses((status = 200, description = "As it is now", body = Switch), refusal::SignedIn, Missing, Gone, Body, Often)
)]
pub(crate) async fn lock(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ById>,
    Json(asked): Json<Switch>,
) -> Result<Json<Switch>> {
    let (caller, id, value) = (&me.caller, at.id.0, asked.value);
    app.cx
        .write(async |tx| thread::set_locked(tx, caller, id, value).await)
        .await?;
    Ok(Json(Switch { value }))
}

/// Pin or unpin a thread; moderators of its board may
#[utoipa::path(
    put, path = "/threads/{id}/pin", tag = "moderation", params(ById), security(("bearer" = ["moderate"])), request_body = Switch,
    responses((status = 200, description = "As it is now", body = Switch), refusal::SignedIn, Missing, Gone, Body, Often)
)]
pub(crate) async fn pin(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ById>,
    Json(asked): Json<Switch>,
) -> Result<Json<Switch>> {
    let (caller, id, value) = (&me.caller, at.id.0, asked.value);
    app.cx
        .write(async |tx| thread::set_pinned(tx, caller, id, value).await)
        .await?;
    Ok(Json(Switch { value }))
}

/// Move a thread to another board of this server, where its posts get new numbers; moderators of both boards may
#[utoipa::path(
    put, path = "/threads/{id}/board", tag = "moderation", params(ById), security(("bearer" = ["moderate"])), request_body = Destination,
    responses((status = 200, description = "Where it is now", body = Destination), refusal::SignedIn, Missing, Gone, Body, Clash, Often)
)]
pub(crate) async fn relocate(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ById>,
    Json(asked): Json<Destination>,
) -> Result<Json<Destination>> {
    let to = Handle::parse(&asked.board, &app.cx.site).ok_or(Error::Missing(Noun::Board))?;
    let (caller, id) = (&me.caller, at.id.0);
    app.cx
        .write(async |tx| thread::relocate(tx, caller, id, &to).await)
        .await?;
    Ok(Json(Destination { board: to.acct() }))
}
