//! Who is banned from a board or from all of this server.

use axum::extract::State;
use domain::ban::{self, Draft, Place};
use domain::{Error, Id, Timestamp, account, board};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::session::Moderate;
use web::{App, Json, Paging, Path, Result, SignedIn};

use super::list::{List, Listed, Part};
use super::path::{ByBoard, ByBoardAndName, ByName};
use super::refusal::{self, Body, Fields, Missing, Often};
use super::shape::Ban;

/// A ban to be imposed.
#[derive(Deserialize, ToSchema)]
pub(crate) struct BanDraft {
    /// Told to whom it concerns, and in the public log.
    #[schema(max_length = 1000)]
    reason: String,
    /// When it ends by itself; null until it is lifted.
    #[serde(default)]
    #[schema(format = DateTime, example = "2030-01-01T00:00:00Z")]
    until: Option<String>,
}

impl BanDraft {
    fn read(self) -> Result<Draft, Error> {
        let until = self.until.map(|text| {
            let detail = "Write a moment such as 2030-01-01T00:00:00Z, or leave it out.";
            Timestamp::parse(&text).ok_or_else(|| Error::invalid("until", "bad_moment", detail))
        });
        Ok(Draft {
            reason: self.reason,
            until: until.transpose()?,
        })
    }
}

/// Who is banned from a board, newest ban first; its moderators may ask
#[utoipa::path(
    get, path = "/boards/{board}/bans", tag = "moderation", params(ByBoard, Part), security(("bearer" = ["moderate"])),
    responses((status = 200, description = "A part of the bans that stand", body = List<Ban>), refusal::SignedIn, Missing, Fields)
)]
pub(crate) async fn of_board(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByBoard>,
    paging: Paging,
) -> Result<Listed<Ban>> {
    let handle = at.board(&app.cx.site)?;
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &me.viewer()).await?.id;
    ban::may_impose(&mut conn, &me.caller, Place::Board(board)).await?;
    let bans = ban::of_board(&mut conn, board, app.cx.now(), paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, bans, |ban| {
        Ban::of(ban, &app.cx.site)
    }))
}

/// Ban an account, here or elsewhere, from a board of this server; its moderators may
#[utoipa::path(
    put, path = "/boards/{board}/bans/{name}", tag = "moderation", params(ByBoardAndName), security(("bearer" = ["moderate"])),
    request_body = BanDraft,
    responses((status = 204, description = "It is banned"), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn impose_on_board(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByBoardAndName>,
    Json(asked): Json<BanDraft>,
) -> Result<StatusCode> {
    let (board, account) = find(&app, &me, &at).await?;
    impose(&app, &me, Place::Board(board), account, asked.read()?).await
}

/// Lift a ban from a board of this server; its moderators may
#[utoipa::path(
    delete, path = "/boards/{board}/bans/{name}", tag = "moderation", params(ByBoardAndName), security(("bearer" = ["moderate"])),
    responses((status = 204, description = "It is not banned from there"), refusal::SignedIn, Missing, Often)
)]
pub(crate) async fn lift_on_board(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByBoardAndName>,
) -> Result<StatusCode> {
    let (board, account) = find(&app, &me, &at).await?;
    lift(&app, &me, Place::Board(board), account).await
}

/// Who is banned from all of this server, newest ban first; its moderators and admins may ask
#[utoipa::path(
    get, path = "/admin/bans", tag = "admin", params(Part), security(("bearer" = ["moderate"])),
    responses((status = 200, description = "A part of the bans that stand", body = List<Ban>), refusal::SignedIn, Fields)
)]
pub(crate) async fn of_node(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    paging: Paging,
) -> Result<Listed<Ban>> {
    let mut conn = app.cx.read().await?;
    ban::may_impose(&mut conn, &me.caller, Place::Node).await?;
    let bans = ban::of_node(&mut conn, app.cx.now(), paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, bans, |ban| {
        Ban::of(ban, &app.cx.site)
    }))
}

/// Ban an account, here or elsewhere, from all of this server; its moderators and admins may
#[utoipa::path(
    put, path = "/admin/bans/{name}", tag = "admin", params(ByName), security(("bearer" = ["moderate"])), request_body = BanDraft,
    responses((status = 204, description = "It is banned"), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn impose_on_node(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByName>,
    Json(asked): Json<BanDraft>,
) -> Result<StatusCode> {
    let name = at.name(&app.cx.site)?;
    let account = account::find(&mut *app.cx.read().await?, &name).await?.id;
    impose(&app, &me, Place::Node, account, asked.read()?).await
}

/// Lift a ban from all of this server; its moderators and admins may
#[utoipa::path(
    delete, path = "/admin/bans/{name}", tag = "admin", params(ByName), security(("bearer" = ["moderate"])),
    responses((status = 204, description = "It is not banned from here"), refusal::SignedIn, Missing, Often)
)]
pub(crate) async fn lift_on_node(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByName>,
) -> Result<StatusCode> {
    let name = at.name(&app.cx.site)?;
    let account = account::find(&mut *app.cx.read().await?, &name).await?.id;
    lift(&app, &me, Place::Node, account).await
}

async fn impose(
    app: &App,
    me: &SignedIn<Moderate>,
    place: Place,
    account: Id,
    draft: Draft,
) -> Result<StatusCode> {
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| ban::impose(tx, caller, place, account, draft).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn lift(app: &App, me: &SignedIn<Moderate>, place: Place, account: Id) -> Result<StatusCode> {
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| ban::lift(tx, caller, place, account).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn find(app: &App, me: &SignedIn<Moderate>, at: &ByBoardAndName) -> Result<(Id, Id), Error> {
    let (board, name) = (at.board(&app.cx.site)?, at.name(&app.cx.site)?);
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &board, &me.viewer()).await?;
    let account = account::find(&mut conn, &name).await?;
    Ok((board.id, account.id))
}
