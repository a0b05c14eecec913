//! Per-host limits: how many fetches at once, and a short rest for a host that does not answer.
//!
//! Without the rest, a dead host costs every activity that names it a full timeout. The table is bounded: an attacker
//! can invent hosts without end (Fedify CVE-2026-69132). Deliveries have their own back-off and pass by.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use db::{SECOND, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::fetch::FetchError;

/// Hosts that are remembered at once.
const MAX_HOSTS: usize = 2048;
/// Failures in a row until a host rests.
const FAILURES: u32 = 3;
/// How long it rests, in microseconds.
const REST: i64 = 30 * SECOND;

/// The limits of all hosts.
#[derive(Debug)]
pub(super) struct Gate {
    hosts: Mutex<HashMap<String, Host>>,
    per_host: usize,
}

#[derive(Debug)]
struct Host {
    places: Arc<Semaphore>,
    failures: u32,
    rests_until: Timestamp,
}

/// A place among the fetches of one host; free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    _permit: OwnedSemaphorePermit,
}

impl Gate {
    pub(super) fn new(per_host: usize) -> Self {
        Self {
            hosts: Mutex::default(),
            per_host: per_host.max(1),
        }
    }

    /// Waits for a place at `host`, or says that it rests.
    pub(super) async fn enter(&self, host: &str, now: Timestamp) -> Result<Place, FetchError> {
        let places = self.places(host, now)?;
        match places.acquire_owned().await {
            Ok(permit) => Ok(Place { _permit: permit }),
            Err(_) => Err(FetchError::Resting(host.to_owned())),
        }
    }

    /// The host did not answer.
    pub(super) fn failed(&self, host: &str, now: Timestamp) {
        if let Some(entry) = self.table().get_mut(host) {
            entry.failures = entry.failures.saturating_add(1);
            if entry.failures >= FAILURES {
                entry.rests_until = now.plus(REST);
            }
        }
    }

    /// The host answered, whatever it said.
    pub(super) fn answered(&self, host: &str) {
        if let Some(entry) = self.table().get_mut(host) {
            entry.failures = 0;
            entry.rests_until = Timestamp(0);
        }
    }

    fn places(&self, host: &str, now: Timestamp) -> Result<Arc<Semaphore>, FetchError> {
        let mut table = self.table();
        if let Some(entry) = table.get(host) {
            if entry.rests_until > now {
                return Err(FetchError::Resting(host.to_owned()));
            }
            return Ok(Arc::clone(&entry.places));
        }
        if table.len() >= MAX_HOSTS {
            self.make_room(&mut table, now);
        }
        let places = Arc::new(Semaphore::new(self.per_host));
        let entry = Host {
            places: Arc::clone(&places),
            failures: 0,
            rests_until: Timestamp(0),
        };
        table.insert(host.to_owned(), entry);
        Ok(places)
    }

    /// Forgets hosts nobody is waiting for; first those that do not rest, else every idle one.
    fn make_room(&self, table: &mut HashMap<String, Host>, now: Timestamp) {
        let idle = |host: &Host| {
            Arc::strong_count(&host.places) == 1 && host.places.available_permits() == self.per_host
        };
        table.retain(|_, host| !idle(host) || host.rests_until > now);
        if table.len() >= MAX_HOSTS {
            table.retain(|_, host| !idle(host));
        }
    }

    fn table(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    #[tokio::test]
    async fn a_host_rests_after_failures_in_a_row_and_returns() {
        let gate = Gate::new(4);
        for _ in 0..FAILURES {
            gate.enter("a.example", NOW).await.unwrap();
            gate.failed("a.example", NOW);
        }
        assert!(matches!(
            gate.enter("a.example", NOW).await,
            Err(FetchError::Resting(_))
        ));
        assert!(gate.enter("b.example", NOW).await.is_ok());
        assert!(gate.enter("a.example", NOW.plus(REST)).await.is_ok());
        gate.failed("a.example", NOW.plus(REST));
        assert!(gate.enter("a.example", NOW.plus(REST)).await.is_err());
        gate.answered("a.example");
        assert!(gate.enter("a.example", NOW.plus(REST)).await.is_ok());
    }

    #[tokio::test]
    async fn the_table_of_hosts_is_bounded() {
        let gate = Gate::new(1);
        let _held = gate.enter("held.example", NOW).await.unwrap();
        for number in 0..MAX_HOSTS * 2 {
            let host = format!("h{number}.example");
            gate.enter(&host, NOW).await.unwrap();
            for _ in 0..FAILURES {
                gate.failed(&host, NOW);
            }
        }
        assert!(gate.table().len() <= MAX_HOSTS);
        assert!(gate.table().contains_key("held.example"));
    }

    #[tokio::test]
    async fn only_so_many_fetches_enter_at_once() {
        let gate = Gate::new(2);
        let first = gate.enter("a.example", NOW).await.unwrap();
        let _second = gate.enter("a.example", NOW).await.unwrap();
        let mut third = Box::pin(gate.enter("a.example", NOW));
        assert!(futures_util::poll!(&mut third).is_pending());
        drop(first);
        assert!(third.await.is_ok());
    }
}
