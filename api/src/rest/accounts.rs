//! Accounts as anybody sees them, and making one.

use axum::extract::State;
use domain::account;
use domain::session::{self, Kind, Scope};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{App, Client, Json, Paging, Path, Result, Viewer};

use super::Created;
use super::list::{List, Listed, Part};
use super::path::ByName;
use super::refusal::{self, Body, Clash, Fields, Missing, Often};
use super::shape::{Account, Post, SignedIn};

/// What somebody signs up with.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignUp {
    /// Letters a to z, digits and `_`.
    #[schema(max_length = 30, example = "anna")]
    name: String,
    #[schema(min_length = 10, max_length = 200)]
    password: String,
    /// For recovery; shown to nobody.
    email: Option<String>,
}

/// Make an account
#[utoipa::path(
    post, path = "/accounts", tag = "accounts", request_body = SignUp,
    responses(
        (status = 201, description = "The account and a token for it with all scopes", body = SignedIn,
            headers(("Location" = String, description = "Address of the account"))),
        (status = 403, description = "Sign-up is closed here.", body = refusal::Problem, content_type = "application/problem+json"),
        Body, Clash, Often
    )
)]
pub(crate) async fn create(
    State(app): State<App>,
    client: Client,
    Json(asked): Json<SignUp>,
) -> Result<Created<SignedIn>> {
    let draft = account::Draft {
        name: asked.name,
        password: asked.password,
        email: asked.email,
    };
    let address = client.bucket();
    account::admit(&mut *app.cx.read().await?, &app.cx, &draft, &address).await?;
    let hash = account::hash(draft.password.clone()).await?;
    let keys = federation::key_pair().await?;
    let write = app.cx.write(async |tx| {
        let caller = account::sign_up(tx, draft, keys, hash, &address).await?;
        let (token, _) = session::open(tx, caller.id, Kind::Token, &Scope::ALL, "Sign-up").await?;
        Ok((caller.id, token))
    });
    let (id, token) = write.await?;
    let account = account::by_id(&mut *app.cx.read().await?, id).await?;
    Ok(Created {
        location: format!("/accounts/{}", account.name),
        thing: SignedIn {
            token,
            account: Account::of(&account, &app.cx.site),
        },
    })
}

/// One account
#[utoipa::path(
    get, path = "/accounts/{name}", tag = "accounts", params(ByName), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The account", body = Account), refusal::Viewer, Missing)
)]
pub(crate) async fn show(
    State(app): State<App>,
    _: Viewer,
    Path(at): Path<ByName>,
) -> Result<Json<Account>> {
    let handle = at.name(&app.cx.site)?;
    let account = account::find(&mut *app.cx.read().await?, &handle).await?;
    Ok(Json(Account::of(&account, &app.cx.site)))
}

/// Posts of an account, newest first
#[utoipa::path(
    get, path = "/accounts/{name}/posts", tag = "accounts", params(ByName, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of its posts", body = List<Post>), refusal::Viewer, Missing, Fields)
)]
pub(crate) async fn posts(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByName>,
    paging: Paging,
) -> Result<Listed<Post>> {
    let handle = at.name(&app.cx.site)?;
    let mut conn = app.cx.read().await?;
    let account = account::find(&mut conn, &handle).await?;
    let posts = account::posts(&mut conn, account.id, &viewer.who, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, posts, |post| {
        Post::of(post, &app.cx.site)
    }))
}
