//! Tags: which there are, what stands beside one, its posts, and what the caller makes of it.

use axum::extract::State;
use domain::tag::{self, Mark};
use http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use web::session::{Follow as Follows, Read};
use web::{App, Json, Paging, Path, Query, Result, SignedIn, Viewer};

use super::list::{List, Listed, Part};
use super::path::ByTag;
use super::refusal::{self, Fields, Missing, Often};
use super::shape::{Follow, FollowState, Mute, Post, Tag, TagInFull};

/// Tags that are named beside a tag.
const RELATED: i64 = 12;

/// Which tags.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Tags {
    /// How their names begin, with or without `#`, in any spelling; all tags when not given.
    #[serde(default)]
    q: String,
}

/// Tags in use, most used first
#[utoipa::path(
    get, path = "/tags", tag = "tags", params(Tags, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the tags", body = List<Tag>), refusal::Viewer, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Viewer,
    Query(asked): Query<Tags>,
    paging: Paging,
) -> Result<Listed<Tag>> {
    let mut conn = app.cx.read().await?;
    let tags = tag::list(&mut conn, &asked.q, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, tags, |tag| {
        Tag::of(tag, &app.cx.site)
    }))
}

/// A tag, used or not
#[utoipa::path(
    get, path = "/tags/{tag}", tag = "tags", params(ByTag), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The tag", body = TagInFull), refusal::Viewer, Missing)
)]
pub(crate) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByTag>,
) -> Result<Json<TagInFull>> {
    let site = &app.cx.site;
    let mut conn = app.cx.read().await?;
    let found = tag::seen(&mut conn, &at.tag).await?;
    let mark = tag::mark_of(&mut conn, viewer.who.id(), found.id).await?;
    let related = tag::related(&mut conn, found.id, RELATED).await?;
    Ok(Json(TagInFull {
        url: format!("{}{}", site.origin, found.path()),
        post_count: found.post_count,
        follower_count: tag::followers(&mut conn, found.id).await?,
        related: related.iter().map(|tag| Tag::of(tag, site)).collect(),
        following: mark == Some(Mark::Followed),
        muted: mark == Some(Mark::Muted),
        name: found.name,
    }))
}

/// Posts that carry a tag, newest first
#[utoipa::path(
    get, path = "/tags/{tag}/posts", tag = "tags", params(ByTag, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the posts", body = List<Post>), refusal::Viewer, Missing, Fields)
)]
pub(crate) async fn posts(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByTag>,
    paging: Paging,
) -> Result<Listed<Post>> {
    let mut conn = app.cx.read().await?;
    let found = tag::seen(&mut conn, &at.tag).await?;
    let posts = tag::posts(&mut conn, found.id, &viewer.who, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, posts, |post| {
        Post::of(post, &app.cx.site)
    }))
}

/// Whether the caller follows a tag
#[utoipa::path(
    get, path = "/tags/{tag}/follow", tag = "tags", params(ByTag), security(("bearer" = ["read"])),
    responses((status = 200, description = "How far it is: a tag belongs to no server, so a follow holds at once", body = Follow), refusal::SignedIn, Missing)
)]
pub(crate) async fn followed(
    State(app): State<App>,
    me: SignedIn<Read>,
    Path(at): Path<ByTag>,
) -> Result<Json<Follow>> {
    let follows = has(&app, &me, &at, Mark::Followed).await?;
    Ok(Json(Follow {
        state: follows.then_some(FollowState::Accepted),
    }))
}

/// Follow a tag, used or not; it is no longer muted then
#[utoipa::path(
    put, path = "/tags/{tag}/follow", tag = "tags", params(ByTag), security(("bearer" = ["follow"])),
    responses((status = 200, description = "It is followed", body = Follow), refusal::SignedIn, Missing, Fields, Often)
)]
pub(crate) async fn follow(
    State(app): State<App>,
    me: SignedIn<Follows>,
    Path(at): Path<ByTag>,
) -> Result<Json<Follow>> {
    put(&app, &me, &at, Mark::Followed).await?;
    Ok(Json(Follow {
        state: Some(FollowState::Accepted),
    }))
}

/// No longer follow a tag
#[utoipa::path(
    delete, path = "/tags/{tag}/follow", tag = "tags", params(ByTag), security(("bearer" = ["follow"])),
    responses((status = 204, description = "It is not followed"), refusal::SignedIn, Missing)
)]
pub(crate) async fn unfollow(
    State(app): State<App>,
    me: SignedIn<Follows>,
    Path(at): Path<ByTag>,
) -> Result<StatusCode> {
    end(&app, &me, &at, Mark::Followed).await
}

/// Whether the caller mutes a tag
#[utoipa::path(
    get, path = "/tags/{tag}/mute", tag = "tags", params(ByTag), security(("bearer" = ["read"])),
    responses((status = 200, description = "Whether it is muted", body = Mute), refusal::SignedIn, Missing)
)]
pub(crate) async fn muted(
    State(app): State<App>,
    me: SignedIn<Read>,
    Path(at): Path<ByTag>,
) -> Result<Json<Mute>> {
    let muted = has(&app, &me, &at, Mark::Muted).await?;
    Ok(Json(Mute { muted }))
}

/// Leave the threads of a tag out of the home feed; it is no longer followed then
#[utoipa::path(
    put, path = "/tags/{tag}/mute", tag = "tags", params(ByTag), security(("bearer" = ["follow"])),
    responses((status = 200, description = "It is muted", body = Mute), refusal::SignedIn, Missing, Fields, Often)
)]
pub(crate) async fn mute(
    State(app): State<App>,
    me: SignedIn<Follows>,
    Path(at): Path<ByTag>,
) -> Result<Json<Mute>> {
    put(&app, &me, &at, Mark::Muted).await?;
    Ok(Json(Mute { muted: true }))
}

/// No longer mute a tag
#[utoipa::path(
    delete, path = "/tags/{tag}/mute", tag = "tags", params(ByTag), security(("bearer" = ["follow"])),
    responses((status = 204, description = "It is not muted"), refusal::SignedIn, Missing)
)]
pub(crate) async fn unmute(
    State(app): State<App>,
    me: SignedIn<Follows>,
    Path(at): Path<ByTag>,
) -> Result<StatusCode> {
    end(&app, &me, &at, Mark::Muted).await
}

async fn has(app: &App, me: &SignedIn<Read>, at: &ByTag, mark: Mark) -> Result<bool> {
    let mut conn = app.cx.read().await?;
    let found = tag::seen(&mut conn, &at.tag).await?;
    Ok(tag::mark_of(&mut conn, me.caller.id, found.id).await? == Some(mark))
}

async fn put(app: &App, me: &SignedIn<Follows>, at: &ByTag, mark: Mark) -> Result<()> {
    let caller = &me.caller;
    app.cx
        .write(async |tx| tag::mark(tx, caller, &at.tag, mark).await)
        .await?;
    Ok(())
}

async fn end(app: &App, me: &SignedIn<Follows>, at: &ByTag, mark: Mark) -> Result<StatusCode> {
    let caller = &me.caller;
    app.cx
        .write(async |tx| tag::unmark(tx, caller, &at.tag, mark).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
