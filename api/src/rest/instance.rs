//! `GET /instance`.

use axum::extract::State;
use domain::{account, site};
use web::{App, Json, Result};

use super::shape::Instance;

/// The node: who it is, what it takes, what it holds
#[utoipa::path(
    get, path = "/instance", tag = "instance",
    responses((status = 200, description = "The node", body = Instance))
)]
pub(crate) async fn show(State(app): State<App>) -> Result<Json<Instance>> {
    let mut conn = app.cx.read().await?;
    let counts = account::counts(&mut conn).await?;
    let settings = site::settings(&mut conn, &app.cx.site).await?;
    Ok(Json(Instance::of(&app, settings, counts)))
}
