//! What a node says about itself and whom it lets in, as its admins set it while it runs.
//!
//! What an admin saved wins; where nothing was saved, `stoa.toml` and the environment say it ([`Defaults`]). A value
//! equal to the default is not kept, so a later change of the default still shows. Read from the database each time:
//! several processes may share it.

mod change;
mod find;

use std::collections::BTreeSet;

use crate::{Caller, Registration, Role, Site};

pub use change::{Patch, change};
pub use find::{makers, masthead, settings};

/// What `stoa.toml` and the environment say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// Shown in the header and to other servers.
    pub name: String,
    /// One or two sentences about the community.
    pub description: String,
    /// Shown to people before they sign up.
    pub rules: Vec<String>,
    /// Whether strangers may make accounts.
    pub registration: Registration,
}

/// Who may make boards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Makers {
    /// Any account of this node.
    Accounts,
    /// Its moderators and admins.
    #[default]
    Moderators,
    /// Its admins.
    Admins,
}

impl Makers {
    /// All of them, from many to few.
    pub const ALL: [Self; 3] = [Self::Accounts, Self::Moderators, Self::Admins];

    /// The name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Moderators => "moderators",
            Self::Admins => "admins",
        }
    }

    /// Those of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|makers| makers.name() == name)
    }

    /// Whether the caller is one of them.
    pub fn include(self, caller: &Caller) -> bool {
        let least = match self {
            Self::Accounts => Role::Member,
            Self::Moderators => Role::Moderator,
            Self::Admins => Role::Admin,
        };
        caller.role >= least
    }
}

/// What the frame of every page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masthead {
    /// The site's name.
    pub name: String,
    /// One or two sentences about the community; may be empty.
    pub description: String,
    /// Whether strangers may make accounts.
    pub registration: Registration,
}

impl Masthead {
    /// That of the defaults, for where the database does not answer.
    pub fn of(site: &Site) -> Self {
        Self {
            name: site.defaults.name.clone(),
            description: site.defaults.description.clone(),
            registration: site.defaults.registration,
        }
    }
}

/// All that a node says about itself, as it holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Shown in the header and to other servers.
    pub name: String,
    /// One or two sentences about the community; may be empty.
    pub description: String,
    /// Shown to people before they sign up, one by one.
    pub rules: Vec<String>,
    /// What `/about` says, Markdown; may be empty.
    pub about: String,
    /// What `/privacy` says, Markdown; may be empty.
    pub privacy: String,
    /// How to reach the admins: an address, a link or a handle; may be empty.
    pub contact: String,
    /// Whether strangers may make accounts.
    pub registration: Registration,
    /// Who may make boards.
    pub makers: Makers,
    /// The fields an admin saved here; the others are as `stoa.toml` and the environment say.
    pub saved: BTreeSet<Field>,
}

/// A field of [`Settings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name.
    Name,
    /// The description.
    Description,
    /// The rules.
    Rules,
    /// What `/about` says.
    About,
    /// What `/privacy` says.
    Privacy,
    /// The way to the admins.
    Contact,
    /// Whether strangers may make accounts.
    Registration,
    /// Who may make boards.
    Makers,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Description,
        Self::Rules,
        Self::About,
        Self::Privacy,
        Self::Contact,
        Self::Registration,
        Self::Makers,
    ];

    /// Its name in forms and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::Rules => "rules",
            Self::About => "about",
            Self::Privacy => "privacy",
            Self::Contact => "contact",
            Self::Registration => "registration",
            Self::Makers => "board_makers",
        }
    }

    /// The setting of the environment that holds its default, where there is one.
    pub fn variable(self) -> Option<&'static str> {
        match self {
            Self::Name => Some("STOA_NAME"),
            Self::Description => Some("STOA_DESCRIPTION"),
            Self::Rules => Some("STOA_RULES"),
            Self::Registration => Some("STOA_REGISTRATION"),
            Self::About | Self::Privacy | Self::Contact | Self::Makers => None,
        }
    }

    /// The name of its row.
    fn row(self) -> String {
        format!("{ROWS}{}", self.name())
    }
}

/// What the names of the rows of this module begin with, and the first name behind them all.
const ROWS: &str = "site.";
const ROWS_END: &str = "site/";
