//! The main road: a board on one node, followed and answered from two others.

use db::DAY;
use serde_json::Value;

use crate::net::{Net, Person};

/// The thread of that subject as somebody sees it on a board.
async fn thread(person: &Person, board: &str, subject: &str) -> Option<Value> {
    let threads = person.get(&format!("/boards/{board}/threads")).await;
    let threads = threads.body["items"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let found = threads
        .into_iter()
        .find(|thread| thread["subject"] == subject)?;
    let id = found["id"].as_str()?;
    Some(person.get(&format!("/threads/{id}")).await.body)
}

fn texts(thread: &Value) -> Vec<(Option<i64>, String, i64)> {
    let posts = thread["posts"].as_array().unwrap();
    let live = posts.iter().filter(|post| post["deleted"] == false);
    live.map(|post| {
        let body = post["body"].as_str().unwrap().to_owned();
        (post["no"].as_i64(), body, post["likes"].as_i64().unwrap())
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_on_one_node_is_seen_on_three() {
    let net = Net::start(["alpha", "beta", "gamma"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").person("ben").await;
    let chie = net.node("gamma").person("chie").await;
    anna.board("art").await;
    ben.follow_board("art@alpha.test").await;
    chie.follow_board("art@alpha.test").await;
    net.settle().await;

    let opening = anna
        .thread("art", "First light", "Hello >there\n>green #light")
        .await;
    net.settle().await;
    let at_ben = thread(&ben, "art@alpha.test", "First light").await.unwrap();
    ben.reply(at_ben["id"].as_str().unwrap(), ">>1 from beta")
        .await;
    ben.vote(at_ben["id"].as_str().unwrap(), 1).await;
    net.settle().await;
    let at_chie = thread(&chie, "art@alpha.test", "First light")
        .await
        .unwrap();
    chie.reply(at_chie["id"].as_str().unwrap(), ">>2 from gamma")
        .await;
    chie.vote(at_chie["id"].as_str().unwrap(), 1).await;
    net.settle().await;

    let expected = vec![
        (Some(1), "Hello >there\n>green #light".to_owned(), 2),
        (Some(2), ">>1 from beta".to_owned(), 0),
        (Some(3), ">>2 from gamma".to_owned(), 0),
    ];
    for (person, board) in [
        (&anna, "art"),
        (&ben, "art@alpha.test"),
        (&chie, "art@alpha.test"),
    ] {
        let seen = thread(person, board, "First light").await.unwrap();
        assert_eq!(texts(&seen), expected, "on {}", person.node);
        assert_eq!(seen["post_count"], 3, "on {}", person.node);
        assert_eq!(
            seen["posts"][0]["quoted_by"].as_array().unwrap().len(),
            1,
            "on {}",
            person.node
        );
    }

    let id = opening.text("id");
    anna.patch(
        &format!("/posts/{id}"),
        &serde_json::json!({"body": "Edited"}),
    )
    .await;
    net.settle().await;
    for (person, board) in [(&ben, "art@alpha.test"), (&chie, "art@alpha.test")] {
        let seen = thread(person, board, "First light").await.unwrap();
        assert_eq!(seen["posts"][0]["body"], "Edited", "on {}", person.node);
    }
    assert_eq!(anna.delete(&format!("/posts/{id}")).await.status, 204);
    net.settle().await;
    let left = ben
        .get(&format!("/threads/{}", at_ben["id"].as_str().unwrap()))
        .await
        .body;
    assert_eq!(left["posts"][0]["deleted"], true);
    assert_eq!(texts(&left).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_was_away_for_thirteen_days_hears_everything() {
    let net = Net::start(["alpha", "beta"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").person("ben").await;
    anna.board("art").await;
    ben.follow_board("art@alpha.test").await;
    net.settle().await;
    let doomed = anna.thread("art", "Doomed", "to be deleted").await;
    net.settle().await;
    assert!(thread(&ben, "art@alpha.test", "Doomed").await.is_some());

    net.sever("beta");
    anna.thread("art", "While you were away", "all of this")
        .await;
    anna.delete(&format!("/posts/{}", doomed.text("id"))).await;
    for _ in 0..12 {
        net.settle().await;
        net.advance(DAY);
    }
    net.settle().await;
    assert!(
        thread(&ben, "art@alpha.test", "While you were away")
            .await
            .is_none()
    );
    let peers = anna.get("/peers/beta.test").await;
    assert_eq!(peers.body["state"], "dead", "{}", peers.body);

    net.mend("beta");
    net.advance(DAY);
    net.settle().await;
    assert!(
        thread(&ben, "art@alpha.test", "While you were away")
            .await
            .is_some()
    );
    assert!(thread(&ben, "art@alpha.test", "Doomed").await.is_none());
    assert_eq!(anna.get("/peers/beta.test").await.body["state"], "up");
}
