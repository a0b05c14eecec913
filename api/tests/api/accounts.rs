//! Signing up, profiles, follows of accounts.

use domain::Registration;
use serde_json::json;

use crate::node::Node;
use crate::people::PASSWORD;
use crate::pictures;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_account_can_act_at_once() {
    for node in Node::each().await {
        let body = json!({"name": "Anna", "password": PASSWORD, "email": "anna@example.org"});
        let made = node.post("/accounts", body).expect(201).await;
        assert_eq!(made.header("location"), "/api/stoa/v1/accounts/anna");
        let account = &made.json["account"];
        assert_eq!(
            (&account["name"], &account["acct"]),
            (&json!("anna"), &json!("anna"))
        );
        assert_eq!(account["uri"], "http://alpha.test/u/anna");
        assert!(
            !made.json.to_string().contains("example.org"),
            "an e-mail address is shown to nobody"
        );
        let token = format!("Bearer {}", made.text("token"));
        let me = node
            .get("/accounts/me")
            .header("authorization", &token)
            .expect(200)
            .await;
        assert_eq!(me.json["id"], account["id"]);
        assert_eq!(me.json["role"], "member");
        let shown = node.get("/accounts/anna").expect(200).await;
        assert_eq!(shown.json, *account);
        assert_eq!(
            node.get("/accounts/@anna@ALPHA.test")
                .expect(200)
                .await
                .json,
            *account
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_taken_once() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        for name in ["anna", "ANNA", "art"] {
            let again = node
                .post("/accounts", json!({"name": name, "password": PASSWORD}))
                .expect(409)
                .await;
            assert_eq!(again.json["code"], "name_taken");
        }
        let board = node
            .post("/boards", json!({"name": "anna"}))
            .by(&admin)
            .expect(409)
            .await;
        assert_eq!(board.json["code"], "name_taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_sign_up_are_told_at_once() {
    let node = Node::sqlite().await;
    let body = json!({"name": "no good!", "password": "short", "email": "nowhere"});
    let answer = node.post("/accounts", body).expect(422).await;
    assert_eq!(answer.faulty(), ["email", "name", "password"]);
    node.get("/accounts/no%20good!").expect(404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_nodes_take_no_accounts() {
    let node = Node::with(|site| site.defaults.registration = Registration::Closed).await;
    let body = json!({"name": "anna", "password": PASSWORD});
    let answer = node.post("/accounts", body).expect(403).await;
    assert_eq!(answer.json["code"], "registration_closed");
    let instance = node.get("/instance").expect(200).await;
    assert_eq!(instance.json["registration"]["mode"], "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_change_what_is_given() {
    for node in Node::each().await {
        let anna = node.member("anna").await;
        let avatar = node.upload(&anna, &pictures::png(1), &[]).await;
        let banner = node.upload(&anna, &pictures::png(2), &[]).await;
        let first = json!({
            "display_name": "Anna <b>B</b>", "bio": "Paints **cats**.", "avatar": avatar.id(),
            "banner": banner.id(),
            "fields": [{"name": "Home", "value": "Here"}]
        });
        let changed = node
            .patch("/accounts/me", first)
            .by(&anna)
            .expect(200)
            .await;
        assert!(changed.text("bio_html").contains("<strong>cats</strong>"));
        assert_eq!(
            changed.json["fields"],
            json!([{"name": "Home", "value": "Here"}])
        );
        for face in ["avatar", "banner"] {
            let picture = changed.text(face).replace("http://alpha.test", "/");
            node.get(&picture).expect(200).await;
        }
        let second = node
            .patch("/accounts/me", json!({"avatar": null}))
            .by(&anna)
            .expect(200)
            .await;
        assert_eq!(second.json["avatar"], json!(null));
        assert_eq!(second.json["display_name"], changed.json["display_name"]);
        let empty = node
            .patch("/accounts/me", json!({}))
            .by(&anna)
            .expect(200)
            .await;
        assert_eq!(empty.json, second.json);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_profile_are_told_at_once() {
    let node = Node::sqlite().await;
    let anna = node.member("anna").await;
    let fields: Vec<_> = (0..9)
        .map(|n| json!({"name": n.to_string(), "value": ""}))
        .collect();
    let body = json!({"display_name": "x".repeat(101), "bio": "y".repeat(5001), "fields": fields});
    let answer = node.patch("/accounts/me", body).by(&anna).expect(422).await;
    assert_eq!(answer.faulty().len(), 3, "{}", answer.json);
    let answer = node
        .patch("/accounts/me", json!({"avatar": "17"}))
        .by(&anna)
        .send()
        .await;
    assert!(
        [404, 422].contains(&answer.status.as_u16()),
        "{}",
        answer.json
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn following_is_a_state() {
    for node in Node::each().await {
        let (anna, ben) = (node.member("anna").await, node.member("ben").await);
        let path = "/accounts/ben/follow";
        assert_eq!(
            node.get(path).by(&anna).expect(200).await.json,
            json!({"state": null})
        );
        for _ in 0..2 {
            let put = node
                .call(http::Method::PUT, path)
                .by(&anna)
                .expect(200)
                .await;
            assert_eq!(put.json, json!({"state": "accepted"}));
        }
        assert_eq!(
            node.get("/accounts/ben").expect(200).await.json["counts"]["followers"],
            1
        );
        for _ in 0..2 {
            node.delete(path).by(&anna).expect(204).await;
        }
        assert_eq!(
            node.get(path).by(&anna).expect(200).await.json,
            json!({"state": null})
        );
        assert_eq!(
            node.get("/accounts/ben").expect(200).await.json["counts"]["followers"],
            0
        );
        node.get(path).by(&ben).expect(200).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_of_an_account_come_newest_first() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "one").await;
        let reply = node.reply(&admin, &thread, "two").await;
        let posts = node.get("/accounts/anna/posts").expect(200).await;
        let ids: Vec<_> = posts
            .items()
            .iter()
            .map(|post| post["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, [reply.as_str(), thread.as_str()]);
        assert_eq!(
            node.get("/accounts/anna").expect(200).await.json["counts"]["posts"],
            2
        );
    }
}
