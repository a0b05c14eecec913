//! The repository's own rules, held against its files: each rule is an ordinary test and each failure lists every offender at once.
//! A rule that cannot be tested here does not belong into `docs/CONTRIBUTING.md` as a rule.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read the repository has failed"
)]

mod arrows;
mod dependencies;
mod documents;
mod migrations;
mod pages;
mod rust_files;
mod settings;
mod sql;
mod tree;
mod words;
