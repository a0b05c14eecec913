//! Reports, bans, moves and purges through the API: what is told to whom, and what is wrong with bad requests.

use http::Method;
use serde_json::json;

use crate::node::Node;
use crate::pictures;

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_made_seen_and_decided() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let (ben, carl) = (node.member("ben").await, node.member("carl").await);
        node.board(&admin, "art").await;
        let thread = node.thread(&carl, "art", "spam").await;
        let draft = json!({"post": thread, "reason": "Advertising"});
        let id = node.post("/reports", draft).by(&ben).expect(201).await.id();
        let list = node.get("/admin/reports").by(&admin).expect(200).await;
        let report = &list.items()[0];
        assert_eq!(report["id"], id.as_str());
        assert_eq!(report["post"]["body"], "spam");
        assert_eq!(report["account"]["name"], "carl");
        assert_eq!(report["reporter"]["name"], "ben");
        assert_eq!(report["origins"], json!([]));
        let path = format!("/admin/reports/{id}");
        node.get(&path).by(&ben).expect(403).await;
        let decision = json!({"state": "resolved", "note": "Removed it"});
        let decided = node.put(&path, decision).by(&admin).expect(200).await;
        assert_eq!(decided.json["decided_by"]["name"], "anna");
        assert_eq!(decided.text("note"), "Removed it");
        let open = node.get("/admin/reports").by(&admin).expect(200).await;
        assert!(open.items().is_empty());
        let resolved = node.get("/admin/reports?state=resolved").by(&admin);
        assert_eq!(resolved.expect(200).await.items().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_reports_and_bans_name_their_fields() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    let ben = node.member("ben").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&ben, "art", "hello").await;
    for (draft, faults) in [
        (json!({"reason": "x"}), "post:required"),
        (
            json!({"post": thread, "account": "ben", "reason": "x"}),
            "post:required",
        ),
        (json!({"post": thread, "reason": "  "}), "reason:required"),
        (
            json!({"post": thread, "reason": "x".repeat(2001)}),
            "reason:too_long",
        ),
    ] {
        let answer = node.post("/reports", draft).by(&admin).expect(422).await;
        assert_eq!(answer.faults(), [faults]);
    }
    let account = json!({"account": "ben", "reason": "x"});
    node.post("/reports", account).by(&admin).expect(201).await;
    for (draft, faults) in [
        (
            json!({"reason": "x", "until": "tomorrow"}),
            "until:bad_moment",
        ),
        (
            json!({"reason": "x", "until": "2020-01-01T00:00:00Z"}),
            "until:in_the_past",
        ),
        (json!({"reason": "x".repeat(1001)}), "reason:too_long"),
    ] {
        let put = node.put("/boards/art/bans/ben", draft).by(&admin);
        assert_eq!(put.expect(422).await.faults(), [faults]);
    }
    let state = node.get("/admin/reports?state=lost").by(&admin);
    state.expect(422).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ban_tells_why_and_until_when() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "hello").await;
        let ban = json!({"reason": "Rude", "until": "2100-01-01T00:00:00Z"});
        node.put("/boards/art/bans/ben", ban)
            .by(&admin)
            .expect(204)
            .await;
        let path = format!("/threads/{thread}/posts");
        let late = node.post(&path, json!({"body": "x"})).by(&ben);
        let late = late.expect(403).await;
        assert_eq!(late.text("code"), "banned");
        assert_eq!(
            late.text("detail"),
            "This account is banned from /art/ until 2100-01-01 00:00 UTC: Rude"
        );
        let bans = node.get("/boards/art/bans").by(&admin).expect(200).await;
        assert_eq!(bans.items()[0]["account"]["name"], "ben");
        assert_eq!(bans.items()[0]["until"], "2100-01-01T00:00:00.000Z");
        let log = node.get("/log").expect(200).await;
        assert_eq!(log.items()[0]["act"], "ban");
        assert_eq!(log.items()[0]["account"]["name"], "ben");
        assert_eq!(log.items()[0]["board"], "art");
        node.delete("/boards/art/bans/ben")
            .by(&admin)
            .expect(204)
            .await;
        node.delete("/boards/art/bans/ben")
            .by(&admin)
            .expect(404)
            .await;
        node.post(&path, json!({"body": "x"}))
            .by(&ben)
            .expect(201)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_thread_has_new_numbers() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        node.board(&admin, "photo").await;
        node.thread(&admin, "photo", "first there").await;
        let thread = node.thread(&admin, "art", "hello").await;
        let path = format!("/threads/{thread}/board");
        let moved = node.put(&path, json!({"board": "Photo"})).by(&admin);
        assert_eq!(moved.expect(200).await.text("board"), "photo");
        let shown = node.get(&format!("/threads/{thread}")).expect(200).await;
        assert_eq!(
            (&shown.json["board"]["name"], &shown.json["no"]),
            (&json!("photo"), &json!(2))
        );
        let again = node.put(&path, json!({"board": "photo"})).by(&admin);
        assert_eq!(again.expect(409).await.text("code"), "same_board");
        let nowhere = node.put(&path, json!({"board": "no board"})).by(&admin);
        nowhere.expect(404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purged_picture_is_gone_and_stays_out() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "hello").await;
        let picture = node.upload(&ben, &pictures::png(9), &[]).await;
        let url = picture.text("url").replace("http://alpha.test", "/");
        let sha = url.split('/').find(|part| part.len() == 64).unwrap();
        let path = format!("/threads/{thread}/posts");
        let post = node.post(&path, json!({"media": [picture.id()]})).by(&ben);
        let post = post.expect(201).await.id();
        let purge = format!("/admin/media/{sha}");
        node.delete(&purge).by(&admin).expect(415).await;
        let unsaid = node.delete(&purge).json(&json!({"reason": " \u{200b}"}));
        let unsaid = unsaid.by(&admin).expect(422).await;
        assert_eq!(unsaid.faults(), ["reason:required"]);
        let reason = json!({"reason": "Not allowed"});
        let done = node
            .delete(&purge)
            .json(&reason)
            .by(&admin)
            .expect(200)
            .await;
        assert_eq!(done.json["posts"], 1);
        node.get(&url).expect(404).await;
        assert!(!node.app.ingest.store().exists(sha).await);
        node.get(&format!("/posts/{post}")).expect(410).await;
        let again = node
            .call(Method::POST, "/media")
            .by(&ben)
            .form(pictures::form(Some(&pictures::png(9)), &[]));
        assert_eq!(again.expect(422).await.faults(), ["file:refused"]);
        let unknown = node.delete("/admin/media/xyz").json(&reason).by(&admin);
        unknown.expect(404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_suspended_reads_why() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.member("ben").await;
        for (path, field, ends) in [
            ("/admin/peers/beta.test", "policy", "open"),
            ("/admin/accounts/ben", "state", "active"),
        ] {
            for unsaid in [
                json!({}),
                json!({"reason": ""}),
                json!({"reason": "\u{7}\n"}),
            ] {
                let mut body = unsaid;
                body[field] = json!("suspended");
                let answer = node.put(path, body).by(&admin).expect(422).await;
                assert_eq!(answer.faults(), ["reason:required"], "{path}");
            }
            let body = json!({field: "suspended", "reason": "spam"});
            node.put(path, body).by(&admin).expect(200).await;
            let body = json!({field: ends});
            node.put(path, body).by(&admin).expect(200).await;
        }
    }
}
