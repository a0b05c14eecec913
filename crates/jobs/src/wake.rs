//! Tells the workers of this process that there may be work, so that they need not poll fast.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

/// A bell that is rung after a commit; workers of other processes find the work when they next look.
#[derive(Clone, Debug, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Rings the bell for everybody who waits, and leaves one ring for the next who comes.
    pub fn ring(&self) {
        self.0.notify_waiters();
        self.0.notify_one();
    }

    /// Waits for the bell, at most `limit`.
    pub async fn heard(&self, limit: Duration) {
        let _ = tokio::time::timeout(limit, self.0.notified()).await;
    }
}
