//! What admins did.

use axum::extract::State;
use domain::audit;
use web::session::Admin;
use web::{App, Paging, Result, SignedIn};

use super::only_admins;
use crate::rest::list::{List, Listed, Part};
use crate::rest::refusal::{self, Fields};
use crate::rest::shape::AuditEntry;

/// What admins did, newest first
#[utoipa::path(
    get, path = "/admin/audit", tag = "admin", params(Part), security(("bearer" = ["admin"])),
    responses((status = 200, description = "A part of it", body = List<AuditEntry>), refusal::SignedIn, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn<Admin>,
    paging: Paging,
) -> Result<Listed<AuditEntry>> {
    only_admins(&me.caller)?;
    let mut conn = app.cx.read().await?;
    let found = audit::list(&mut conn, paging.page.clone()).await?;
    let site = app.cx.site.clone();
    Ok(Listed::new(&app, &paging, found, |entry| {
        AuditEntry::of(entry, &site)
    }))
}
