//! Turns bytes from outside into a checked, metadata-free picture with its renditions, hashes and colour, and keeps
//! the files.
//!
//! What a file is decides its content, never its name or the type somebody declared; every limit is checked against
//! the headers before a pixel is decoded. The original is kept without re-encoding: its pixel data stays byte for
//! byte, everything that could say where or by whom it was made goes. Called by the upload reader of the faces and by
//! the job that fetches pictures of other servers; it knows neither boards nor SQL.

pub mod colour;

mod decode;
mod fault;
mod format;
mod incoming;
mod ingest;
mod limits;
mod picture;
mod placeholder;
mod profile;
mod render;
mod shape;
mod store;
mod strip;
mod walk;

pub use fault::{Fault, Measure};
pub use format::Format;
pub use incoming::Incoming;
pub use ingest::{Ingest, Load};
pub use limits::Limits;
pub use picture::{Picture, Rendition, STILL};
pub use store::{Part, Placed, Staging, Store, is_part};
/// The path of a finished upload; the file is deleted when this is dropped.
pub use tempfile::TempPath;
