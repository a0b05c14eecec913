//! What admins decide about accounts, servers and pictures.

use axum::extract::State;
use domain::{account, peer};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::session::Admin;
use web::{App, Json, Path, Result, SignedIn};

use crate::rest::path::{ByHost, ByName, BySha};
use crate::rest::refusal::{self, Body, Missing, Often};
use crate::rest::shape::{Account, Peer};

/// Whether an account may act.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Standing {
    /// As usual.
    Active,
    /// It is signed out, and nothing it writes is taken.
    Suspended,
}

/// What is decided about an account.
#[derive(Deserialize, ToSchema)]
pub(crate) struct AccountDecision {
    state: Standing,
    /// For the public log; a suspension needs one.
    #[serde(default)]
    #[schema(max_length = 1000)]
    reason: String,
}

/// Whether a server is welcome.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PeerPolicy {
    /// As usual.
    Open,
    /// Nothing of it is taken, shown or served, and nothing is sent to it.
    Suspended,
}

/// What is decided about a server.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PeerDecision {
    policy: PeerPolicy,
    /// For the public log; a suspension needs one.
    #[serde(default)]
    #[schema(max_length = 1000)]
    reason: String,
}

/// Why a picture is purged.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PurgeReason {
    /// For the public log and the tombstones.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// What a purge did.
#[derive(Serialize, ToSchema)]
pub(crate) struct Purged {
    /// Posts that were removed.
    posts: usize,
}

/// Suspend an account, here or elsewhere, or let it act again; admins may
#[utoipa::path(
    put, path = "/admin/accounts/{name}", tag = "admin", params(ByName), security(("bearer" = ["admin"])), request_body = AccountDecision,
    responses((status = 200, description = "The account as it is now", body = Account), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn decide_account(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Path(at): Path<ByName>,
    Json(asked): Json<AccountDecision>,
) -> Result<Json<Account>> {
    let name = at.name(&app.cx.site)?;
    let id = account::find(&mut *app.cx.read().await?, &name).await?.id;
    let (caller, reason) = (&me.caller, &asked.reason);
    let write = app.cx.write(async |tx| match asked.state {
        Standing::Active => account::reinstate(tx, caller, id, reason).await,
        Standing::Suspended => account::suspend(tx, caller, id, reason).await,
    });
    write.await?;
    let found = account::by_id(&mut *app.cx.read().await?, id).await?;
    Ok(Json(Account::of(&found, &app.cx.site)))
}

/// Suspend a server, also an unknown one, or open it again; admins may
#[utoipa::path(
    put, path = "/admin/peers/{host}", tag = "admin", params(ByHost), security(("bearer" = ["admin"])), request_body = PeerDecision,
    responses((status = 200, description = "The server as it is now", body = Peer), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn decide_peer(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Path(at): Path<ByHost>,
    Json(asked): Json<PeerDecision>,
) -> Result<Json<Peer>> {
    let policy = match asked.policy {
        PeerPolicy::Open => peer::Policy::Open,
        PeerPolicy::Suspended => peer::Policy::Suspended,
    };
    let (caller, reason) = (&me.caller, &asked.reason);
    let write = app
        .cx
        .write(async |tx| peer::set_policy(tx, caller, &at.host, policy, reason).await);
    write.await?;
    let host = at.host.trim().to_ascii_lowercase();
    let found = peer::find(&mut *app.cx.read().await?, &host).await?;
    let found = found.ok_or(domain::Error::Missing(domain::Noun::Peer))?;
    Ok(Json(Peer::in_full(&found, app.cx.now())))
}

/// Purge a picture: its posts are removed, its files go, and it is not taken again; admins may
#[utoipa::path(
    delete, path = "/admin/media/{sha256}", tag = "admin", params(BySha), security(("bearer" = ["admin"])), request_body = PurgeReason,
    responses((status = 200, description = "What was done", body = Purged), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn purge_media(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Path(at): Path<BySha>,
    Json(asked): Json<PurgeReason>,
) -> Result<Json<Purged>> {
    let posts = web::picture::purge(&app, &me.caller, &at.sha256, &asked.reason).await?;
    Ok(Json(Purged { posts }))
}
