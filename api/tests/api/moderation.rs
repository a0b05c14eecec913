//! What moderators do, and its public log.

use serde_json::json;

use crate::node::Node;
use crate::pictures;

#[tokio::test(flavor = "multi_thread")]
async fn moderators_lock_pin_and_remove_and_everybody_sees_it() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let (ben, carl) = (node.member("ben").await, node.member("carl").await);
        node.board(&admin, "art").await;
        node.call(http::Method::PUT, "/boards/art/moderators/ben")
            .by(&admin)
            .expect(204)
            .await;
        let moderators = node.get("/boards/art/moderators").expect(200).await;
        let names: Vec<_> = moderators
            .items()
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["anna", "ben"]);

        let thread = node.thread(&carl, "art", "opening").await;
        let reply = node.reply(&carl, &thread, "spam").await;
        let (lock, pin) = (
            format!("/threads/{thread}/lock"),
            format!("/threads/{thread}/pin"),
        );
        node.put(&lock, json!({"value": true}))
            .by(&carl)
            .expect(403)
            .await;
        node.put(&lock, json!({"value": true}))
            .by(&ben)
            .expect(200)
            .await;
        node.put(&pin, json!({"value": true}))
            .by(&ben)
            .expect(200)
            .await;
        let shown = node.get(&format!("/threads/{thread}")).expect(200).await;
        assert_eq!(
            (&shown.json["locked"], &shown.json["pinned"]),
            (&json!(true), &json!(true))
        );
        let late = node
            .post(&format!("/threads/{thread}/posts"), json!({"body": "late"}))
            .by(&carl)
            .expect(403)
            .await;
        assert_eq!(late.json["code"], "locked");

        let removal = json!({"reason": "Advertising"});
        let path = format!("/posts/{reply}");
        node.delete(&path)
            .json(&removal)
            .by(&carl)
            .expect(403)
            .await;
        node.delete(&path).json(&removal).by(&ben).expect(204).await;
        let posts = node
            .get(&format!("/threads/{thread}/posts"))
            .expect(200)
            .await;
        let stone = &posts.items()[1];
        assert_eq!(
            (&stone["deleted_by"], &stone["reason"]),
            (&json!("moderator"), &json!("Advertising"))
        );

        let log = node.get("/boards/art/log").expect(200).await;
        let acts: Vec<_> = log
            .items()
            .iter()
            .map(|entry| entry["act"].as_str().unwrap())
            .collect();
        assert_eq!(acts, ["remove", "pin", "lock", "appoint"]);
        assert_eq!(log.items()[0]["actor"]["name"], "ben");
        assert_eq!(log.items()[0]["reason"], "Advertising");

        node.delete("/boards/art/moderators/ben")
            .by(&admin)
            .expect(204)
            .await;
        node.put(&lock, json!({"value": false}))
            .by(&ben)
            .expect(403)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_pictures_are_no_longer_shown() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "opening").await;
        let picture = node.upload(&admin, &pictures::png(9), &[]).await;
        let draft = json!({"media": [picture.id()]});
        let reply = node
            .post(&format!("/threads/{thread}/posts"), draft)
            .by(&admin)
            .expect(201)
            .await;
        let url = picture.text("url").replace("http://alpha.test", "/");
        node.get(&url).expect(200).await;
        let removal = json!({"reason": "Not allowed", "with_media": true});
        node.delete(&format!("/posts/{}", reply.id()))
            .json(&removal)
            .by(&admin)
            .expect(204)
            .await;
        node.get(&url).expect(404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moderates_one_board_takes_no_files() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        let one = "/boards/art/moderators/ben";
        node.get(one).expect(404).await;
        node.call(http::Method::PUT, one)
            .by(&admin)
            .expect(204)
            .await;
        assert_eq!(node.get(one).expect(200).await.text("name"), "ben");
        node.get("/boards/art/moderators/nobody").expect(404).await;

        let picture = node.upload(&admin, &pictures::png(9), &[]).await;
        let draft = json!({"media": [picture.id()]});
        let thread = node
            .post("/boards/art/threads", draft)
            .by(&admin)
            .expect(201)
            .await;
        let path = format!("/posts/{}", thread.id());
        let removal = json!({"reason": "Not allowed", "with_media": true});
        let refused = node.delete(&path).json(&removal).by(&ben).expect(403).await;
        assert_eq!(refused.json["code"], "not_staff");
        let url = picture.text("url").replace("http://alpha.test", "/");
        node.get(&url).expect(200).await;
        let removal = json!({"reason": "Not allowed"});
        node.delete(&path).json(&removal).by(&ben).expect(204).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_who_is_banned_does_not_moderate() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        node.call(http::Method::PUT, "/boards/art/moderators/ben")
            .by(&admin)
            .expect(204)
            .await;
        let thread = node.thread(&admin, "art", "opening").await;
        let ban = "/admin/bans/ben";
        node.put(ban, json!({"reason": "spam"}))
            .by(&admin)
            .expect(204)
            .await;
        let lock = format!("/threads/{thread}/lock");
        let refused = node
            .put(&lock, json!({"value": true}))
            .by(&ben)
            .expect(403)
            .await;
        assert_eq!(refused.json["code"], "banned");
        node.delete(ban).by(&admin).expect(204).await;
        node.put(&lock, json!({"value": true}))
            .by(&ben)
            .expect(200)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_have_a_length() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&admin, "art", "opening").await;
    let path = format!("/posts/{thread}");
    let long = node
        .delete(&path)
        .json(&json!({"reason": "x".repeat(1001)}))
        .by(&admin)
        .expect(422)
        .await;
    assert_eq!(long.faulty(), ["reason"]);
    let none = node
        .delete(&path)
        .json(&json!({}))
        .by(&admin)
        .expect(422)
        .await;
    assert_eq!(none.faults(), ["reason:missing"]);
    node.get(&path).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_and_peers_tell_their_errors_to_those_concerned() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "opening").await;
        let deliveries = node
            .get(&format!("/posts/{thread}/delivery"))
            .expect(200)
            .await;
        assert!(deliveries.items().is_empty());
        let failed = node.app.cx.write(async |tx| {
            domain::peer::failed(tx, "beta.test", "connection refused", None).await
        });
        failed.await.unwrap();
        let open = node.get("/peers/beta.test").expect(200).await;
        assert_eq!(open.text("state"), "failing");
        assert!(!open.json.to_string().contains("refused"));
        let full = node.get("/peers/BETA.test").by(&admin).expect(200).await;
        assert_eq!(full.json["details"]["error"], "connection refused");
        node.get("/peers/gamma.test").expect(404).await;
    }
}
