//! Signing in and out, and how often one may try.

use db::DAY;
use serde_json::json;

use crate::node::Node;
use crate::people::{PASSWORD, Person};

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_gives_a_token_and_signing_out_ends_it() {
    for node in Node::each().await {
        node.member("anna").await;
        let body = json!({"name": "Anna", "password": PASSWORD, "label": "My script"});
        let answer = node.post("/session", body).expect(200).await;
        assert_eq!(answer.json["account"]["name"], "anna");
        let anna = Person {
            name: "anna".to_owned(),
            token: answer.text("token"),
        };
        let sessions = node.get("/sessions").by(&anna).expect(200).await;
        let labels: Vec<_> = sessions
            .items()
            .iter()
            .map(|session| session["label"].as_str().unwrap())
            .collect();
        assert_eq!(labels.first(), Some(&"My script"));
        let current: Vec<_> = sessions
            .items()
            .iter()
            .map(|session| session["current"] == true)
            .collect();
        assert_eq!(current, [true, false]);
        assert!(!sessions.json.to_string().contains(&anna.token));
        node.delete("/session").by(&anna).expect(204).await;
        let refused = node.get("/accounts/me").by(&anna).expect(401).await;
        assert_eq!(refused.json["code"], "bad_token");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_names_and_wrong_passwords_look_the_same() {
    let node = Node::sqlite().await;
    node.member("anna").await;
    let attempt = async |name: &str, password: &str| {
        let body = json!({"name": name, "password": password});
        node.post("/session", body).expect(401).await.json
    };
    let mut answers = [
        attempt("anna", "wrong").await,
        attempt("nobody", PASSWORD).await,
        attempt("", "").await,
    ];
    for answer in &mut answers {
        answer["request_id"] = json!(null);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    assert_eq!(answers[0]["code"], "bad_credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_tokens_are_refused() {
    for node in Node::each().await {
        let anna = node.member("anna").await;
        node.advance(364 * DAY);
        node.get("/accounts/me").by(&anna).expect(200).await;
        // Its use prolonged it, beside the request.
        node.app.tasks.close();
        node.app.tasks.wait().await;
        node.advance(364 * DAY);
        node.get("/accounts/me").by(&anna).expect(200).await;
        node.app.tasks.wait().await;
        node.advance(366 * DAY);
        let answer = node.get("/accounts/me").by(&anna).expect(401).await;
        assert_eq!(answer.json["code"], "bad_token");
        node.get("/instance").expect(200).await;
        node.get("/accounts/anna").by(&anna).expect(401).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_none_are_refused() {
    let node = Node::sqlite().await;
    node.member("anna").await;
    for value in [
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic YTpi",
        "nonsense",
        "Bearer \u{e4}",
    ] {
        let answer = node
            .get("/accounts/anna")
            .header("authorization", value)
            .expect(401)
            .await;
        assert_eq!(answer.json["code"], "bad_token", "{value}");
    }
    let answer = node.get("/accounts/me").expect(401).await;
    assert_eq!(answer.json["code"], "signed_out");
    let cookie = node
        .get("/accounts/me")
        .header("cookie", "stoa=abc")
        .expect(401)
        .await;
    assert_eq!(cookie.json["code"], "signed_out", "cookies are for pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_other_sessions() {
    for node in Node::each().await {
        let here = node.member("anna").await;
        let there = node.token(&here, &domain::session::Scope::ALL).await;
        let wrong = json!({"current": "wrong password", "new": "another good password"});
        let answer = node
            .put("/accounts/me/password", wrong)
            .by(&here)
            .send()
            .await;
        assert!(answer.status.is_client_error(), "{}", answer.json);
        let short = json!({"current": PASSWORD, "new": "short"});
        node.put("/accounts/me/password", short)
            .by(&here)
            .expect(422)
            .await;
        node.get("/accounts/me").by(&there).expect(200).await;
        let right = json!({"current": PASSWORD, "new": "another good password"});
        node.put("/accounts/me/password", right)
            .by(&here)
            .expect(204)
            .await;
        node.get("/accounts/me").by(&here).expect(200).await;
        node.get("/accounts/me").by(&there).expect(401).await;
        node.post("/session", json!({"name": "anna", "password": PASSWORD}))
            .expect(401)
            .await;
        node.post(
            "/session",
            json!({"name": "anna", "password": "another good password"}),
        )
        .expect(200)
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_ends_only_ones_own_sessions() {
    for node in Node::each().await {
        let (anna, ben) = (node.member("anna").await, node.member("ben").await);
        let other = node.token(&anna, &domain::session::Scope::ALL).await;
        let sessions = node.get("/sessions").by(&anna).expect(200).await;
        let id = sessions
            .items()
            .iter()
            .find(|session| session["current"] == false)
            .unwrap()["id"]
            .clone();
        let path = format!("/sessions/{}", id.as_str().unwrap());
        node.delete(&path).by(&ben).expect(404).await;
        node.get("/accounts/me").by(&other).expect(200).await;
        node.delete(&path).by(&anna).expect(204).await;
        node.get("/accounts/me").by(&other).expect(401).await;
        node.delete(&path).by(&anna).expect(404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_passwords_is_slowed_down() {
    let node = Node::with(|site| site.rate_limits = true).await;
    node.member("anna").await;
    let wrong = json!({"name": "anna", "password": "wrong password"});
    let mut tried = 0;
    let refused = loop {
        let answer = node.post("/session", wrong.clone()).send().await;
        if answer.status == 429 {
            break answer;
        }
        tried += 1;
        assert!(tried <= 20, "nobody stops it");
    };
    assert_eq!(tried, 20);
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=601).contains(&wait), "{wait}");
    let right = json!({"name": "anna", "password": PASSWORD});
    node.post("/session", right.clone()).expect(429).await;
    node.advance((wait + 1) * db::SECOND);
    node.post("/session", right).expect(200).await;
}
