//! Reports: made by everybody who is signed in, decided by moderators and admins.

use axum::extract::State;
use domain::report::{self, Decision, Draft, Target};
use domain::{Error, Handle, Noun, Site, account};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::session::{Moderate, Write};
use web::{App, Json, Paging, Path, Query, Result, SignedIn};

use super::id::Id;
use super::list::{List, Listed, Part};
use super::path::ById;
use super::refusal::{self, Body, Fields, Gone, Missing, Often};
use super::shape::{Report, ReportState};

/// A report: of a post, or of an account as such.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ReportDraft {
    /// The post.
    post: Option<Id>,
    /// The account, `anna` here, `anna@example.org` elsewhere; instead of a post.
    account: Option<String>,
    /// What is wrong with it.
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
    /// Whether the servers of the author and of the board shall hear of it too; they are not told who reports.
    #[serde(default)]
    forward: bool,
}

/// A report that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct Filed {
    id: Id,
}

/// Which reports.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Reports {
    /// `open` when not given.
    #[serde(default)]
    #[param(inline)]
    state: ReportState,
}

/// What is decided; what is not given stays as it is.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ReportDecision {
    state: Option<ReportState>,
    /// For the others who decide.
    #[schema(max_length = 1000)]
    note: Option<String>,
    /// Whether the servers of the author and of the board are told now; they are told once.
    #[serde(default)]
    forward: bool,
}

/// Report a post or an account
#[utoipa::path(
    post, path = "/reports", tag = "moderation", security(("bearer" = ["write"])), request_body = ReportDraft,
    responses((status = 201, description = "The report", body = Filed), refusal::SignedIn, Gone, Body, Often)
)]
pub(crate) async fn submit(
    State(app): State<App>,
    me: SignedIn<Write>,
    Json(asked): Json<ReportDraft>,
) -> Result<(StatusCode, Json<Filed>)> {
    let target = match (asked.post, asked.account) {
        (Some(post), None) => Target::Post(post.0),
        (None, Some(name)) => {
            let handle = named(&name, &app.cx.site)?;
            let mut conn = app.cx.read().await?;
            Target::Account(account::find(&mut conn, &handle).await?.id)
        }
        _ => {
            let detail = "Name a post or an account, not both.";
            return Err(Error::invalid("post", "required", detail).into());
        }
    };
    let draft = Draft {
        target,
        reason: asked.reason,
        forward: asked.forward,
    };
    let caller = &me.caller;
    let id = app
        .cx
        .write(async |tx| report::submit(tx, caller, draft).await)
        .await?;
    Ok((StatusCode::CREATED, Json(Filed { id: Id(id) })))
}

/// Reports the caller decides about, newest first: moderators those of their boards, admins all
#[utoipa::path(
    get, path = "/admin/reports", tag = "admin", params(Reports, Part), security(("bearer" = ["moderate"])),
    responses((status = 200, description = "A part of the reports", body = List<Report>), refusal::SignedIn, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Query(asked): Query<Reports>,
    paging: Paging,
) -> Result<Listed<Report>> {
    let mut conn = app.cx.read().await?;
    let (state, page) = (asked.state.into(), paging.page.clone());
    let reports = report::list(&mut conn, &me.caller, state, page).await?;
    Ok(Listed::new(&app, &paging, reports, |report| {
        Report::of(report, &app.cx.site)
    }))
}

/// One report
#[utoipa::path(
    get, path = "/admin/reports/{id}", tag = "admin", params(ById), security(("bearer" = ["moderate"])),
    responses((status = 200, description = "The report", body = Report), refusal::SignedIn, Missing)
)]
pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ById>,
) -> Result<Json<Report>> {
    let mut conn = app.cx.read().await?;
    let found = report::find(&mut conn, &me.caller, at.id.0).await?;
    Ok(Json(Report::of(&found, &app.cx.site)))
}

/// Decide about a report, or forward it to the servers of what it is about
#[utoipa::path(
    put, path = "/admin/reports/{id}", tag = "admin", params(ById), security(("bearer" = ["moderate"])), request_body = ReportDecision,
    responses((status = 200, description = "The report as it is now", body = Report), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn decide(
    State(app): State<App>,
    me: SignedIn<Moderate>,
    Path(at): Path<ById>,
    Json(asked): Json<ReportDecision>,
) -> Result<Json<Report>> {
    let decision = Decision {
        state: asked.state.map(Into::into),
        note: asked.note,
        forward: asked.forward,
    };
    let (caller, id) = (&me.caller, at.id.0);
    app.cx
        .write(async |tx| report::decide(tx, caller, id, decision).await)
        .await?;
    let mut conn = app.cx.read().await?;
    let found = report::find(&mut conn, caller, id).await?;
    Ok(Json(Report::of(&found, &app.cx.site)))
}

fn named(name: &str, site: &Site) -> Result<Handle, Error> {
    Handle::parse(name, site).ok_or(Error::Missing(Noun::Account))
}
