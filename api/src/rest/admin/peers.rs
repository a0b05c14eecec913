//! Servers this node knows, set right by hand.

use axum::extract::State;
use domain::peer;
use http::StatusCode;
use web::session::Admin;
use web::{App, Path, Result, SignedIn};

use crate::rest::path::ByHost;
use crate::rest::refusal::{self, Missing};

/// Have a server tried at once that is being left alone after failures
#[utoipa::path(
    post, path = "/admin/peers/{host}/retry", tag = "admin", params(ByHost), security(("bearer" = ["admin"])),
    responses((status = 204, description = "It is tried as soon as something waits for it"), refusal::SignedIn, Missing)
)]
pub(crate) async fn retry(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Path(at): Path<ByHost>,
) -> Result<StatusCode> {
    let host = at.host.to_ascii_lowercase();
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| peer::retry(tx, caller, &host).await);
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}
