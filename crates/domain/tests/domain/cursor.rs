//! Reading in parts while others write: what is in a list from the first part to the last, and keeps its place, is read
//! exactly once, whichever way one reads.
//!
//! What moves in its list while somebody reads on (a thread that is raised, a tag that is used) may be passed over or
//! come twice, at its old place and at its new one. What cannot move never comes twice, whether it stayed or not.
//! A cursor of another list, or of none, is refused and breaks nothing.

use std::collections::BTreeSet;
use std::path::Path;

use domain::Error;
use domain::page::Page;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::lists::{Item, NAMES};
use crate::place::{ACTS, Place, Step, any_bytes, any_cursor, encoded};
use crate::world::World;

/// Parts that a list is read in.
const PARTS: usize = 5;

/// How often everybody reads on.
const ROUNDS: usize = 24;

/// Acts between two parts that somebody reads.
const ACTS_BETWEEN: usize = 3;

#[test]
fn every_item_is_read_exactly_once_while_others_write() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases: 1,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let steps = prop::collection::vec((0..ACTS, any::<u8>(), any::<u8>()), ROUNDS * ACTS_BETWEEN);
    let outcome = TestRunner::new_with_rng(config, rng).run(&steps, |steps| {
        runtime.block_on(async {
            for world in World::each().await {
                run(world, &steps).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}

async fn run(world: World, steps: &[Step]) {
    let mut place = Place::furnished(world).await;
    let mut readers: Vec<Reader> = Vec::new();
    for name in NAMES {
        readers.push(Reader::start(name, &place).await);
    }
    let mut faults = Vec::new();
    for steps in steps.chunks(ACTS_BETWEEN) {
        for step in steps {
            if let Err(Error::Internal(cause)) = place.act(*step).await {
                panic!("{step:?}: {cause}");
            }
        }
        for reader in &mut readers {
            reader.read_on(&place, &mut faults).await;
        }
    }
    for reader in &readers {
        let (forward, backward) = reader.done;
        if forward == 0 || backward == 0 {
            let name = reader.name;
            faults.push(format!(
                "{name}: read {forward} times to its end, {backward} times back; {} items",
                reader.stayed.len()
            ));
        }
    }
    let engine = place.world.test.engine();
    assert!(faults.is_empty(), "{engine:?}:\n{}", faults.join("\n"));
}

/// Somebody who reads a list part by part, to its end and back to its beginning, again and again.
struct Reader {
    name: &'static str,
    backwards: bool,
    /// Where to go on.
    cursor: Option<String>,
    seen: Vec<Item>,
    /// What has been in the list all the time.
    stayed: BTreeSet<Item>,
    /// Items of a part.
    limit: i64,
    done: (usize, usize),
}

impl Reader {
    async fn start(name: &'static str, place: &Place) -> Self {
        let stayed: BTreeSet<Item> = whole(name, place).await.into_iter().collect();
        Self {
            limit: i64::try_from(stayed.len().div_ceil(PARTS)).unwrap(),
            name,
            backwards: false,
            cursor: None,
            seen: Vec::new(),
            stayed,
            done: (0, 0),
        }
    }

    /// Reads one part more; at an end, says what was wrong and turns round.
    async fn read_on(&mut self, place: &Place, faults: &mut Vec<String>) {
        let now: BTreeSet<Item> = whole(self.name, place).await.into_iter().collect();
        self.stayed.retain(|item| now.contains(item));
        let limit = Some(self.limit);
        let page = match self.backwards {
            true => Page::asked(limit, self.cursor.as_deref(), None),
            false => Page::asked(limit, None, self.cursor.as_deref()),
        };
        let part = place.lists.read(&place.world, self.name, page).await;
        let part = part.unwrap();
        if self.backwards {
            self.seen.splice(0..0, part.items.clone());
        } else {
            self.seen.extend(part.items.clone());
        }
        self.cursor = match self.backwards {
            true => part.prev.clone(),
            false => part.next.clone(),
        };
        if self.cursor.is_some() {
            return;
        }
        self.check(faults);
        match self.backwards {
            true => self.done.1 += 1,
            false => self.done.0 += 1,
        }
        // The last part is the end right now: going back begins with it.
        let turn = !self.backwards && part.prev.is_some();
        self.backwards = turn;
        self.cursor = part.prev.filter(|_| turn);
        self.seen = match turn {
            true => part.items,
            false => Vec::new(),
        };
        self.stayed = now;
    }

    fn check(&self, faults: &mut Vec<String>) {
        let way = match self.backwards {
            true => "backwards",
            false => "forwards",
        };
        let mut said = |item: &Item, times: usize| {
            let name = self.name;
            faults.push(format!("{name}, {way}: {item:?} was read {times} times"));
        };
        for item in &self.stayed {
            let times = self.seen.iter().filter(|seen| *seen == item).count();
            if times != 1 {
                said(item, times);
            }
        }
        for (at, item) in self.seen.iter().enumerate() {
            // What cannot move in its list never comes twice, whether it stayed or not.
            if item.1.is_empty() && self.seen[..at].contains(item) {
                said(item, 2);
            }
        }
    }
}

/// All of a list at this moment; a filter may leave parts of it short.
async fn whole(name: &str, place: &Place) -> Vec<Item> {
    let (mut all, mut next) = (Vec::new(), None);
    loop {
        let page = Page::asked(Some(100), None, next.as_deref());
        let part = place.lists.read(&place.world, name, page).await;
        let part = part.unwrap_or_else(|error| panic!("{name}: {error}"));
        all.extend(part.items);
        next = part.next;
        if next.is_none() {
            return all;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_no_list_or_of_another_is_refused_and_breaks_nothing() {
    for world in World::each().await {
        let place = Place::furnished(world).await;
        let mut cursors: Vec<String> = CURSORS.iter().map(ToString::to_string).collect();
        cursors.extend(KEYS.iter().map(|key| encoded(key.as_bytes())));
        let mut given = Vec::new();
        for name in NAMES {
            let first = place.lists.read(&place.world, name, Page::first(2)).await;
            given.extend(first.unwrap().next);
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/cursor");
        for entry in std::fs::read_dir(folder).unwrap() {
            let seed = std::fs::read(entry.unwrap().path()).unwrap();
            for which in 0..NAMES.len() {
                let which = u8::try_from(which).unwrap();
                any_bytes(&place, &[&[which], &seed[1..]].concat()).await;
            }
        }
        for (at, name) in NAMES.iter().enumerate() {
            // Every fifth of the others, others for each.
            let others = given.iter().skip(at % 5).step_by(5);
            for cursor in cursors.iter().chain(others) {
                any_cursor(&place, name, cursor).await;
            }
        }
    }
}

/// What no list gave.
const CURSORS: [&str; 8] = [
    "x",
    "%%%",
    "AAAA====",
    "\u{202e}",
    "' OR 1=1 --",
    "////",
    "_____________________________w",
    "\0",
];

/// Keys that a list did not write.
const KEYS: [&str; 22] = [
    "",
    "0",
    "-1",
    "+5",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "1.1",
    "9223372036854775807.9223372036854775807",
    "-9223372036854775808.-9223372036854775808",
    "1.9223372036854775807.9223372036854775807",
    "0.-9223372036854775808.-9223372036854775808",
    "2.1.1",
    "1.1.1.1",
    "5.\0",
    "\0",
    "\0@\0",
    "a\0b@c",
    "@",
    "far.example@",
    "\u{10ffff}@\u{10ffff}",
    "\u{202e}@\u{0}",
];
