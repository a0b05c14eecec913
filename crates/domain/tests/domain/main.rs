//! The product's rules on both engines, through the public face of the crate.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should say where"
)]
#![allow(
    unreachable_pub,
    reason = "modules of one test binary share what they declare"
)]

mod account;
mod activity;
mod actor;
mod admin;
mod arrival;
mod ban;
mod board;
mod chaos;
mod cursor;
mod feed;
mod follow;
mod gallery;
mod idempotency;
mod ledger;
mod lists;
mod media;
mod place;
mod plan;
mod policy;
mod post;
mod preference;
mod profile;
mod purge;
mod rate;
mod references;
mod relocate;
mod report;
mod retention;
mod revision;
mod scene;
mod schema;
mod search;
mod session;
mod sieve;
mod site;
mod tag;
mod thread;
mod vote;
mod watch;
mod world;
