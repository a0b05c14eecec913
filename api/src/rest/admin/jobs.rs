//! The work that waits or was given up.

use axum::extract::State;
use domain::job;
use http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use web::session::Admin;
use web::{App, Json, Paging, Path, Query, Result, SignedIn};

use super::{Because, only_admins};
use crate::rest::list::{List, Listed, Part};
use crate::rest::path::ById;
use crate::rest::refusal::{self, Body, Clash, Fields, Missing};
use crate::rest::shape::{Job, Queue};

/// Which jobs.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Jobs {
    /// Those that wait in this queue, the first to run first; without it those of all queues that were given up,
    /// the newest first.
    queue: Option<String>,
}

/// Jobs that were given up, or that wait in a queue
#[utoipa::path(
    get, path = "/admin/jobs", tag = "admin", params(Jobs, Part), security(("bearer" = ["admin"])),
    responses((status = 200, description = "A part of them", body = List<Job>), refusal::SignedIn, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Query(asked): Query<Jobs>,
    paging: Paging,
) -> Result<Listed<Job>> {
    only_admins(&me.caller)?;
    let mut conn = app.cx.read().await?;
    let page = paging.page.clone();
    let found = match asked.queue.as_deref().filter(|queue| !queue.is_empty()) {
        Some(queue) => job::waiting(&mut conn, queue, page).await?,
        None => job::given_up(&mut conn, page).await?,
    };
    let now = app.cx.now();
    Ok(Listed::new(&app, &paging, found, |job| Job::of(job, now)))
}

/// How full each queue is that holds anything
#[utoipa::path(
    get, path = "/admin/queues", tag = "admin", security(("bearer" = ["admin"])),
    responses((status = 200, description = "All of them, by name", body = List<Queue>), refusal::SignedIn)
)]
pub(crate) async fn queues(
    State(app): State<App>,
    me: SignedIn<Admin>,
) -> Result<Json<List<Queue>>> {
    only_admins(&me.caller)?;
    let queues = job::queues(&mut *app.cx.read().await?).await?;
    let now = app.cx.now();
    let shaped = queues.iter().map(|queue| Queue::of(queue, now));
    Ok(Json(List::whole(shaped.collect())))
}

/// Have a job run at once, as if it had never been tried
#[utoipa::path(
    post, path = "/admin/jobs/{id}/retry", tag = "admin", params(ById), security(("bearer" = ["admin"])),
    responses((status = 200, description = "The job as it stands now", body = Job), refusal::SignedIn, Missing, Clash)
)]
pub(crate) async fn retry(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Path(at): Path<ById>,
) -> Result<Json<Job>> {
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| job::retry(tx, caller, at.id.0).await);
    Ok(Json(Job::of(&write.await?, app.cx.now())))
}

/// Throw a job away for good
#[utoipa::path(
    delete, path = "/admin/jobs/{id}", tag = "admin", params(ById), security(("bearer" = ["admin"])), request_body = Because,
    responses((status = 204, description = "It is gone"), refusal::SignedIn, Missing, Clash, Body)
)]
pub(crate) async fn discard(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Path(at): Path<ById>,
    Json(why): Json<Because>,
) -> Result<StatusCode> {
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| job::discard(tx, caller, at.id.0, &why.reason).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}
