//! What people and other servers send, and what becomes of it, through the crate's public face.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod any;
mod cost;
mod hostile;
mod inspect;
mod peers;
mod property;
mod seeds;
mod typed;

/// The origin of the node in all tests.
const ORIGIN: &str = "https://stoa.example";
