//! The crate through its public face: pictures made here go in, files and facts come out.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its case has failed"
)]

mod damage;
mod fixtures;
mod formats;
mod house;
mod incoming;
mod limits;
mod load;
mod metadata;
mod motion;
mod orientation;
mod samples;
mod store;
