//! The REST API through its routes, on both engines.
//!
//! `node` answers every request of these tests and checks on the way that no answer is 500, that errors are problems, and that
//! the OpenAPI document names the status.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a failing test should say where; a body written in place reads best; a test tells one story"
)]

mod accounts;
mod admin;
mod boards;
mod conditional;
mod document;
mod hostile;
mod idempotency;
mod lists;
mod media;
mod moderation;
mod node;
mod peer;
mod people;
mod pictures;
mod problems;
mod reports;
mod scopes;
mod search;
mod sessions;
mod table;
mod tags;
mod threads;
mod watching;
mod writes;
