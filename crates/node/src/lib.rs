//! A node put together: configuration, the faces behind one router, workers, and the commands of `stoa`.
//!
//! `assembly` builds a node from its parts; `serve` runs one until it is told to stop. The commands, the demo and
//! the whole-node tests all stand on these two.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

pub mod archive;
pub mod assembly;
pub mod command;
pub mod config;
mod demo;
pub mod doctor;
mod logs;
pub mod metrics;
mod negotiate;
mod router;
pub mod serve;
