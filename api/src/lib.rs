//! The APIs for programs. `rest` is our own, described by OpenAPI.
//!
//! A handler reads the request, calls one verb or query of the domain and shapes the answer; rules are not decided here.
//! Programs sign in with tokens only, never with the cookies of the pages.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

pub mod rest;
