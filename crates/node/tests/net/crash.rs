//! The real binary, killed with `kill -9` at a random moment: what was answered 201 is on both nodes exactly once,
//! and what was not answered exists once after it was sent again with its key.
//!
//! `STOA_CRASH_RUNS` says how often (2 in an ordinary test run, 40 in `cargo suites`).

use db::testing::TestDb;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;

use crate::real::{Process, Setup};

const POSTS: usize = 100;

/// Who is killed in a run.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Home,
    Follower,
}

/// The bodies of a thread's posts, in the order of their numbers.
async fn bodies(process: &Process, thread: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut after = String::new();
    loop {
        let page = process
            .get(&format!("/threads/{thread}/posts?limit=100{after}"))
            .await;
        let Some(page) = page else { return Vec::new() };
        bodies.extend(
            page["items"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|post| post["body"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return bodies,
        }
    }
}

async fn run(databases: (TestDb, TestDb), seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let Setup {
        mut home,
        mut follower,
    } = Setup::new(&databases.0, &databases.1).await;
    let opening = home
        .post(
            "/boards/art/threads",
            None,
            &json!({"subject": "Crash", "body": "opening"}),
        )
        .await
        .unwrap();
    let thread = opening["id"].as_str().unwrap().to_owned();
    let victim = if rng.random() {
        Victim::Home
    } else {
        Victim::Follower
    };
    let (moment, delay) = (rng.random_range(5..POSTS - 5), rng.random_range(0..8_000));

    for number in 0..POSTS {
        let key = format!("run-{seed}-{number}");
        let body = json!({"body": format!("post {number}")});
        let path = format!("/threads/{thread}/posts");
        if number == moment {
            match victim {
                Victim::Follower => follower.kill_and_restart().await,
                Victim::Home => {
                    // The request is under way when the process dies: whether it was kept is unknown.
                    let sent = home.post(&path, Some(&key), &body);
                    let _ =
                        tokio::time::timeout(std::time::Duration::from_micros(delay), sent).await;
                    home.kill_and_restart().await;
                }
            }
        }
        let answered = home.post(&path, Some(&key), &body).await;
        assert!(
            answered.is_some(),
            "seed {seed}: post {number} is answered after the restart"
        );
    }
    // Any signed request of the follower tells the home that it is back.
    let expected: Vec<String> = std::iter::once("opening".to_owned())
        .chain((0..POSTS).map(|number| format!("post {number}")))
        .collect();
    assert_eq!(
        bodies(&home, &thread).await,
        expected,
        "seed {seed}, {victim:?}: at home"
    );
    let copy = follower
        .wait_for(
            "the thread",
            |follower| async move { copy_of(follower).await },
        )
        .await;
    follower
        .put(&format!("/posts/{copy}/vote"), &json!({"value": 1}))
        .await;
    let seen = follower
        .wait_for("every post", |follower| {
            let copy = copy.clone();
            async move { Some(bodies(follower, &copy).await).filter(|seen| seen.len() > POSTS) }
        })
        .await;
    assert_eq!(seen, expected, "seed {seed}, {victim:?}: at the follower");
}

/// The follower's copy of the thread.
async fn copy_of(follower: &Process) -> Option<String> {
    let board = follower.home_board();
    let threads = follower.get(&format!("/boards/{board}/threads")).await?;
    threads["items"][0]["id"].as_str().map(str::to_owned)
}

fn runs() -> u64 {
    std::env::var("STOA_CRASH_RUNS")
        .ok()
        .and_then(|runs| runs.parse().ok())
        .unwrap_or(2)
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_minus_nine_loses_nothing_and_repeats_nothing() {
    for seed in 0..runs() {
        let other = TestDb::postgres().await.unwrap_or_else(TestDb::sqlite);
        let databases = if seed % 2 == 0 {
            (TestDb::sqlite(), other)
        } else {
            (other, TestDb::sqlite())
        };
        run(databases, seed).await;
    }
}
