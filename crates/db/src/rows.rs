//! Whole tables as rows of JSON, the same on both engines: what archives and bulk loads are made of.
//!
//! Which tables and columns there are is asked of the engine, so nothing here names one of the product, and a new
//! migration needs no change here. Tables that an engine keeps for itself are left out: the list of migrations, the
//! numbers leased by processes, counts of changes, and full-text indexes with their shadow tables. Columns that an
//! engine computes are too.

mod analyse;
mod insert;
mod read;
mod references;
mod tables;

pub use analyse::analyse;
pub use insert::insert;
pub use read::Reader;
pub use references::{Reference, references, referred};
pub use tables::{Column, Kind, Table, is_empty, tables};
