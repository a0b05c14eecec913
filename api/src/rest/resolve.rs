//! `POST /resolve`: fetches a foreign thing now, because somebody here asked for it; tags are the same on every server.

use axum::extract::State;
use domain::{account, board, limits, post, rate, tag};
use federation::{Found, Remote};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::session::Read;
use web::{App, Json, Result, SignedIn};

use super::refusal::{self, Body, Gone, Often};
use super::shape::{Account, Board, Post, Tag};

/// What to look for.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Wanted {
    /// `name@host`, or the address of an account, a board or a post, or of a tag on this server.
    #[schema(example = "art@example.org")]
    uri: String,
}

/// Our copy of what was found; one of the four is there.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Resolved {
    /// `account`, `board`, `post` or `tag`.
    kind: &'static str,
    account: Option<Account>,
    board: Option<Board>,
    post: Option<Post>,
    tag: Option<Tag>,
}

/// Fetch a foreign account, board or post, or find a tag
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
    let site = &app.cx.site;
    let named = tag::at(&mut *app.cx.read().await?, &asked.uri, site).await?;
    if let Some(found) = named {
        return Ok(Json(Resolved {
            kind: "tag",
            tag: Some(Tag::of(&found, site)),
            ..Resolved::default()
        }));
    }
    let found = remote.resolve(&asked.uri).await?;
    let mut conn = app.cx.read().await?;
    Ok(Json(match found {
        Found::Account(id) => Resolved {
            kind: "account",
            account: Some(Account::of(&account::shown(&mut conn, id).await?, site)),
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
