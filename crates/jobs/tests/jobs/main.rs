//! The queue on both engines: what is enqueued is run once, in its lane's order, also after a crash.

#![allow(clippy::unwrap_used, reason = "a failing test should say where")]

use db::testing::TestDb;
use db::{Clock, Db, Error, Ids, MINUTE, Timestamp};
use jobs::{Job, NewJob};

struct Bench {
    db: Db,
    clock: Clock,
    ids: Ids,
}

impl Bench {
    async fn new(test: &TestDb) -> Self {
        let db = test.open().await;
        let clock = Clock::manual(Timestamp::parse("2026-11-20T10:00:00Z").unwrap());
        let ids = Ids::lease(&db, &clock).await.unwrap();
        Self { db, clock, ids }
    }

    async fn add(&self, lane: Option<&str>, payload: &str) -> db::Id {
        let now = self.clock.now();
        let id = self.ids.next(now);
        let job = NewJob {
            id,
            queue: "q",
            lane,
            payload,
            run_at: now,
        };
        self.db
            .write(async |conn| jobs::enqueue(conn, job, now).await)
            .await
            .unwrap();
        id
    }

    async fn claim(&self) -> Vec<Job> {
        let now = self.clock.now();
        self.db
            .write(async |conn| jobs::claim(conn, "q", now, MINUTE, 10).await)
            .await
            .unwrap()
    }

    async fn next(&self, lane: &str) -> Option<Job> {
        let now = self.clock.now();
        self.db
            .write(async |conn| jobs::claim_next(conn, "q", lane, now, MINUTE).await)
            .await
            .unwrap()
    }

    async fn finish(&self, id: db::Id) {
        self.db
            .write(async |conn| jobs::finish(conn, id).await)
            .await
            .unwrap();
    }
}

fn payloads(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.payload.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_runs_in_order_and_others_beside_it() {
    for test in TestDb::each().await {
        let bench = Bench::new(&test).await;
        let first = bench.add(Some("a"), "a1").await;
        bench.add(Some("a"), "a2").await;
        bench.add(Some("b"), "b1").await;
        bench.add(None, "free").await;
        assert_eq!(payloads(&bench.claim().await), ["a1", "b1", "free"]);
        assert!(
            bench.claim().await.is_empty(),
            "claimed jobs are not given out twice"
        );
        bench.finish(first).await;
        assert_eq!(payloads(&bench.claim().await), ["a2"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_is_gone_on_with_only_where_its_first_job_is_due_and_free() {
    for test in TestDb::each().await {
        let bench = Bench::new(&test).await;
        let first = bench.add(Some("a"), "a1").await;
        bench.add(Some("a"), "a2").await;
        bench.add(Some("b"), "b1").await;
        assert_eq!(payloads(&bench.claim().await), ["a1", "b1"]);
        assert!(bench.next("a").await.is_none(), "its first job is taken");
        bench.finish(first).await;
        let second = bench.next("a").await.unwrap();
        assert_eq!((second.payload.as_str(), second.attempts), ("a2", 1));
        let later = bench.clock.now().plus(MINUTE);
        bench
            .db
            .write(async |conn| jobs::retry(conn, second.id, later, "later").await)
            .await
            .unwrap();
        assert!(bench.next("a").await.is_none(), "its first job is not due");
        bench.clock.advance(2 * MINUTE);
        assert_eq!(bench.next("a").await.unwrap().attempts, 2);
        assert!(bench.next("nobody").await.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_died_loses_its_lease_and_the_job_is_run_again() {
    for test in TestDb::each().await {
        let bench = Bench::new(&test).await;
        bench.add(None, "once more").await;
        assert_eq!(bench.claim().await.len(), 1);
        bench.clock.advance(2 * MINUTE);
        let again = bench.claim().await;
        assert_eq!(
            (payloads(&again), again[0].attempts),
            (vec!["once more"], 2)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parked_and_given_up_jobs_let_their_lane_go_on() {
    for test in TestDb::each().await {
        let bench = Bench::new(&test).await;
        let now = bench.clock.now();
        let parked = bench.add(Some("a"), "parked").await;
        let hopeless = bench.add(Some("a"), "hopeless").await;
        bench.add(Some("a"), "fine").await;
        bench.claim().await;
        let later = now.plus(5 * MINUTE);
        bench
            .db
            .write(async |c| jobs::park(c, parked, later, "no parent").await)
            .await
            .unwrap();
        assert_eq!(payloads(&bench.claim().await), ["hopeless"]);
        bench
            .db
            .write(async |c| jobs::give_up(c, hopeless, "never").await)
            .await
            .unwrap();
        assert_eq!(payloads(&bench.claim().await), ["fine"]);
        bench.clock.advance(5 * MINUTE);
        assert_eq!(payloads(&bench.claim().await), ["parked", "fine"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_exists_only_if_its_transaction_was_kept() {
    for test in TestDb::each().await {
        let bench = Bench::new(&test).await;
        let now = bench.clock.now();
        let id = bench.ids.next(now);
        let job = NewJob {
            id,
            queue: "q",
            lane: None,
            payload: "{}",
            run_at: now,
        };
        let failed: Result<(), Error> = bench
            .db
            .write(async |conn| {
                jobs::enqueue(conn, job, now).await?;
                Err(Error::Exhausted)
            })
            .await;
        assert!(failed.is_err());
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(jobs::waiting(&mut conn, "q").await.unwrap(), 0);
        assert_eq!(jobs::next_due(&mut conn, "q").await.unwrap(), None);
    }
}
