//! The same request twice has its effect once.

use db::HOUR;
use http::Method;
use serde_json::json;

use crate::node::Node;
use crate::pictures;

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_answers_as_the_first_did() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let start = || {
            node.post("/boards/art/threads", json!({"body": "once"}))
                .by(&admin)
                .header("idempotency-key", "k1")
        };
        let first = start().expect(201).await;
        let second = start().expect(201).await;
        assert_eq!(first.json, second.json);
        assert_eq!(first.header("location"), second.header("location"));

        let path = format!("/threads/{}/posts", first.id());
        let reply = || {
            node.post(&path, json!({"body": "once"}))
                .by(&admin)
                .header("idempotency-key", "k2")
        };
        assert_eq!(
            reply().expect(201).await.id(),
            reply().expect(201).await.id()
        );
        assert_eq!(node.get(&path).expect(200).await.items().len(), 2);

        let form = pictures::form(Some(&pictures::png(1)), &[("alt", "A")]);
        let upload = || {
            node.call(Method::POST, "/media")
                .by(&admin)
                .form(form.clone())
                .header("idempotency-key", "k3")
        };
        assert_eq!(
            upload().expect(201).await.id(),
            upload().expect(201).await.id()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_belongs_to_one_request_of_one_account() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        node.board(&admin, "music").await;
        let send = |board: &str, body: &str| {
            node.post(&format!("/boards/{board}/threads"), json!({"body": body}))
                .header("idempotency-key", "k")
        };
        let first = send("art", "one").by(&admin).expect(201).await;
        for other in [send("art", "two"), send("music", "one")] {
            let answer = other.by(&admin).expect(422).await;
            assert_eq!(answer.faulty(), ["idempotency_key"]);
        }
        let bens = send("art", "one").by(&ben).expect(201).await;
        assert_ne!(first.id(), bens.id());
        node.advance(25 * HOUR);
        let later = send("art", "one").by(&admin).expect(201).await;
        assert_ne!(first.id(), later.id(), "a key is kept for 24 hours");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_does_not_use_up_its_key() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let send = |body: &str| {
            node.post("/boards/art/threads", json!({"body": body}))
                .by(&admin)
                .header("idempotency-key", "k")
        };
        send("").expect(422).await;
        send("better").expect(201).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_make_one() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let send = || {
            node.post("/boards/art/threads", json!({"body": "once"}))
                .by(&admin)
                .header("idempotency-key", "k")
                .send()
        };
        let answers = futures_util::future::join_all((0..8).map(|_| send())).await;
        let mut ids: Vec<String> = Vec::new();
        for answer in answers {
            match answer.status.as_u16() {
                201 => ids.push(answer.id()),
                status => assert_eq!(
                    (status, &answer.json["code"]),
                    (409, &json!("still_running"))
                ),
            }
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
        let list = node.get("/boards/art/threads").expect(200).await;
        assert_eq!(list.items().len(), 1);
        assert_eq!(send().await.id(), ids[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_have_a_shape() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    for key in ["", &"k".repeat(201), "\u{e4}"] {
        let call = node
            .post("/boards/art/threads", json!({"body": "once"}))
            .by(&admin);
        let answer = call.header("idempotency-key", key).expect(422).await;
        assert_eq!(answer.faulty(), ["idempotency_key"]);
    }
}
