//! How somebody likes the pages: how they look, and how what is on them behaves.
//!
//! Nobody but the account itself sees these. Two forms save two parts of one row, each without touching the other.

mod find;
mod save;

use crate::palette::{PRESETS, Palette};

pub use find::of;
pub use save::{set_conduct, set_look};

pub(crate) use find::auto_watch;

/// Everything somebody chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// How pages look.
    pub look: Look,
    /// How they behave.
    pub conduct: Conduct,
}

/// Which of the two palettes is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// The one the system asks for.
    #[default]
    Auto,
    /// Always the light one.
    Light,
    /// Always the dark one.
    Dark,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name in forms and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The scheme of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }
}

/// How pages look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Which palette is shown.
    pub scheme: Scheme,
    /// The light one, where it is not the site's own.
    pub light: Option<Palette>,
    /// The dark one, where it is not the site's own.
    pub dark: Option<Palette>,
    /// Sixteenths of the browser's own size; one of [`TEXT_SIZES`].
    pub text_size: i16,
}

/// What [`Look::text_size`] may be: 87.5 to 150 %.
pub const TEXT_SIZES: [i16; 8] = [14, 15, 16, 17, 18, 20, 22, 24];
/// The size of people who never chose.
pub const TEXT_SIZE: i16 = 16;

impl Default for Look {
    fn default() -> Self {
        Self {
            scheme: Scheme::Auto,
            light: None,
            dark: None,
            text_size: TEXT_SIZE,
        }
    }
}

impl Look {
    /// The light palette that is shown.
    pub fn light(&self) -> Palette {
        self.light.unwrap_or(PRESETS[0].palette)
    }

    /// The dark palette that is shown.
    pub fn dark(&self) -> Palette {
        self.dark.unwrap_or(PRESETS[1].palette)
    }
}

/// What the first page shows when it is not asked for anything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Home {
    /// Everything known here.
    #[default]
    All,
    /// What is followed.
    Following,
    /// What is on boards of this node.
    Local,
}

impl Home {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::All, Self::Following, Self::Local];

    /// Its name in addresses, forms and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Following => "following",
            Self::Local => "local",
        }
    }

    /// The home of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|home| home.name() == name)
    }
}

/// How pages behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conduct {
    /// Sensitive pictures are open from the beginning.
    pub open_sensitive: bool,
    /// Moving pictures stand still until they are opened.
    pub still_pictures: bool,
    /// Lists end with a button instead of going on by themselves.
    pub by_page: bool,
    /// Single keys do things.
    pub single_keys: bool,
    /// What the first page shows.
    pub home: Home,
    /// Threads one starts or answers are watched from then on.
    pub auto_watch: bool,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            open_sensitive: false,
            still_pictures: false,
            by_page: false,
            single_keys: true,
            home: Home::All,
            auto_watch: true,
        }
    }
}
