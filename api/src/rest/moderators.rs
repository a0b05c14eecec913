//! Who moderates a board.

use axum::extract::State;
use domain::{Error, Noun, account, board};
use http::StatusCode;
use web::session::Moderate;
use web::{App, Json, Path, Result, SignedIn, Viewer};

use super::list::List;
use super::path::{ByBoard, ByBoardAndName};
use super::refusal::{self, Gone, Missing, Often};
use super::shape::Account;

/// Moderators of a board, first named first
#[utoipa::path(
    get, path = "/boards/{board}/moderators", tag = "moderation", params(ByBoard), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "All of them", body = List<Account>), refusal::Viewer, Missing)
)]
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByBoard>,
) -> Result<Json<List<Account>>> {
    let handle = at.board(&app.cx.site)?;
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &viewer.who).await?;
    let moderators = board::moderators(&mut conn, board.id).await?;
    let shaped = moderators
        .iter()
        .map(|account| Account::of(account, &app.cx.site));
    Ok(Json(List::whole(shaped.collect())))
}

/// Somebody who moderates a board
#[utoipa::path(
    get, path = "/boards/{board}/moderators/{name}", tag = "moderation", params(ByBoardAndName), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "It is a moderator", body = Account), refusal::Viewer, Gone)
)]
pub(crate) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByBoardAndName>,
) -> Result<Json<Account>> {
    let site = &app.cx.site;
    let (board, name) = (at.board(site)?, at.name(site)?);
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &board, &viewer.who).await?;
    let account = account::find(&mut conn, &name).await?;
    match board::is_named_moderator(&mut conn, board.id, account.id).await? {
        true => Ok(Json(Account::of(&account, site))),
        false => Err(Error::Missing(Noun::Account).into()),
    }
}

/// Make somebody a moderator of a board of this node; its moderators may
#[utoipa::path(
    put, path = "/boards/{board}/moderators/{name}", tag = "moderation", params(ByBoardAndName), security(("bearer" = ["moderate"])),
    responses((status = 204, description = "It is a moderator"), refusal::SignedIn, Missing, Often)
)]
pub(crate) async fn add(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByBoardAndName>,
) -> Result<StatusCode> {
    let (board, account) = find(&app, &me, &at).await?;
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| board::add_moderator(tx, caller, board, account).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End somebody's moderatorship of a board of this node; its moderators may
#[utoipa::path(
    delete, path = "/boards/{board}/moderators/{name}", tag = "moderation", params(ByBoardAndName), security(("bearer" = ["moderate"])),
    responses((status = 204, description = "It is no moderator"), refusal::SignedIn, Missing, Often)
)]
pub(crate) async fn remove(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByBoardAndName>,
) -> Result<StatusCode> {
    let (board, account) = find(&app, &me, &at).await?;
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| board::remove_moderator(tx, caller, board, account).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn find(
    app: &App,
    me: &SignedIn<Moderate>,
    at: &ByBoardAndName,
) -> domain::Result<(domain::Id, domain::Id)> {
    let (board, name) = (at.board(&app.cx.site)?, at.name(&app.cx.site)?);
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &board, &me.viewer()).await?;
    let account = account::find(&mut conn, &name).await?;
    Ok((board.id, account.id))
}
