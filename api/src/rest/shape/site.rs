//! What a node says about itself, as its admins set it.

use domain::site;
use serde::Serialize;
use utoipa::ToSchema;

/// What a node says about itself, for its admins.
#[derive(Serialize, ToSchema)]
pub(crate) struct SiteSettings {
    name: String,
    description: String,
    rules: Vec<String>,
    /// Markdown.
    about: String,
    /// Markdown.
    privacy: String,
    contact: String,
    /// `open` or `closed`.
    registration: &'static str,
    /// `accounts`, `moderators` or `admins` of this server.
    board_makers: &'static str,
    /// The fields that were saved here; the others are as `stoa.toml` and the environment say.
    saved: Vec<&'static str>,
}

impl From<site::Settings> for SiteSettings {
    fn from(settings: site::Settings) -> Self {
        Self {
            saved: settings.saved.iter().map(|field| field.name()).collect(),
            name: settings.name,
            description: settings.description,
            rules: settings.rules,
            about: settings.about,
            privacy: settings.privacy,
            contact: settings.contact,
            registration: settings.registration.name(),
            board_makers: settings.makers.name(),
        }
    }
}
