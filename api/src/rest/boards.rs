//! Boards and their threads.

use axum::extract::State;
use domain::board::{self, Draft, Patch};
use domain::{Denial, Error};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web::session::{Moderate, Write};
use web::{App, Json, Paging, Path, Query, Result, SignedIn, Viewer};

use super::Created;
use super::id::Id;
use super::list::{List, Listed, Part};
use super::me::given;
use super::path::ByBoard;
use super::refusal::{self, Body, Clash, Fields, Missing, Often};
use super::shape::{Board, Posting, Thread};

/// Which boards, in which order.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Boards {
    /// `local` when not given.
    #[serde(default)]
    #[param(inline)]
    scope: Scope,
    /// `activity` when not given.
    #[serde(default)]
    #[param(inline)]
    sort: Order,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Scope {
    /// Those of this node.
    #[default]
    Local,
    /// Those the caller follows, or asked to.
    Followed,
    /// All that are known here.
    Known,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    /// Last posted on first.
    #[default]
    Activity,
    /// By name.
    Name,
    /// Newest first.
    New,
}

/// Threads in which order.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Threads {
    /// `bump` when not given.
    #[serde(default)]
    #[param(inline)]
    sort: Sort,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Sort {
    /// Pinned first, then last raised first.
    #[default]
    Bump,
    /// Newest first.
    New,
    /// Most replies first.
    Replies,
    /// Most likes first.
    Votes,
}

/// A new board.
#[derive(Deserialize, ToSchema)]
pub(crate) struct BoardDraft {
    /// Letters a to z, digits and `_`.
    #[schema(max_length = 30, example = "art")]
    name: String,
    #[serde(default)]
    #[schema(max_length = 100)]
    title: String,
    /// Markdown.
    #[serde(default)]
    #[schema(max_length = 5000)]
    description: String,
    #[serde(default)]
    #[schema(max_length = 10000)]
    rules: String,
    #[serde(default)]
    settings: SettingsPatch,
}

/// Changes to a board; what is not given stays as it is.
#[derive(Deserialize, ToSchema)]
pub(crate) struct BoardPatch {
    #[schema(max_length = 100)]
    title: Option<String>,
    /// Markdown.
    #[schema(max_length = 5000)]
    description: Option<String>,
    #[schema(max_length = 10000)]
    rules: Option<String>,
    /// An uploaded picture; null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    avatar: Option<Option<Id>>,
    /// An uploaded picture; null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    banner: Option<Option<Id>>,
    /// Whether it stands before the others; only admins change it, of up to twelve boards.
    featured: Option<bool>,
    #[serde(default)]
    settings: SettingsPatch,
}

/// How a board works; what is not given is as usual, or stays as it is.
#[derive(Default, Deserialize, ToSchema)]
struct SettingsPatch {
    /// Whether it is not for every eye.
    nsfw: Option<bool>,
    /// Whether posts may be disliked.
    dislikes: Option<bool>,
    /// Whether pictures need an alternative text.
    require_alt: Option<bool>,
    /// Replies that raise a thread; later ones do not.
    bump_limit: Option<i64>,
    posting: Option<Posting>,
}

/// Boards
#[utoipa::path(
    get, path = "/boards", tag = "boards", params(Boards, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the boards", body = List<Board>), refusal::Viewer, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Boards>,
    paging: Paging,
) -> Result<Listed<Board>> {
    let scope = match asked.scope {
        Scope::Local => board::Scope::Local,
        Scope::Followed => board::Scope::Followed,
        Scope::Known => board::Scope::Known,
    };
    if scope == board::Scope::Followed && viewer.who.caller().is_none() {
        return Err(Error::Denied(Denial::SignedOut).into());
    }
    let order = match asked.sort {
        Order::Activity => board::Order::Activity,
        Order::Name => board::Order::Name,
        Order::New => board::Order::New,
    };
    let mut conn = app.cx.read().await?;
    let boards = board::list(&mut conn, scope, order, &viewer.who, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, boards, |board| {
        Board::of(board, &app.cx.site)
    }))
}

/// Make a board
#[utoipa::path(
    post, path = "/boards", tag = "boards", security(("bearer" = ["write"])), request_body = BoardDraft,
    responses(
        (status = 201, description = "The board", body = Board, headers(("Location" = String, description = "Address of the board"))),
        refusal::SignedIn, Body, Clash, Often
    )
)]
pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn<Write>,
    Json(asked): Json<BoardDraft>,
) -> Result<Created<Board>> {
    let usual = board::Settings::default();
    let settings = asked.settings;
    let draft = Draft {
        name: asked.name,
        title: asked.title,
        about: asked.description,
        rules: asked.rules,
        settings: board::Settings {
            nsfw: settings.nsfw.unwrap_or(usual.nsfw),
            dislikes: settings.dislikes.unwrap_or(usual.dislikes),
            require_alt: settings.require_alt.unwrap_or(usual.require_alt),
            bump_limit: settings.bump_limit.unwrap_or(usual.bump_limit),
            posting: settings.posting.map_or(usual.posting, Into::into),
        },
    };
    let keys = federation::key_pair().await?;
    let caller = &me.caller;
    let made = app
        .cx
        .write(async |tx| board::create(tx, caller, draft, keys).await)
        .await?;
    Ok(Created {
        location: format!("/boards/{}", made.name),
        thing: Board::of(&made, &app.cx.site),
    })
}

/// One board
#[utoipa::path(
    get, path = "/boards/{board}", tag = "boards", params(ByBoard), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The board", body = Board), refusal::Viewer, Missing)
)]
pub(crate) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByBoard>,
) -> Result<Json<Board>> {
    let handle = at.board(&app.cx.site)?;
    let board = board::find(&mut *app.cx.read().await?, &handle, &viewer.who).await?;
    Ok(Json(Board::of(&board, &app.cx.site)))
}

/// Change a board of this node; its moderators may
#[utoipa::path(
    patch, path = "/boards/{board}", tag = "boards", params(ByBoard), security(("bearer" = ["moderate"])), request_body = BoardPatch,
    responses((status = 200, description = "The board as it is now", body = Board), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn update(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ByBoard>,
    Json(asked): Json<BoardPatch>,
) -> Result<Json<Board>> {
    let handle = at.board(&app.cx.site)?;
    let picture = |id: Option<Option<Id>>| id.map(|id| id.map(|id| id.0));
    let settings = asked.settings;
    let patch = Patch {
        title: asked.title,
        about: asked.description,
        rules: asked.rules,
        nsfw: settings.nsfw,
        dislikes: settings.dislikes,
        require_alt: settings.require_alt,
        bump_limit: settings.bump_limit,
        posting: settings.posting.map(Into::into),
        featured: asked.featured,
        avatar: picture(asked.avatar),
        banner: picture(asked.banner),
    };
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| board::update(tx, caller, &handle, patch).await);
    let board = write.await?;
    Ok(Json(Board::of(&board, &app.cx.site)))
}

/// Threads of a board with their last replies
#[utoipa::path(
    get, path = "/boards/{board}/threads", tag = "boards", params(ByBoard, Threads, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of its threads", body = List<Thread>), refusal::Viewer, Missing, Fields)
)]
pub(crate) async fn threads(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByBoard>,
    Query(asked): Query<Threads>,
    paging: Paging,
) -> Result<Listed<Thread>> {
    let handle = at.board(&app.cx.site)?;
    let (sort, page) = (asked.sort.into(), paging.page.clone());
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &viewer.who).await?;
    let threads = board::threads(&mut conn, &board, sort, &viewer.who, page).await?;
    Ok(Listed::new(&app, &paging, threads, |thread| {
        Thread::summary(thread, &app.cx.site)
    }))
}

/// Threads of a board, only their opening posts
#[utoipa::path(
    get, path = "/boards/{board}/catalog", tag = "boards", params(ByBoard, Threads, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of its threads", body = List<Thread>), refusal::Viewer, Missing, Fields)
)]
pub(crate) async fn catalog(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByBoard>,
    Query(asked): Query<Threads>,
    paging: Paging,
) -> Result<Listed<Thread>> {
    let handle = at.board(&app.cx.site)?;
    let (sort, page) = (asked.sort.into(), paging.page.clone());
    let mut conn = app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &viewer.who).await?;
    let threads = board::catalog(&mut conn, &board, sort, &viewer.who, page).await?;
    Ok(Listed::new(&app, &paging, threads, |thread| {
        Thread::summary(thread, &app.cx.site)
    }))
}

impl From<Sort> for board::Sort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Bump => Self::Bump,
            Sort::New => Self::New,
            Sort::Replies => Self::Replies,
            Sort::Votes => Self::Votes,
        }
    }
}
