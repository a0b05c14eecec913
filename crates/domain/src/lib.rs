//! The board's world: every rule and every statement of the product.
//!
//! Reads are nouns (`thread::view`), take a connection and never write. Writes are verbs (`thread::start`),
//! take a [`Tx`] and have four paragraphs: load the facts, decide in `rules`, write, note the event. All
//! faces (REST, pages, inbox) call the same verbs, so they cannot disagree.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

pub mod activity;
mod context;
pub mod delivery;
mod error;
pub mod event;
pub mod limits;
pub mod peer;
pub mod received;
mod schema;
pub mod tombstone;
mod viewer;

pub use context::{Context, Registration, Site, Tx};
pub use db::{Id, Timestamp};
pub use error::{Clash, Denial, Error, Fault, Noun, Result};
pub use event::Event;
pub use viewer::{Caller, Role, Viewer};
