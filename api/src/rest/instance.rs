//! `GET /instance`.

use axum::extract::State;
use domain::account;
use web::{App, Json, Result};

use super::shape::Instance;

/// The node: who it is, what it takes, what it holds
#[utoipa::path(
    get, path = "/instance", tag = "instance",
    responses((status = 200, description = "The node", body = Instance))
)]
pub(crate) async fn show(State(app): State<App>) -> Result<Json<Instance>> {
    let counts = account::counts(&mut *app.cx.read().await?).await?;
    Ok(Json(Instance::of(&app, counts)))
}
