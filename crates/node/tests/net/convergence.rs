//! Whatever people do on both sides, and in whatever order and however often it is delivered: in the end both
//! nodes show the same.

use std::collections::BTreeMap;

use db::{HOUR, SECOND};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::net::{Net, Person};

const ACTS: usize = 300;

/// The board, as other nodes name it.
const THERE: &str = "art@alpha.test";

/// Somebody with the name the board has where they are.
struct Side {
    person: Person,
    board: &'static str,
}

/// What a node shows of its board: every live post by its id, and every thread's count of replies.
async fn shown(side: &Side) -> (BTreeMap<String, Value>, BTreeMap<String, i64>) {
    let mut posts = BTreeMap::new();
    let mut threads = BTreeMap::new();
    for thread in list(side).await {
        let whole = side
            .person
            .get(&format!("/threads/{}", id(&thread)))
            .await
            .body;
        let opening = whole["posts"][0]["uri"].as_str().unwrap().to_owned();
        threads.insert(opening, whole["post_count"].as_i64().unwrap());
        for post in whole["posts"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|post| post["deleted"] == false)
        {
            let tags = post["tags"].clone();
            let facts = json!({
                "no": post["no"], "body": post["body"], "subject": post["subject"], "tags": tags,
                "likes": post["likes"], "dislikes": post["dislikes"],
                "quotes": post["quotes"].as_array().unwrap().len(),
                "quoted_by": post["quoted_by"].as_array().unwrap().len(),
            });
            posts.insert(post["uri"].as_str().unwrap().to_owned(), facts);
        }
    }
    (posts, threads)
}

async fn list(side: &Side) -> Vec<Value> {
    let path = format!("/boards/{}/threads?limit=100&sort=new", side.board);
    side.person.get(&path).await.body["items"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

fn id(thing: &Value) -> &str {
    thing["id"].as_str().unwrap()
}

/// One random thing that somebody does with what they see.
async fn act(side: &Side, rng: &mut StdRng, count: usize) {
    let threads = list(side).await;
    let Some(thread) = threads.choose(rng).filter(|_| rng.random_ratio(9, 10)) else {
        let subject = format!("Thread {count}");
        side.person
            .thread(
                side.board,
                &subject,
                &format!("opened by act {count} #tag{}", count % 5),
            )
            .await;
        return;
    };
    let whole = side
        .person
        .get(&format!("/threads/{}", id(thread)))
        .await
        .body;
    let posts: Vec<&Value> = whole["posts"].as_array().unwrap().iter().collect();
    let post = posts.choose(rng).unwrap();
    let path = format!("/posts/{}", id(post));
    match rng.random_range(0..10) {
        0..4 => {
            let quoted = post["no"]
                .as_i64()
                .map(|no| format!(">>{no} "))
                .unwrap_or_default();
            let body = json!({"body": format!("{quoted}said in act {count}")});
            side.person
                .post(&format!("/threads/{}/posts", id(thread)), &body)
                .await;
        }
        4..7 => {
            side.person.vote(id(post), rng.random_range(-1..=1)).await;
        }
        7..9 => {
            side.person
                .patch(&path, &json!({"body": format!("edited in act {count}")}))
                .await;
        }
        _ => {
            side.person.delete(&path).await;
        }
    }
}

/// Delivers what was held at both nodes, shuffled and some of it twice.
async fn deliver_shuffled(net: &Net, rng: &mut StdRng) {
    for name in ["alpha", "beta"] {
        let mut held = net.release(name);
        let again: Vec<_> = held
            .iter()
            .filter(|_| rng.random_ratio(1, 3))
            .cloned()
            .collect();
        held.extend(again);
        held.shuffle(rng);
        for request in &held {
            assert_eq!(net.node(name).deliver(request).await, 202);
        }
    }
}

async fn run(seed: u64) {
    let net = Net::start(["alpha", "beta"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").person("ben").await;
    anna.board("art").await;
    ben.follow_board("art@alpha.test").await;
    net.settle().await;
    let sides = [
        Side {
            person: anna,
            board: "art",
        },
        Side {
            person: ben,
            board: "art@alpha.test",
        },
    ];
    let mut rng = StdRng::seed_from_u64(seed);
    net.hold("alpha");
    net.hold("beta");
    for count in 0..ACTS {
        let side = sides.choose(&mut rng).unwrap();
        act(side, &mut rng, count).await;
        net.advance(SECOND);
        if rng.random_ratio(1, 6) {
            net.settle().await;
            deliver_shuffled(&net, &mut rng).await;
            net.settle().await;
        }
    }
    net.settle().await;
    deliver_shuffled(&net, &mut rng).await;
    net.let_through("alpha");
    net.let_through("beta");
    for _ in 0..4 {
        net.advance(HOUR);
        net.settle().await;
    }

    let (left, right) = (shown(&sides[0]).await, shown(&sides[1]).await);
    assert!(
        left.0.len() > 50,
        "the sequence leaves something to compare: {}",
        left.0.len()
    );
    for (uri, post) in &left.0 {
        assert_eq!(Some(post), right.0.get(uri), "seed {seed}: {uri}");
    }
    assert_eq!(left.0.len(), right.0.len(), "seed {seed}");
    assert_eq!(left.1, right.1, "seed {seed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_random_acts_repeated_and_reordered_end_in_the_same_state() {
    let first = asked("STOA_CONVERGENCE_SEED").unwrap_or(20_261_120);
    for seed in 0..asked("STOA_CONVERGENCE_RUNS").unwrap_or(1) {
        run(first + seed).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_its_board_had_to_fetch_gets_its_number_everywhere() {
    let net = Net::start(["alpha", "beta", "gamma"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").person("ben").await;
    let cleo = net.node("gamma").person("cleo").await;
    anna.board("art").await;
    for person in [&ben, &cleo] {
        person.follow_board("art@alpha.test").await;
    }
    net.settle().await;
    net.hold("alpha");
    let thread = ben.thread("art@alpha.test", "First light", "hello").await;
    ben.reply(&thread.text("id"), "an answer").await;
    net.settle().await;
    let mut held = net.release("alpha");
    net.let_through("alpha");
    held.reverse();
    for request in &held {
        assert_eq!(net.node("alpha").deliver(request).await, 202);
        net.settle().await;
    }
    for (person, board) in [(anna, "art"), (ben, THERE), (cleo, THERE)] {
        let side = Side { person, board };
        let (posts, _) = shown(&side).await;
        let mut numbers: Vec<_> = posts.values().map(|post| post["no"].as_i64()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [Some(1), Some(2)], "on {}", side.person.node);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_to_what_was_deleted_before_it_came_have_their_place() {
    let net = Net::start(["alpha", "beta"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").person("ben").await;
    anna.board("art").await;
    ben.follow_board(THERE).await;
    net.settle().await;
    let thread = anna.thread("art", "Gone soon", "hello").await.text("id");
    anna.reply(&thread, "still talking").await;
    anna.reply(&thread, ">>2 and again").await;
    anna.delete(&format!("/posts/{thread}")).await;
    for _ in 0..4 {
        net.settle().await;
        net.advance(HOUR);
    }
    net.settle().await;
    let here = Side {
        person: anna,
        board: "art",
    };
    let there = Side {
        person: ben,
        board: THERE,
    };
    let (told, threads) = shown(&here).await;
    assert_eq!((told.len(), threads.len()), (2, 1));
    assert_eq!((told, threads), shown(&there).await);
}

/// One run in everyday tests; `STOA_CONVERGENCE_RUNS` asks for more, each with another seed, and
/// `STOA_CONVERGENCE_SEED` for another first one.
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
