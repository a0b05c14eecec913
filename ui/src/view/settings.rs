//! The pages below `/settings`.

use askama::Template;
use domain::preference::Conduct;

use super::{Faults, Kept, Section, Shell, Tab, When};

/// One of several things to choose.
#[derive(Clone, Debug)]
pub(crate) struct SettingsChoice {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) chosen: bool,
}

/// A picture of the profile.
pub(crate) struct SettingsPicture {
    pub(crate) slot: usize,
    pub(crate) what: &'static str,
    /// The one that is shown now.
    pub(crate) shown: Option<String>,
    /// One that was uploaded before and waits for the rest of the form.
    pub(crate) kept: Option<Kept>,
    pub(crate) fault: Option<String>,
}

/// `/settings/profile`
#[derive(Template)]
#[template(path = "pages/settings/profile.html")]
pub(crate) struct SettingsProfile {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) title: String,
    pub(crate) about: String,
    /// As many as there may be.
    pub(crate) fields: Vec<(String, String)>,
    /// The avatar and the banner.
    pub(crate) pictures: Vec<SettingsPicture>,
    pub(crate) accept_words: String,
    pub(crate) title_limit: usize,
    pub(crate) about_limit: usize,
    pub(crate) field_limit: usize,
    pub(crate) saved: bool,
    pub(crate) profile: String,
    pub(crate) faults: Faults,
}

/// `/settings/account`
#[derive(Template)]
#[template(path = "pages/settings/account.html")]
pub(crate) struct SettingsAccount {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) name: String,
    pub(crate) password_least: usize,
    pub(crate) saved: bool,
    pub(crate) faults: Faults,
}

/// Where somebody is signed in.
pub(crate) struct SessionLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// What a program may do; `None` for browsers.
    pub(crate) kind: Option<String>,
    pub(crate) since: When,
    pub(crate) used: When,
    pub(crate) current: bool,
}

/// `/settings/sessions`
#[derive(Template)]
#[template(path = "pages/settings/sessions.html")]
pub(crate) struct SettingsSessions {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    /// This one first.
    pub(crate) lines: Vec<SessionLine>,
    pub(crate) saved: bool,
}

/// A palette to choose, with its four colours.
pub(crate) struct PaletteChoice {
    pub(crate) value: &'static str,
    pub(crate) name: &'static str,
    pub(crate) colours: [String; 4],
    pub(crate) chosen: bool,
}

/// One of four colours.
pub(crate) struct ColourField {
    pub(crate) name: String,
    pub(crate) label: &'static str,
    pub(crate) value: String,
}

/// A contrast.
pub(crate) struct ReadingLine {
    pub(crate) what: &'static str,
    pub(crate) ratio: String,
    pub(crate) least: String,
    pub(crate) enough: bool,
}

/// The palette of light pages, or that of dark ones.
pub(crate) struct PaletteSide {
    /// `light` or `dark`.
    pub(crate) key: &'static str,
    pub(crate) legend: &'static str,
    pub(crate) choices: Vec<PaletteChoice>,
    pub(crate) fields: Vec<ColourField>,
    pub(crate) readings: Vec<ReadingLine>,
    /// Whether it cannot be read.
    pub(crate) weak: bool,
    pub(crate) fault: Option<String>,
}

/// `/settings/appearance`
#[derive(Template)]
#[template(path = "pages/settings/appearance.html")]
pub(crate) struct SettingsAppearance {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) schemes: Vec<SettingsChoice>,
    pub(crate) sizes: Vec<SettingsChoice>,
    pub(crate) sides: Vec<PaletteSide>,
    pub(crate) saved: bool,
    pub(crate) faults: Faults,
}

impl SettingsAppearance {
    /// Whether one of the palettes cannot be read.
    pub(crate) fn is_weak(&self) -> bool {
        self.sides.iter().any(|side| side.weak)
    }
}

/// `/settings/content`
#[derive(Template)]
#[template(path = "pages/settings/content.html")]
pub(crate) struct SettingsContent {
    pub(crate) shell: Shell,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) conduct: Conduct,
    pub(crate) homes: Vec<SettingsChoice>,
    pub(crate) saved: bool,
    pub(crate) faults: Faults,
}
