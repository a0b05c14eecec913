//! Following boards and accounts: a state that is put, asked and deleted.

use axum::extract::State;
use domain::account::Kind;
use domain::{Caller, Error, Handle, Id, Noun, account, board, follow, limits, rate};
use federation::Remote;
use http::StatusCode;
use web::session::{self, Read};
use web::{App, Json, Path, Result, SignedIn};

use super::path::{ByBoard, ByName};
use super::refusal::{self, Fields, Missing, Often};
use super::shape::Follow;

/// Whether the caller follows a board
#[utoipa::path(
    get, path = "/boards/{board}/follow", tag = "boards", params(ByBoard), security(("bearer" = ["read"])),
    responses((status = 200, description = "How far it is", body = Follow), refusal::SignedIn, Missing)
)]
pub(crate) async fn of_board(
    State(app): State<App>,
    me: SignedIn<Read>,
    Path(at): Path<ByBoard>,
) -> Result<Json<Follow>> {
    let handle = at.board(&app.cx.site)?;
    let board = board::find(&mut *app.cx.read().await?, &handle, &me.viewer()).await?;
    state(&app, &me.caller, board.id).await
}

/// Follow a board; one elsewhere that is not known yet is looked up
#[utoipa::path(
    put, path = "/boards/{board}/follow", tag = "boards", params(ByBoard), security(("bearer" = ["follow"])),
    responses((status = 200, description = "How far it is", body = Follow), refusal::SignedIn, Missing, Fields, Often)
)]
pub(crate) async fn follow_board(
    State(app): State<App>,
    State(remote): State<Remote>,
    me: SignedIn<session::Follow>,
    Path(at): Path<ByBoard>,
) -> Result<Json<Follow>> {
    let handle = at.board(&app.cx.site)?;
    let found = board::find(&mut *app.cx.read().await?, &handle, &me.viewer()).await;
    let known = found.map(|board| board.id);
    follow_known(&app, &remote, &me.caller, &handle, known).await
}

/// No longer follow a board
#[utoipa::path(
    delete, path = "/boards/{board}/follow", tag = "boards", params(ByBoard), security(("bearer" = ["follow"])),
    responses((status = 204, description = "It is not followed"), refusal::SignedIn, Missing, Often)
)]
pub(crate) async fn unfollow_board(
    State(app): State<App>,
    me: SignedIn<session::Follow>,
    Path(at): Path<ByBoard>,
) -> Result<StatusCode> {
    let handle = at.board(&app.cx.site)?;
    let board = board::find(&mut *app.cx.read().await?, &handle, &me.viewer()).await?;
    end(&app, &me.caller, board.id).await
}

/// Whether the caller follows an account
#[utoipa::path(
    get, path = "/accounts/{name}/follow", tag = "accounts", params(ByName), security(("bearer" = ["read"])),
    responses((status = 200, description = "How far it is", body = Follow), refusal::SignedIn, Missing)
)]
pub(crate) async fn of_account(
    State(app): State<App>,
    me: SignedIn<Read>,
    Path(at): Path<ByName>,
) -> Result<Json<Follow>> {
    let handle = at.name(&app.cx.site)?;
    let account = account::find(&mut *app.cx.read().await?, &handle).await?;
    state(&app, &me.caller, account.id).await
}

/// Follow an account; one elsewhere that is not known yet is looked up
#[utoipa::path(
    put, path = "/accounts/{name}/follow", tag = "accounts", params(ByName), security(("bearer" = ["follow"])),
    responses((status = 200, description = "How far it is", body = Follow), refusal::SignedIn, Missing, Fields, Often)
)]
pub(crate) async fn follow_account(
    State(app): State<App>,
    State(remote): State<Remote>,
    me: SignedIn<session::Follow>,
    Path(at): Path<ByName>,
) -> Result<Json<Follow>> {
    let handle = at.name(&app.cx.site)?;
    let found = account::find(&mut *app.cx.read().await?, &handle).await;
    let known = found.map(|account| account.id);
    follow_known(&app, &remote, &me.caller, &handle, known).await
}

/// No longer follow an account
#[utoipa::path(
    delete, path = "/accounts/{name}/follow", tag = "accounts", params(ByName), security(("bearer" = ["follow"])),
    responses((status = 204, description = "It is not followed"), refusal::SignedIn, Missing, Often)
)]
pub(crate) async fn unfollow_account(
    State(app): State<App>,
    me: SignedIn<session::Follow>,
    Path(at): Path<ByName>,
) -> Result<StatusCode> {
    let handle = at.name(&app.cx.site)?;
    let account = account::find(&mut *app.cx.read().await?, &handle).await?;
    end(&app, &me.caller, account.id).await
}

/// Follows what is known, or what its home knows.
async fn follow_known(
    app: &App,
    remote: &Remote,
    caller: &Caller,
    handle: &Handle,
    known: domain::Result<Id>,
) -> Result<Json<Follow>> {
    let target = match known {
        Err(Error::Missing(noun)) if !handle.is_local() => {
            look_up(app, remote, caller, handle, noun).await?
        }
        known => known?,
    };
    let set = app
        .cx
        .write(async |tx| follow::set(tx, caller, target).await)
        .await?;
    Ok(Json(Follow {
        state: Some(set.into()),
    }))
}

/// Asks its home; a board is no account and an account is no board.
async fn look_up(
    app: &App,
    remote: &Remote,
    caller: &Caller,
    handle: &Handle,
    noun: Noun,
) -> domain::Result<Id> {
    let who = caller.id.to_string();
    let rate = &limits::RATE_RESOLVES;
    app.cx
        .write(async |tx| rate::take(tx, rate, &who).await)
        .await?;
    let id = remote.actor(handle).await?;
    let found = account::by_id(&mut *app.cx.read().await?, id).await?;
    let is_board = found.kind == Kind::Board;
    if is_board == (noun == Noun::Board) {
        Ok(id)
    } else {
        Err(Error::Missing(noun))
    }
}

async fn state(app: &App, caller: &Caller, target: Id) -> Result<Json<Follow>> {
    let state = follow::state(&mut *app.cx.read().await?, caller.id, target).await?;
    Ok(Json(Follow {
        state: state.map(Into::into),
    }))
}

async fn end(app: &App, caller: &Caller, target: Id) -> Result<StatusCode> {
    app.cx
        .write(async |tx| follow::end(tx, caller, target).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
