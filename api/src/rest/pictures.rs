//! Pictures of many posts, newest first.

use axum::extract::State;
use domain::board;
use domain::gallery::{self, Place};
use web::{App, Paging, Path, Result, Viewer};

use super::list::{List, Listed, Part};
use super::path::ByBoard;
use super::refusal::{self, Fields, Missing};
use super::shape::Shown;

/// All pictures held here
#[utoipa::path(
    get, path = "/feeds/images", tag = "feeds", params(Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the pictures", body = List<Shown>), refusal::Viewer, Fields)
)]
pub(crate) async fn all(
    State(app): State<App>,
    viewer: Viewer,
    paging: Paging,
) -> Result<Listed<Shown>> {
    list(&app, Place::Everywhere, &viewer, &paging).await
}

/// The pictures of a board
#[utoipa::path(
    get, path = "/boards/{board}/gallery", tag = "boards", params(ByBoard, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the pictures", body = List<Shown>), refusal::Viewer, Missing, Fields)
)]
pub(crate) async fn of_board(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByBoard>,
    paging: Paging,
) -> Result<Listed<Shown>> {
    let handle = at.board(&app.cx.site)?;
    let board = board::find(&mut *app.cx.read().await?, &handle, &viewer.who).await?;
    list(&app, Place::Board(board.id), &viewer, &paging).await
}

async fn list(app: &App, place: Place, viewer: &Viewer, paging: &Paging) -> Result<Listed<Shown>> {
    let mut conn = app.cx.read().await?;
    let found = gallery::pictures(&mut conn, place, &viewer.who, paging.page.clone()).await?;
    Ok(Listed::new(app, paging, found, |shown| {
        Shown::of(shown, &app.cx.site)
    }))
}
