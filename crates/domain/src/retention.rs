//! What a node forgets by itself, a bounded piece at a time: records that served their purpose, and, where an admin
//! wants it, foreign threads that nobody here ever touched.
//!
//! Called by the workers every few minutes.

mod erase;
mod idle;
mod records;

pub use idle::forget_idle;
pub use records::forget_records;
