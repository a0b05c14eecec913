//! The board's world: every rule and every statement of the product.
//!
//! Reads are nouns (`thread::view`), take a connection and never write. Writes are verbs (`thread::start`),
//! take a [`Tx`] and have four paragraphs: load the facts, decide in `rules`, write, note the event. All
//! faces (REST, pages, inbox) call the same verbs, so they cannot disagree.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

pub mod account;
pub mod activity;
pub mod actor;
pub mod attachment;
pub mod audience;
pub mod audit;
pub mod ban;
pub mod board;
mod context;
pub mod delivery;
mod error;
pub mod event;
pub mod feed;
pub mod filter;
pub mod first_run;
pub mod follow;
pub mod gallery;
pub mod handle;
pub mod idempotency;
pub mod job;
pub mod limits;
mod lock;
pub mod log;
pub mod page;
pub mod palette;
pub mod peer;
pub mod post;
pub mod preference;
pub mod rate;
pub mod received;
pub mod report;
pub mod retention;
pub mod revision;
mod rules;
mod schema;
pub mod search;
pub mod session;
pub mod site;
pub mod storage;
pub mod tag;
pub mod thread;
pub mod tombstone;
mod viewer;
pub mod vote;
pub mod watch;

pub use context::{Context, Registration, Site, Tx};
pub use db::{Id, Timestamp};
pub use error::{Banned, Clash, Denial, Error, Fault, Noun, Result};
pub use event::Event;
pub use handle::Handle;
pub use viewer::{Caller, Role, Viewer};
