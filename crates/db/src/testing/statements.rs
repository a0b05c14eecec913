//! How many statements a test database was asked.
//!
//! One function says for the whole process who watches a new connection. The watcher hears the address of its database
//! while the connection is made, so tests that run side by side count apart; connections that were made before
//! [`Statements::of`] are not counted.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::TestDb;

type Count = Arc<AtomicUsize>;

static COUNTS: LazyLock<Mutex<HashMap<String, Count>>> = LazyLock::new(Mutex::default);

/// The statements of one test database.
pub struct Statements(Count);

impl Statements {
    /// Counts the statements of all connections that are made to it from now on.
    ///
    /// # Panics
    /// Where the process has no room for who watches.
    pub fn of(test: &TestDb) -> Self {
        #[allow(
            clippy::expect_used,
            reason = "a test cannot go on without what it counts"
        )]
        set_default_instrumentation(watcher).expect("connections can be watched");
        let address = test.url.strip_prefix("sqlite:").unwrap_or(&test.url);
        let mut counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
        Self(Arc::clone(counts.entry(address.to_owned()).or_default()))
    }

    /// How many there were since this was asked last.
    pub fn take(&self) -> usize {
        self.0.swap(0, Ordering::SeqCst)
    }
}

fn watcher() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(Watcher::default()))
}

#[derive(Default)]
struct Watcher(Option<Count>);

impl Instrumentation for Watcher {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                let counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
                self.0 = counts.get(url).cloned();
            }
            InstrumentationEvent::StartQuery { .. } => {
                if let Some(count) = &self.0 {
                    count.fetch_add(1, Ordering::SeqCst);
                }
            }
            _ => {}
        }
    }
}
