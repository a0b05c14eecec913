//! `POST /resolve`: fetches a foreign thing now, because somebody here asked for it.

use axum::extract::State;
use domain::{account, board, limits, post, rate};
use federation::{Found, Remote};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::session::Read;
use web::{App, Json, Result, SignedIn};

use super::refusal::{self, Body, Gone, Often};
use super::shape::{Account, Board, Post};

/// What to look for.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Wanted {
    /// `name@host`, or the address of an account, a board or a post.
    #[schema(example = "art@example.org")]
    uri: String,
}

/// Our copy of what was found; one of the three is there.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Resolved {
    /// `account`, `board` or `post`.
    kind: &'static str,
    account: Option<Account>,
    board: Option<Board>,
    post: Option<Post>,
}

/// Fetch a foreign account, board or post
#[utoipa::path(
    post, path = "/resolve", tag = "feeds", security(("bearer" = ["read"])), request_body = Wanted,
    responses((status = 200, description = "Our copy of it", body = Resolved), refusal::SignedIn, Gone, Body, Often)
)]
pub(crate) async fn resolve(
    State(app): State<App>,
    State(remote): State<Remote>,
    me: SignedIn<Read>,
    Json(asked): Json<Wanted>,
) -> Result<Json<Resolved>> {
    let who = me.caller.id.to_string();
    let rate = &limits::RATE_RESOLVES;
    app.cx
        .write(async |tx| rate::take(tx, rate, &who).await)
        .await?;
    let found = remote.resolve(&asked.uri).await?;
    let site = &app.cx.site;
    let mut conn = app.cx.read().await?;
    Ok(Json(match found {
        Found::Account(id) => Resolved {
            kind: "account",
            account: Some(Account::of(&account::by_id(&mut conn, id).await?, site)),
            ..Resolved::default()
        },
        Found::Board(id) => Resolved {
            kind: "board",
            board: Some(Board::of(
                &board::by_id(&mut conn, id, &me.viewer()).await?,
                site,
            )),
            ..Resolved::default()
        },
        Found::Post(id) => Resolved {
            kind: "post",
            post: Some(Post::of(
                &post::find(&mut conn, id, &me.viewer()).await?,
                site,
            )),
            ..Resolved::default()
        },
    }))
}
