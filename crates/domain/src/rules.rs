//! Decisions without the database: what a text, a name or a setting may be.
//!
//! Pure functions that add to a list of faults, so that a form shows all of them at once. Verbs call them between
//! loading their facts and writing.

pub(crate) mod attachment;
pub(crate) mod ban;
pub(crate) mod board;
pub(crate) mod length;
pub(crate) mod name;
pub(crate) mod password;
pub(crate) mod post;
pub(crate) mod profile;
pub(crate) mod reason;
pub(crate) mod site;
