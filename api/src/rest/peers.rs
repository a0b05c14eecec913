//! The servers this node knows, for everybody to see; admins see more.

use axum::extract::State;
use domain::page::Slice;
use domain::{Error, Noun, peer};
use web::{App, Json, Paging, Path, Result, Viewer};

use super::list::{List, Listed, Part};
use super::path::ByHost;
use super::refusal::{self, Fields, Missing};
use super::shape::Peer;

/// Known servers by name; only forwards
#[utoipa::path(
    get, path = "/peers", tag = "instance", params(Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of them", body = List<Peer>), refusal::Viewer, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    paging: Paging,
) -> Result<Listed<Peer>> {
    if paging.page.before.is_some() {
        let detail = "This list goes forwards only; use after.";
        return Err(Error::invalid("before", "unsupported", detail).into());
    }
    let after = paging
        .page
        .after
        .as_ref()
        .map_or("", |cursor| cursor.as_str());
    let limit = paging.page.limit;
    let mut peers = peer::list(&mut *app.cx.read().await?, after, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = peers.len() > shown;
    peers.truncate(shown);
    let last = peers.last().map(|peer| peer.host.clone());
    let slice = Slice {
        items: peers,
        next: last.filter(|_| more),
        prev: None,
    };
    let now = app.cx.now();
    let shape = if viewer.is_admin() {
        Peer::in_full
    } else {
        Peer::of
    };
    Ok(Listed::new(&app, &paging, slice, |peer| shape(peer, now)))
}

/// One server
#[utoipa::path(
    get, path = "/peers/{host}", tag = "instance", params(ByHost), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The server", body = Peer), refusal::Viewer, Missing)
)]
pub(crate) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ByHost>,
) -> Result<Json<Peer>> {
    let host = at.host.to_ascii_lowercase();
    let found = peer::find(&mut *app.cx.read().await?, &host).await?;
    let found = found.ok_or(Error::Missing(Noun::Peer))?;
    let shape = if viewer.is_admin() {
        Peer::in_full
    } else {
        Peer::of
    };
    Ok(Json(shape(&found, app.cx.now())))
}
