//! Accounts as admins look for them, and their roles.

use axum::extract::State;
use domain::account::{self, Filter};
use http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web::session::Admin;
use web::{App, Json, Paging, Path, Query, Result, SignedIn};

use super::only_admins;
use crate::rest::list::{List, Listed, Part};
use crate::rest::path::ByName;
use crate::rest::refusal::{self, Body, Clash, Fields, Missing};
use crate::rest::shape::AdminAccount;

/// Which accounts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Accounts {
    /// With `here`: the beginning of a name, or `name@host` for those of another server. With `elsewhere`: the
    /// beginning of a host. Ignored otherwise.
    #[serde(default)]
    q: String,
    /// `here` when not given.
    #[serde(default)]
    #[param(inline)]
    show: Show,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Show {
    /// Those of this node, by name.
    #[default]
    Here,
    /// Those of other servers, by host and name.
    Elsewhere,
    /// Those that run the node.
    Admins,
    /// Those that moderate all of its boards.
    Moderators,
    /// Those that may not act here, wherever they live.
    Suspended,
}

/// Another role.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RoleChange {
    role: Role,
    /// Other admins read it in the audit log.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// What an account may do on this node as a whole.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Role {
    /// Reads and posts.
    Member,
    /// Moderates every board of this node.
    Moderator,
    /// Runs the node.
    Admin,
}

/// Accounts here and elsewhere
#[utoipa::path(
    get, path = "/admin/accounts", tag = "admin", params(Accounts, Part), security(("bearer" = ["admin"])),
    responses((status = 200, description = "A part of them", body = List<AdminAccount>), refusal::SignedIn, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Query(asked): Query<Accounts>,
    paging: Paging,
) -> Result<Listed<AdminAccount>> {
    only_admins(&me.caller)?;
    let filter = match asked.show {
        Show::Here => Filter::typed(&asked.q, &app.cx.site),
        Show::Elsewhere => Filter::Elsewhere {
            prefix: asked.q.trim().trim_start_matches('@').to_ascii_lowercase(),
        },
        Show::Admins => Filter::Role(domain::Role::Admin),
        Show::Moderators => Filter::Role(domain::Role::Moderator),
        Show::Suspended => Filter::Suspended,
    };
    let mut conn = app.cx.read().await?;
    let found = account::directory(&mut conn, &filter, paging.page.clone()).await?;
    let site = app.cx.site.clone();
    Ok(Listed::new(&app, &paging, found, |entry| {
        AdminAccount::of(entry, &site)
    }))
}

/// Give an account of this node another role; its open sessions have it at once
#[utoipa::path(
    put, path = "/admin/accounts/{name}/role", tag = "admin", params(ByName), security(("bearer" = ["admin"])), request_body = RoleChange,
    responses((status = 204, description = "It has the role"), refusal::SignedIn, Missing, Clash, Body)
)]
pub(crate) async fn appoint(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Path(at): Path<ByName>,
    Json(asked): Json<RoleChange>,
) -> Result<StatusCode> {
    only_admins(&me.caller)?;
    let handle = at.name(&app.cx.site)?;
    let found = account::find(&mut *app.cx.read().await?, &handle).await?;
    let role = match asked.role {
        Role::Member => domain::Role::Member,
        Role::Moderator => domain::Role::Moderator,
        Role::Admin => domain::Role::Admin,
    };
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| account::appoint(tx, caller, found.id, role, &asked.reason).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}
