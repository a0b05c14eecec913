//! The one private insert behind `submit`, `accept` and `thread::start`.
