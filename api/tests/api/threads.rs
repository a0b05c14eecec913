//! Threads and posts: writing, reading, changing, deleting, voting.

use serde_json::{Value, json};

use crate::node::Node;
use crate::pictures;

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_with_a_picture_and_a_reply_that_quotes_it() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        let picture = node
            .upload(&admin, &pictures::png(3), &[("alt", "A square")])
            .await;
        let draft = json!({
            "subject": "First", "body": "Look: **this**", "media": [picture.id()], "tags": ["Cats"], "language": "en"
        });
        let made = node
            .post("/boards/art/threads", draft)
            .by(&admin)
            .expect(201)
            .await;
        let id = made.id();
        assert_eq!(
            made.header("location"),
            format!("/api/stoa/v1/threads/{id}")
        );
        let opening = &made.json["posts"][0];
        assert_eq!((&opening["no"], &opening["id"]), (&json!(1), &json!(id)));
        assert_eq!(opening["media"][0]["alt"], "A square");
        assert_eq!(made.json["tags"], json!(["cats"]));
        assert_eq!(
            (&made.json["post_count"], &made.json["media_count"]),
            (&json!(1), &json!(1))
        );

        let reply = json!({"body": ">>1 nice"});
        let reply = node
            .post(&format!("/threads/{id}/posts"), reply)
            .by(&ben)
            .expect(201)
            .await;
        assert_eq!(reply.json["no"], 2);
        assert_eq!(
            reply.json["quotes"][0],
            json!({"text": ">>1", "no": 1, "post_id": id, "thread_id": id})
        );
        assert_eq!(reply.json["reply_to"], json!(id));
        let link = format!("href=\"http://alpha.test/p/{id}\"");
        assert!(reply.text("html").contains(&link), "{}", reply.json["html"]);

        let thread = node.get(&format!("/threads/{id}")).expect(200).await;
        assert_eq!(thread.json["post_count"], 2);
        assert_eq!(
            thread.json["posts"][0]["quoted_by"][0]["post_id"],
            reply.json["id"]
        );
        assert_eq!(thread.json["next"], json!(null));
        let board = node.get("/boards/art/threads").expect(200).await;
        assert_eq!(board.items()[0]["posts"].as_array().unwrap().len(), 2);
        let catalog = node.get("/boards/art/catalog").expect(200).await;
        assert_eq!(catalog.items()[0]["posts"].as_array().unwrap().len(), 1);
        let post = node
            .get(&format!("/posts/{}", reply.id()))
            .expect(200)
            .await;
        assert_eq!(post.json["body"], ">>1 nice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_thread_are_told_at_once() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let draft = json!({
            "subject": "x".repeat(201), "body": "x".repeat(20_001), "content_warning": "x".repeat(501),
            "media": ["1", "2", "3", "4", "5"], "tags": vec!["t"; 40], "language": "not a language!"
        });
        let answer = node
            .post("/boards/art/threads", draft)
            .by(&admin)
            .expect(422)
            .await;
        let faulty = answer.faulty();
        for field in ["subject", "body", "content_warning", "media"] {
            assert!(faulty.contains(&field.to_owned()), "{field} in {faulty:?}");
        }
        let empty = node
            .post("/boards/art/threads", json!({}))
            .by(&admin)
            .expect(422)
            .await;
        assert_eq!(empty.faulty(), ["body"]);
        let list = node.get("/boards/art/threads").expect(200).await;
        assert!(list.items().is_empty(), "nothing is left behind");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_keep_the_versions_before() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let id = node.thread(&admin, "art", "first").await;
        node.advance(db::MINUTE);
        let path = format!("/posts/{id}");
        let changed = node
            .patch(&path, json!({"body": "second"}))
            .by(&admin)
            .expect(200)
            .await;
        assert_eq!(changed.text("body"), "second");
        assert_eq!(changed.text("edited_at"), "2026-11-20T10:01:00.000Z");
        let history = node.get(&format!("{path}/history")).expect(200).await;
        let bodies: Vec<_> = history
            .items()
            .iter()
            .map(|version| version["body"].as_str().unwrap())
            .collect();
        assert_eq!(bodies, ["first", "second"]);
        node.patch(&path, json!({"body": ""}))
            .by(&admin)
            .expect(422)
            .await;
        assert_eq!(node.get(&path).expect(200).await.text("body"), "second");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_come_in_parts() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let id = node.thread(&admin, "art", "0").await;
        let path = format!("/posts/{id}");
        for n in 1..=4 {
            node.patch(&path, json!({"body": n.to_string()}))
                .by(&admin)
                .expect(200)
                .await;
        }
        let (mut found, mut parts) = (Vec::new(), 0);
        let mut next = Some(format!("{path}/history?limit=2"));
        while let Some(at) = next {
            let part = node.get(&at).expect(200).await;
            let bodies = part.items().iter().map(|version| version["body"].clone());
            found.extend(bodies);
            next = part.link("next");
            assert_eq!(next.is_some(), part.json["next"].is_string(), "{at}");
            parts += 1;
        }
        assert_eq!(json!(found), json!(["0", "1", "2", "3", "4"]));
        assert_eq!(parts, 3);
        let wrong = node
            .get(&format!("{path}/history?after=x"))
            .expect(422)
            .await;
        assert_eq!(wrong.faults(), ["after:bad_cursor"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_posts_stay_as_tombstones_in_their_thread() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "opening").await;
        let reply = node.reply(&ben, &thread, "a secret").await;
        node.delete(&format!("/posts/{reply}"))
            .by(&ben)
            .expect(204)
            .await;
        let gone = node.get(&format!("/posts/{reply}")).expect(410).await;
        assert_eq!(gone.json["code"], "gone");
        node.delete(&format!("/posts/{reply}"))
            .by(&ben)
            .expect(410)
            .await;
        node.get(&format!("/posts/{reply}/history"))
            .expect(410)
            .await;
        let posts = node
            .get(&format!("/threads/{thread}/posts"))
            .expect(200)
            .await;
        let stone = &posts.items()[1];
        assert_eq!(
            (&stone["deleted"], &stone["deleted_by"]),
            (&json!(true), &json!("author"))
        );
        assert!(!posts.json.to_string().contains("a secret"));
        // An opening post without replies takes its thread along.
        node.delete(&format!("/posts/{thread}"))
            .by(&admin)
            .expect(204)
            .await;
        node.get(&format!("/threads/{thread}")).expect(410).await;
        let after = node
            .post(&format!("/threads/{thread}/posts"), json!({"body": "late"}))
            .by(&ben)
            .expect(410)
            .await;
        assert_eq!(after.json["code"], "gone");
        assert!(
            node.get("/boards/art/threads")
                .expect(200)
                .await
                .items()
                .is_empty()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_are_states() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        let id = node.thread(&admin, "art", "opening").await;
        let path = format!("/posts/{id}/vote");
        let vote = async |value: i64| {
            node.put(&path, json!({"value": value}))
                .by(&ben)
                .expect(200)
                .await
                .json
        };
        for _ in 0..2 {
            assert_eq!(
                vote(1).await,
                json!({"value": 1, "likes": 1, "dislikes": 0})
            );
        }
        assert_eq!(
            vote(-1).await,
            json!({"value": -1, "likes": 0, "dislikes": 1})
        );
        let mine = node.get(&format!("/posts/{id}")).by(&ben).expect(200).await;
        assert_eq!(mine.json["my_vote"], -1);
        assert_eq!(
            node.get(&format!("/posts/{id}")).expect(200).await.json["my_vote"],
            0
        );
        assert_eq!(
            vote(0).await,
            json!({"value": 0, "likes": 0, "dislikes": 0})
        );
        for wrong in [
            json!(2),
            json!(-2),
            json!(70_000),
            json!("1"),
            json!(0.5),
            Value::Null,
        ] {
            let answer = node
                .put(&path, json!({"value": wrong}))
                .by(&ben)
                .expect(422)
                .await;
            assert_eq!(answer.faulty(), ["value"], "{wrong}");
        }
        node.put("/posts/17/vote", json!({"value": 1}))
            .by(&ben)
            .expect(404)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_that_are_none_name_nothing() {
    let node = Node::sqlite().await;
    for id in [
        "0",
        "17",
        "abc",
        "-1",
        "1e9",
        "99999999999999999999",
        "%00",
        "..",
        "%2e%2e%2f",
        "\u{661}",
    ] {
        let id: String = id.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for path in [
            format!("/posts/{id}"),
            format!("/threads/{id}/posts"),
            format!("/media/{id}"),
        ] {
            node.get(&path).expect(404).await;
        }
    }
}
