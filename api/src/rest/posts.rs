//! Single posts: reading, changing, deleting, voting, and where they went.

use axum::extract::{FromRequest, Request, State};
use domain::post::{self, Order, Patch};
use domain::session::Scope;
use domain::{board, delivery, vote};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::session::Write;
use web::{App, Json, Paging, Path, Result, SignedIn, Viewer};

use super::list::{List, Listed, Part};
use super::path::ById;
use super::refusal::{self, Body, Fields, Gone, Missing, Often};
use super::shape::{Delivery, Post, Tally, Version};

/// Deliveries that are shown.
const DELIVERIES: i64 = 500;

/// Changes to a post; what is not given stays as it is, an empty text clears.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PostPatch {
    /// Opening posts only.
    #[schema(max_length = 200)]
    subject: Option<String>,
    /// Markdown, `>>123` and its kin.
    #[schema(max_length = 20000)]
    body: Option<String>,
    /// To be shown before the text.
    #[schema(max_length = 500)]
    content_warning: Option<String>,
    /// Whether its pictures are to be hidden at first.
    sensitive: Option<bool>,
    /// All tags that are not in the text; opening posts only.
    #[schema(max_items = 32)]
    tags: Option<Vec<String>>,
    /// BCP 47.
    language: Option<String>,
}

/// Why a moderator removes a post.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Removal {
    /// For the public log and the tombstone.
    #[schema(max_length = 1000)]
    reason: String,
    /// Whether the files of its pictures go too, from all posts on all boards that show them. Moderators and admins of
    /// the server may.
    #[serde(default)]
    with_media: bool,
}

/// A vote.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Ballot {
    /// 1 like, -1 dislike, 0 neither.
    #[schema(minimum = -1, maximum = 1)]
    value: i16,
}

/// One post
#[utoipa::path(
    get, path = "/posts/{id}", tag = "threads", params(ById), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The post", body = Post), refusal::Viewer, Missing, Gone)
)]
pub(crate) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ById>,
) -> Result<Json<Post>> {
    let found = post::find(&mut *app.cx.read().await?, at.id.0, &viewer.who).await?;
    Ok(Json(Post::of(&found, &app.cx.site)))
}

/// Change a post; its author may
#[utoipa::path(
    patch, path = "/posts/{id}", tag = "threads", params(ById), security(("bearer" = ["write"])), request_body = PostPatch,
    responses((status = 200, description = "The post as it is now", body = Post), refusal::SignedIn, Missing, Gone, Body, Often)
)]
pub(crate) async fn edit(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
    Json(asked): Json<PostPatch>,
) -> Result<Json<Post>> {
    let PostPatch {
        subject,
        body,
        content_warning,
        sensitive,
        tags,
        language,
    } = asked;
    let patch = Patch {
        subject,
        body,
        content_warning,
        sensitive,
        tags,
        language,
    };
    let (caller, id) = (&me.caller, at.id.0);
    app.cx
        .write(async |tx| post::edit(tx, caller, id, patch).await)
        .await?;
    let changed = post::find(&mut *app.cx.read().await?, id, &me.viewer()).await?;
    Ok(Json(Post::of(&changed, &app.cx.site)))
}

/// Delete a post; its author may, and with a reason a moderator of its board or an admin (scope `moderate`)
#[utoipa::path(
    delete, path = "/posts/{id}", tag = "threads", params(ById), security(("bearer" = ["write"])),
    request_body(content = Option<Removal>, description = "Moderators give a reason; authors send no body."),
    responses((status = 204, description = "It is deleted"), refusal::SignedIn, Missing, Gone, Body, Often)
)]
pub(crate) async fn delete(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
    request: Request,
) -> Result<StatusCode> {
    let (caller, id) = (&me.caller, at.id.0);
    let Some(Removal { reason, with_media }) = removal(request).await? else {
        app.cx
            .write(async |tx| post::delete(tx, caller, id).await)
            .await?;
        return Ok(StatusCode::NO_CONTENT);
    };
    me.also(Scope::Moderate)?;
    let write = app
        .cx
        .write(async |tx| post::remove(tx, caller, id, &reason, with_media).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All versions of a post, oldest first
#[utoipa::path(
    get, path = "/posts/{id}/history", tag = "threads", params(ById, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the versions, the standing one last of all", body = List<Version>), refusal::Viewer, Missing, Gone, Fields)
)]
pub(crate) async fn history(
    State(app): State<App>,
    _: Viewer,
    Path(at): Path<ById>,
    paging: Paging,
) -> Result<Listed<Version>> {
    let mut conn = app.cx.read().await?;
    let page = paging.page.clone();
    let versions = post::history(&mut conn, at.id.0, Order::Oldest, page).await?;
    Ok(Listed::new(&app, &paging, versions, Version::of))
}

/// Where a post went: newest activity first, one line per server
#[utoipa::path(
    get, path = "/posts/{id}/delivery", tag = "threads", params(ById), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The deliveries", body = List<Delivery>), refusal::Viewer, Missing)
)]
pub(crate) async fn delivery(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ById>,
) -> Result<Json<List<Delivery>>> {
    let mut conn = app.cx.read().await?;
    let found = post::find_any(&mut conn, at.id.0, &viewer.who).await?;
    let concerned = match viewer.who.caller() {
        Some(caller) if caller.id == found.author.id => true,
        Some(caller) => board::is_moderator(&mut conn, found.board.id, caller).await?,
        None => false,
    };
    let shape = if concerned {
        Delivery::in_full
    } else {
        Delivery::of
    };
    let statuses = delivery::of_post(&mut conn, found.id, DELIVERIES).await?;
    Ok(Json(List::whole(statuses.iter().map(shape).collect())))
}

/// Set the caller's vote on a post
#[utoipa::path(
    put, path = "/posts/{id}/vote", tag = "threads", params(ById), security(("bearer" = ["write"])), request_body = Ballot,
    responses((status = 200, description = "The votes now", body = Tally), refusal::SignedIn, Missing, Gone, Body, Often)
)]
pub(crate) async fn vote(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
    Json(asked): Json<Ballot>,
) -> Result<Json<Tally>> {
    let (caller, id) = (&me.caller, at.id.0);
    let write = app
        .cx
        .write(async |tx| vote::set(tx, caller, id, asked.value).await);
    Ok(Json(write.await?.into()))
}

/// The body, where there is one.
async fn removal(request: Request) -> Result<Option<Removal>> {
    if axum::body::HttpBody::is_end_stream(request.body()) {
        return Ok(None);
    }
    let Json(removal) = Json::from_request(request, &()).await?;
    Ok(Some(removal))
}
