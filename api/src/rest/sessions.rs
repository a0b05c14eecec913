//! Signing in and out.

use axum::extract::State;
use domain::account;
use domain::session::{self, Credentials, Kind};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::session::{Read, Write};
use web::{App, Client, Json, Path, Result, SignedIn};

use super::list::List;
use super::path::ById;
use super::refusal::{self, Body, Missing, Often};
use super::shape::{self, Account, Session};

/// What somebody signs in with.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignIn {
    #[schema(example = "anna")]
    name: String,
    password: String,
    /// What the session is called in the list of sessions.
    #[schema(example = "My script")]
    label: Option<String>,
}

/// Sign in
#[utoipa::path(
    post, path = "/session", tag = "accounts", request_body = SignIn,
    responses(
        (status = 200, description = "A token with all scopes", body = shape::SignedIn),
        (status = 401, description = "The name or the password is wrong.", body = refusal::Problem, content_type = "application/problem+json"),
        (status = 403, description = "The account is suspended.", body = refusal::Problem, content_type = "application/problem+json"),
        Body, Often
    )
)]
pub(crate) async fn open(
    State(app): State<App>,
    client: Client,
    Json(asked): Json<SignIn>,
) -> Result<Json<shape::SignedIn>> {
    let credentials = Credentials {
        name: asked.name,
        password: asked.password,
        address: client.bucket(),
    };
    let label = asked.label.unwrap_or_else(|| "API".to_owned());
    let (token, session) = session::sign_in(&app.cx, credentials, Kind::Token, &label).await?;
    let account = account::by_id(&mut *app.cx.read().await?, session.caller.id).await?;
    Ok(Json(shape::SignedIn {
        token,
        account: Account::of(&account, &app.cx.site),
    }))
}

/// Sign out: the token is good for nothing any more
#[utoipa::path(
    delete, path = "/session", tag = "accounts", security(("bearer" = ["read"])),
    responses((status = 204, description = "It is ended"), refusal::SignedIn)
)]
pub(crate) async fn close(State(app): State<App>, me: SignedIn<Read>) -> Result<StatusCode> {
    let (caller, id) = (&me.caller, me.session.id);
    app.cx
        .write(async |tx| session::close(tx, caller, id).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where the caller is signed in, newest first
#[utoipa::path(
    get, path = "/sessions", tag = "accounts", security(("bearer" = ["read"])),
    responses((status = 200, description = "All sessions", body = List<Session>), refusal::SignedIn)
)]
pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn<Read>,
) -> Result<Json<List<Session>>> {
    let now = app.cx.now();
    let sessions = session::list(&mut *app.cx.read().await?, &me.caller, now).await?;
    let shaped = sessions
        .iter()
        .map(|session| Session::of(session, me.session.id));
    Ok(Json(List::whole(shaped.collect())))
}

/// End one of the caller's sessions
#[utoipa::path(
    delete, path = "/sessions/{id}", tag = "accounts", params(ById), security(("bearer" = ["write"])),
    responses((status = 204, description = "It is ended"), refusal::SignedIn, Missing)
)]
pub(crate) async fn revoke(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
) -> Result<StatusCode> {
    let caller = &me.caller;
    app.cx
        .write(async |tx| session::close(tx, caller, at.id.0).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
