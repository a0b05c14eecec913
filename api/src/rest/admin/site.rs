//! What the node says about itself and whom it lets in.

use axum::extract::State;
use domain::site::{self, Makers, Patch};
use serde::Deserialize;
use utoipa::ToSchema;
use web::session::Admin;
use web::{App, Json, Result, SignedIn};

use super::only_admins;
use crate::rest::me::given;
use crate::rest::refusal::{self, Body, Often};
use crate::rest::shape::SiteSettings;

/// Changes to the site; what is not given stays as it is, null goes back to what `stoa.toml` and the environment say.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SitePatch {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 100)]
    name: Option<Option<String>>,
    /// One or two sentences.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    description: Option<Option<String>>,
    /// One by one, each of at most 500 characters.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<String>>, max_items = 50)]
    rules: Option<Option<Vec<String>>>,
    /// Markdown.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 20000)]
    about: Option<Option<String>>,
    /// Markdown.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 20000)]
    privacy: Option<Option<String>>,
    /// How to reach the admins: an address, a link or a handle.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    contact: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Registration>)]
    registration: Option<Option<Registration>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<BoardMakers>)]
    board_makers: Option<Option<BoardMakers>>,
}

/// Whether strangers may make accounts.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RegistrationMode)]
enum Registration {
    /// Anybody may.
    Open,
    /// Only the command line may.
    Closed,
}

/// Who may make boards.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum BoardMakers {
    /// Any account of this node.
    Accounts,
    /// Its moderators and admins.
    Moderators,
    /// Its admins.
    Admins,
}

/// What the node says about itself, and where each value comes from
#[utoipa::path(
    get, path = "/admin/site", tag = "admin", security(("bearer" = ["admin"])),
    responses((status = 200, description = "As it holds now", body = SiteSettings), refusal::SignedIn)
)]
pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn<Admin>,
) -> Result<Json<SiteSettings>> {
    only_admins(&me.caller)?;
    let settings = site::settings(&mut *app.cx.read().await?, &app.cx.site).await?;
    Ok(Json(settings.into()))
}

/// Change what the node says about itself
#[utoipa::path(
    patch, path = "/admin/site", tag = "admin", security(("bearer" = ["admin"])), request_body = SitePatch,
    responses((status = 200, description = "As it holds now", body = SiteSettings), refusal::SignedIn, Body, Often)
)]
pub(crate) async fn change(
    State(app): State<App>,
    me: SignedIn<Admin>,
    Json(asked): Json<SitePatch>,
) -> Result<Json<SiteSettings>> {
    let patch = Patch {
        name: asked.name,
        description: asked.description,
        rules: asked.rules,
        about: asked.about,
        privacy: asked.privacy,
        contact: asked.contact,
        registration: asked.registration.map(|mode| mode.map(Registration::of)),
        makers: asked.board_makers.map(|makers| makers.map(BoardMakers::of)),
    };
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| site::change(tx, caller, patch).await);
    Ok(Json(write.await?.into()))
}

impl Registration {
    fn of(self) -> domain::Registration {
        match self {
            Self::Open => domain::Registration::Open,
            Self::Closed => domain::Registration::Closed,
        }
    }
}

impl BoardMakers {
    fn of(self) -> Makers {
        match self {
            Self::Accounts => Makers::Accounts,
            Self::Moderators => Makers::Moderators,
            Self::Admins => Makers::Admins,
        }
    }
}
