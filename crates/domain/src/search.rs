//! Search: words in posts, boards, accounts; written down in the transaction that writes what they are of.
//!
//! A word finds the words that begin with it, all words must be found, and what was found last is newest: no ranks, so
//! a page of results continues after a key as every other list does. Tags are found by [`tag::list`](crate::tag::list).

mod actors;
mod keep;
mod posts;
mod query;
mod words;

pub use actors::{accounts, boards};
pub use keep::{catch_up, start_over};
pub use posts::posts;
pub use query::Query;

pub(crate) use keep::{forget_post, keep_actor, keep_post};
