//! ActivityPub: the wire and the domain, in both directions.
//!
//! Outward, [`domain::Event`]s become activities and deliveries (`outbox`, `deliver`). Inward, signed requests
//! become jobs (`inbox`) and jobs call verbs. The other faces may only look up a foreign thing, by [`Remote`].

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

mod activity;
mod actor;
pub(crate) mod address;
mod backfill;
#[doc(hidden)]
pub mod bench;
mod deliver;
mod document;
pub(crate) mod fetch;
mod hub;
mod inbox;
pub(crate) mod json;
pub(crate) mod key;
mod mirror;
pub(crate) mod nodeinfo;
mod note;
pub(crate) mod origin;
mod outbox;
mod parcel;
mod picture;
mod queue;
mod remote;
pub(crate) mod resolve;
mod serve;
pub(crate) mod signature;
mod start;
mod thread;
mod trouble;
mod vocabulary;
pub(crate) mod webfinger;
pub(crate) mod wire;
mod workers;

pub use address::{Network, Private, Reach, UnreadableNetwork};
pub use mirror::MirrorError;
pub use remote::{Found, Remote};
pub use resolve::Names;
pub use start::{Federation, Settings, StartError, key_pair};
pub use workers::Workers;
