//! A durable queue in the node's own database.
//!
//! A job is enqueued on the caller's transaction, so it exists exactly if the change that wants it was kept.
//! A worker claims it under a lease; whoever runs it deletes it in the transaction of its effects, so a crash
//! anywhere leads to one more try and never to a loss. What a job means is the caller's business.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

mod backoff;
mod claim;
mod look;
mod queue;
mod tally;
mod wake;

pub use backoff::backoff;
pub use claim::{claim, claim_next};
pub use look::{Listed, Part, Queue, drop_job, find, given_up, queues, run_again, waiting_in};
pub use queue::{Job, NewJob, enqueue, finish, free, give_up, next_due, park, retry, waiting};
pub use tally::{Tally, tally};
pub use wake::Wake;
