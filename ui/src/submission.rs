//! What a form with pictures sent, and the form as it is shown: new, or again with everything that was in it.
//!
//! Pictures that arrived whole stay uploaded when something else was wrong; the form then carries their ids, so nobody
//! sends a picture twice. Called by `new_thread` and `reply`.

mod blank;
mod read;
mod store;

pub(crate) use blank::Blank;
pub(crate) use read::Submission;
