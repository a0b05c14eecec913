//! The caller's own account.

use axum::extract::State;
use domain::account::{self, Profile};
use http::StatusCode;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use web::session::{Read, Write};
use web::{App, Json, Result, SignedIn};

use super::id::Id;
use super::refusal::{self, Body, Often};
use super::shape::{Field, Me};

/// Changes to a profile; what is not given stays as it is.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ProfilePatch {
    #[schema(max_length = 100)]
    display_name: Option<String>,
    /// Markdown.
    #[schema(max_length = 5000)]
    bio: Option<String>,
    /// An uploaded picture; null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    avatar: Option<Option<Id>>,
    /// An uploaded picture; null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    banner: Option<Option<Id>>,
    /// All fields.
    #[schema(max_items = 8)]
    fields: Option<Vec<Field>>,
}

/// Another password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasswordChange {
    /// The password until now.
    current: String,
    #[schema(min_length = 10, max_length = 200)]
    new: String,
}

/// The caller's own account
#[utoipa::path(
    get, path = "/accounts/me", tag = "accounts", security(("bearer" = ["read"])),
    responses((status = 200, description = "The account", body = Me), refusal::SignedIn)
)]
pub(crate) async fn show(State(app): State<App>, me: SignedIn<Read>) -> Result<Json<Me>> {
    let account = account::by_id(&mut *app.cx.read().await?, me.caller.id).await?;
    Ok(Json(Me::of(&account, &me.session, &app.cx.site)))
}

/// Change the caller's profile
#[utoipa::path(
    patch, path = "/accounts/me", tag = "accounts", security(("bearer" = ["write"])), request_body = ProfilePatch,
    responses((status = 200, description = "The account as it is now", body = Me), refusal::SignedIn, Body, Often)
)]
pub(crate) async fn update(
    State(app): State<App>,
    me: SignedIn<Write>,
    Json(asked): Json<ProfilePatch>,
) -> Result<Json<Me>> {
    let picture = |id: Option<Option<Id>>| id.map(|id| id.map(|id| id.0));
    let pairs = |fields: Vec<Field>| {
        fields
            .into_iter()
            .map(|field| (field.name, field.value))
            .collect()
    };
    let profile = Profile {
        title: asked.display_name,
        about: asked.bio,
        avatar: picture(asked.avatar),
        banner: picture(asked.banner),
        fields: asked.fields.map(pairs),
    };
    let caller = &me.caller;
    let write = app
        .cx
        .write(async |tx| account::update(tx, caller, profile).await);
    let account = write.await?;
    Ok(Json(Me::of(&account, &me.session, &app.cx.site)))
}

/// Change the caller's password; all other sessions end
#[utoipa::path(
    put, path = "/accounts/me/password", tag = "accounts", security(("bearer" = ["write"])), request_body = PasswordChange,
    responses((status = 204, description = "It is changed"), refusal::SignedIn, Body, Often)
)]
pub(crate) async fn set_password(
    State(app): State<App>,
    me: SignedIn<Write>,
    Json(asked): Json<PasswordChange>,
) -> Result<StatusCode> {
    let PasswordChange { current, new } = asked;
    account::set_password(&app.cx, &me.caller, current, new, me.session.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells a field that is null from one that is not there.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
