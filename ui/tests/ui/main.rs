//! The pages as a browser without scripts meets them: the bound router over a real database, on both engines.

#![allow(clippy::unwrap_used, reason = "a failing test should say where")]

mod acting;
mod assets;
mod budget;
mod failing;
mod hostile;
mod page;
mod people;
mod pictures;
mod reading;
mod site;
mod snapshots;
mod writing;
