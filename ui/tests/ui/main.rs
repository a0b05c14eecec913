//! The pages as a browser without scripts meets them: the bound router over a real database, on both engines.

#![allow(clippy::unwrap_used, reason = "a failing test should say where")]

mod acting;
mod admin;
mod assets;
mod budget;
mod every_form;
mod failing;
mod finding;
mod forms;
mod fragments;
mod hostile;
mod lint;
mod moderating;
mod page;
mod peer;
mod people;
mod pictures;
mod preview;
mod raw;
mod reading;
mod seeds;
mod settings;
mod site;
mod snapshots;
mod statements;
mod table;
mod watching;
mod ways;
mod writing;
