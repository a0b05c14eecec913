//! Whole nodes in one process, talking to each other over loopback: what people see on one must come out on all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "a failing test should say where; its people and peers speak HTTP themselves; modules of a test \
              binary are all of it"
)]

mod archive;
mod convergence;
mod crash;
mod doctor;
mod examples;
mod gone;
mod hostile;
mod journey;
mod kept;
mod logs;
mod metrics;
mod moderation;
mod net;
mod office;
mod peer;
mod pictures;
mod real;
mod stop;
