//! The order within a batch: one delivery of a lane and inbox at a time, lanes in the order of their oldest.

use std::collections::{HashMap, VecDeque};

use domain::Id;
use domain::delivery::Due;

/// What makes two deliveries wait for each other.
type Lane = (String, Id);

/// A batch sorted into lanes.
pub(super) struct Lanes {
    waiting: HashMap<Lane, VecDeque<Due>>,
    /// Lanes of which nothing is under way.
    free: VecDeque<Lane>,
}

impl Lanes {
    pub(super) fn new(batch: Vec<Due>) -> Self {
        let mut lanes = Self {
            waiting: HashMap::new(),
            free: VecDeque::new(),
        };
        for due in batch {
            let lane = (due.inbox.clone(), due.lane);
            let queue = lanes.waiting.entry(lane.clone()).or_default();
            if queue.is_empty() {
                lanes.free.push_back(lane);
            }
            queue.push_back(due);
        }
        lanes
    }

    /// The next delivery that need not wait; its lane is closed until [`Lanes::done`].
    pub(super) fn next(&mut self) -> Option<Due> {
        let lane = self.free.pop_front()?;
        self.waiting.get_mut(&lane)?.pop_front()
    }

    /// Opens the lane of a delivery that came to its end.
    pub(super) fn done(&mut self, due: &Due) {
        let lane = (due.inbox.clone(), due.lane);
        match self.waiting.get(&lane) {
            Some(queue) if !queue.is_empty() => self.free.push_back(lane),
            _ => {
                self.waiting.remove(&lane);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(id: Id, inbox: &str, lane: Id) -> Due {
        Due {
            id,
            host: "peer".into(),
            inbox: inbox.into(),
            lane,
            attempts: 0,
            body: String::new(),
            actor: 1,
            created_at: db::Timestamp(0),
            expires_at: db::Timestamp(0),
        }
    }

    #[test]
    fn a_lane_waits_for_its_own_and_for_no_other() {
        let batch = vec![
            due(1, "a", 7),
            due(2, "a", 7),
            due(3, "a", 8),
            due(4, "b", 7),
        ];
        let mut lanes = Lanes::new(batch);
        let first: Vec<Id> = std::iter::from_fn(|| lanes.next())
            .map(|due| due.id)
            .collect();
        assert_eq!(first, [1, 3, 4]);
        lanes.done(&due(1, "a", 7));
        assert_eq!(lanes.next().map(|due| due.id), Some(2));
        lanes.done(&due(2, "a", 7));
        assert!(lanes.next().is_none());
    }
}
