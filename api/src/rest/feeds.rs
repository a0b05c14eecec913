//! Threads of many boards, newest first.

use axum::extract::State;
use domain::feed;
use web::session::Read;
use web::{App, Paging, Result, SignedIn, Viewer};

use super::list::{List, Listed, Part};
use super::refusal::{self, Fields};
use super::shape::Thread;

/// Threads of the boards and accounts the caller follows
#[utoipa::path(
    get, path = "/feeds/home", tag = "feeds", params(Part), security(("bearer" = ["read"])),
    responses((status = 200, description = "A part of the threads", body = List<Thread>), refusal::SignedIn, Fields)
)]
pub(crate) async fn home(
    State(app): State<App>,
    me: SignedIn<Read>,
    paging: Paging,
) -> Result<Listed<Thread>> {
    let mut conn = app.cx.read().await?;
    let threads = feed::home(&mut conn, &me.caller, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, threads, |thread| {
        Thread::summary(thread, &app.cx.site)
    }))
}

/// Threads of the boards of this node
#[utoipa::path(
    get, path = "/feeds/local", tag = "feeds", params(Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the threads", body = List<Thread>), refusal::Viewer, Fields)
)]
pub(crate) async fn local(
    State(app): State<App>,
    viewer: Viewer,
    paging: Paging,
) -> Result<Listed<Thread>> {
    let mut conn = app.cx.read().await?;
    let threads = feed::local(&mut conn, &viewer.who, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, threads, |thread| {
        Thread::summary(thread, &app.cx.site)
    }))
}

/// All threads held here
#[utoipa::path(
    get, path = "/feeds/all", tag = "feeds", params(Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of the threads", body = List<Thread>), refusal::Viewer, Fields)
)]
pub(crate) async fn all(
    State(app): State<App>,
    viewer: Viewer,
    paging: Paging,
) -> Result<Listed<Thread>> {
    let mut conn = app.cx.read().await?;
    let threads = feed::all(&mut conn, &viewer.who, paging.page.clone()).await?;
    Ok(Listed::new(&app, &paging, threads, |thread| {
        Thread::summary(thread, &app.cx.site)
    }))
}
