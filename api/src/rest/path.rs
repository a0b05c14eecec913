//! Parameters of paths, and the names in them.

use domain::{Error, Handle, Noun, Site};
use serde::Deserialize;
use utoipa::IntoParams;

use super::id::Id;

/// A thing by its id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ById {
    /// The id, as this server gave it.
    #[param(value_type = String)]
    pub(crate) id: Id,
}

/// A board by its name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ByBoard {
    /// The board: `art` here, `art@example.org` elsewhere.
    board: String,
}

/// An account by its name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ByName {
    /// The account: `anna` here, `anna@example.org` elsewhere.
    name: String,
}

/// A board and an account by their names.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ByBoardAndName {
    /// The board: `art` here, `art@example.org` elsewhere.
    board: String,
    /// The account: `anna` here, `anna@example.org` elsewhere.
    name: String,
}

/// A tag by its name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ByTag {
    /// The tag in any spelling: `film`, `Film` and `film@example.org` are one.
    pub(crate) tag: String,
}

/// A server by its host.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ByHost {
    /// The host, with its port where it is not the usual one.
    pub(crate) host: String,
}

/// A picture by the SHA-256 of its original.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct BySha {
    /// 64 digits, as in the picture's address.
    pub(crate) sha256: String,
}

impl ByBoard {
    /// The board's name; text that can be no name names nothing.
    pub(crate) fn board(&self, site: &Site) -> Result<Handle, Error> {
        Handle::parse(&self.board, site).ok_or(Error::Missing(Noun::Board))
    }
}

impl ByName {
    /// The account's name; text that can be no name names nothing.
    pub(crate) fn name(&self, site: &Site) -> Result<Handle, Error> {
        Handle::parse(&self.name, site).ok_or(Error::Missing(Noun::Account))
    }
}

impl ByBoardAndName {
    /// The board's name; text that can be no name names nothing.
    pub(crate) fn board(&self, site: &Site) -> Result<Handle, Error> {
        Handle::parse(&self.board, site).ok_or(Error::Missing(Noun::Board))
    }

    /// The account's name; text that can be no name names nothing.
    pub(crate) fn name(&self, site: &Site) -> Result<Handle, Error> {
        Handle::parse(&self.name, site).ok_or(Error::Missing(Noun::Account))
    }
}
