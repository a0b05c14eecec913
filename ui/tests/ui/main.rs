//! The pages as a browser without scripts meets them: the bound router over a real database, on both engines.

#![allow(clippy::unwrap_used, reason = "a failing test should say where")]

mod acting;
mod admin;
mod assets;
mod budget;
mod failing;
mod finding;
mod fragments;
mod hostile;
mod lint;
mod moderating;
mod page;
mod people;
mod pictures;
mod reading;
mod settings;
mod site;
mod snapshots;
mod watching;
mod ways;
mod writing;
