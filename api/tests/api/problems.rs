//! Errors of the request itself.

use db::testing::TestDb;
use http::Method;
use serde_json::json;

use crate::node::Node;
use crate::peer::Peer;

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_has_all_its_parts() {
    let node = Node::sqlite().await;
    let mut answer = node.get("/boards/none").expect(404).await;
    answer.json["request_id"] = json!("…");
    insta::assert_json_snapshot!("problem_missing", answer.json);
    let mut answer = node
        .post("/accounts", json!({"name": "a b", "password": "x"}))
        .expect(422)
        .await;
    answer.json["request_id"] = json!("…");
    insta::assert_json_snapshot!("problem_fields", answer.json);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_routes_and_methods_are_problems() {
    let node = Node::sqlite().await;
    for path in ["/none", "/boards/art/none", "/posts/1/2/3"] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            node.call(method, path).expect(404).await;
        }
    }
    for (method, path, allowed) in [
        (Method::DELETE, "/instance", "GET"),
        (Method::PUT, "/boards", "POST"),
        (Method::POST, "/openapi.json", "GET"),
        (Method::GET, "/session", "DELETE"),
    ] {
        let answer = node.call(method, path).expect(405).await;
        assert_eq!(answer.json["code"], "method_not_allowed");
        assert!(
            answer.header("allow").contains(allowed),
            "{path}: {}",
            answer.header("allow")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_free_connection_a_node_says_when_to_come_back() {
    for node in Node::each().await {
        let mut held = Vec::new();
        for _ in 0..TestDb::CONNECTIONS {
            held.push(node.app.cx.read().await.unwrap());
        }
        let answer = node.get("/boards/none").expect(503).await;
        assert_eq!(answer.json["code"], "overloaded");
        let wait: u32 = answer.header("retry-after").parse().unwrap();
        assert!(wait > 0);
        drop(held);
        node.get("/boards/none").expect(404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_cannot_be_read_are_refused() {
    let node = Node::sqlite().await;
    let deep = format!("{{\"name\": {}", "[".repeat(200_000));
    let deep_object = "{\"name\":".repeat(50_000);
    let large = json!({"name": "x".repeat(600_000), "password": ""}).to_string();
    let table: [(&str, &str, u16, &str); 14] = [
        ("application/json", "", 400, "bad_json"),
        ("application/json", "{", 400, "bad_json"),
        (
            "application/json",
            "{\"name\": \"a\\u0000\", \"password\": \"\"}",
            400,
            "nul",
        ),
        ("application/json", "{\"name\": \"a\"} {}", 400, "bad_json"),
        (
            "application/json",
            "{\"name\": \"\\ud800\", \"password\": \"\"}",
            400,
            "bad_json",
        ),
        ("application/json", &deep, 400, "bad_json"),
        ("application/json", &deep_object, 400, "bad_json"),
        ("application/json", "null", 422, "invalid"),
        (
            "application/json",
            "{\"name\": \"a\", \"name\": \"b\", \"password\": \"\"}",
            400,
            "bad_json",
        ),
        (
            "application/json",
            "[\"anna\", \"correct horse battery\"]",
            422,
            "invalid",
        ),
        ("application/json", &large, 413, "too_large"),
        ("text/plain", "{}", 415, "unsupported_type"),
        (
            "application/x-www-form-urlencoded",
            "name=a",
            415,
            "unsupported_type",
        ),
        ("", "{}", 415, "unsupported_type"),
    ];
    for (kind, body, status, code) in table {
        let start: String = body.chars().take(40).collect();
        let call = node
            .call(Method::POST, "/session")
            .bytes(kind, body.as_bytes().to_vec());
        let answer = call.send().await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json["code"]),
            (status, &json!(code)),
            "{kind} {start}"
        );
    }
    let call = node
        .call(Method::POST, "/session")
        .bytes("application/json; charset=utf-8", b"\xff\xfe".to_vec());
    call.expect(400).await;
    let said = node
        .call(Method::POST, "/session")
        .bytes("application/json", b"{}".to_vec());
    let answer = said.header("content-length", "9000000").expect(413).await;
    let detail = answer.text("detail");
    assert!(
        detail.contains("9000000") && detail.contains("524288"),
        "limit and size: {detail}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_named() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let table = [
        (json!({"subject": 7}), "subject:wrong_type"),
        (json!({"media": "17"}), "media:wrong_type"),
        (json!({"media": ["x"]}), "media[0]:wrong_type"),
        (json!({"tags": [1]}), "tags[0]:wrong_type"),
        (json!({"sensitive": "yes"}), "sensitive:wrong_type"),
    ];
    for (body, expected) in table {
        let answer = node
            .post("/boards/art/threads", body)
            .by(&admin)
            .expect(422)
            .await;
        assert_eq!(answer.faults(), [expected]);
    }
    let answer = node
        .post("/session", json!({"name": "anna"}))
        .expect(422)
        .await;
    assert_eq!(answer.faults(), ["password:missing"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_is_limited() {
    let node = Node::with(|site| site.rate_limits = true).await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let start = || {
        node.post("/boards/art/threads", json!({"body": "again"}))
            .by(&admin)
    };
    for _ in 0..10 {
        start().expect(201).await;
    }
    let refused = start().expect(429).await;
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=601).contains(&wait), "{wait}");
    assert!(refused.text("detail").contains(&wait.to_string()));
    node.advance((wait + 1) * db::SECOND);
    start().expect(201).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_of_other_sites_may_ask() {
    let node = Node::sqlite().await;
    let ask = node.call(Method::OPTIONS, "/boards/art/threads");
    let ask = ask
        .header("origin", "https://app.example")
        .header("access-control-request-method", "POST");
    let answer = ask.expect(204).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(
        answer.header("access-control-allow-headers"),
        "Authorization, Content-Type, Idempotency-Key, If-None-Match"
    );
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("PATCH")
    );
    for (path, status) in [("/instance", 200), ("/boards/none", 404), ("/none", 404)] {
        let answer = node
            .get(path)
            .header("origin", "https://app.example")
            .expect(status)
            .await;
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(
            answer
                .header("access-control-expose-headers")
                .contains("Link")
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn resolving_says_what_it_takes() {
    let node = Node::sqlite().await;
    let anna = node.member("anna").await;
    let resolve = |uri: &str| node.post("/resolve", json!({"uri": uri})).by(&anna);
    let found = resolve("anna").expect(200).await;
    assert_eq!(
        (&found.json["kind"], &found.json["account"]["name"]),
        (&json!("account"), &json!("anna"))
    );
    resolve("nobody").expect(404).await;
    let wrong = resolve("what is this?").expect(422).await;
    assert_eq!(wrong.faulty(), ["uri"]);
    for private in [
        "http://127.0.0.1:1/x",
        "https://localhost/x",
        "art@10.0.0.1",
    ] {
        let refused = resolve(private).expect(422).await;
        assert_eq!(refused.faulty(), ["uri"], "{private}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_found_by_the_address_of_its_page() {
    let node = Node::sqlite().await;
    let anna = node.admin("anna").await;
    node.board(&anna, "art").await;
    node.thread(&anna, "art", "#film and #фильм").await;
    let resolve = |uri: &str| node.post("/resolve", json!({"uri": uri})).by(&anna);
    for (uri, name) in [
        ("http://alpha.test/t/film", "film"),
        ("http://alpha.test/t/Film", "film"),
        ("http://alpha.test/t/фильм", "фильм"),
        (
            "http://alpha.test/t/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC",
            "фильм",
        ),
    ] {
        let found = resolve(uri).expect(200).await;
        assert_eq!(found.json["kind"], "tag", "{uri}");
        assert_eq!(
            (&found.json["tag"]["name"], &found.json["tag"]["post_count"]),
            (&json!(name), &json!(1)),
            "{uri}"
        );
    }
    resolve("http://alpha.test/t/---").expect(404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_a_suspended_server_is_looked_up() {
    for node in Node::each().await {
        let anna = node.admin("anna").await;
        Peer::known_to(&node).await;
        let resolve = |uri: &str| node.post("/resolve", json!({"uri": uri})).by(&anna);
        let known = ["zoe@beta.test", "https://beta.test/u/zoe"];
        for uri in known {
            resolve(uri).expect(200).await;
        }
        let suspended = json!({"policy": "suspended", "reason": "spam"});
        node.put("/admin/peers/beta.test", suspended)
            .by(&anna)
            .expect(200)
            .await;
        for uri in known.into_iter().chain(["nobody@beta.test"]) {
            let refused = resolve(uri).expect(403).await;
            assert_eq!(refused.json["code"], "peer_suspended", "{uri}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_no_object_and_one_point_nothing_is_an_integer() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&admin, "art", "hello").await;
    for (path, body, fault) in [
        ("/accounts/me", json!([]), "body:wrong_type"),
        ("/boards/art", json!(["x"]), "body:wrong_type"),
        (
            "/boards/art",
            json!({"settings": [true]}),
            "settings:wrong_type",
        ),
        (
            "/accounts/me",
            json!({"fields": [["a", "b"]]}),
            "fields[0]:wrong_type",
        ),
    ] {
        let answer = node.patch(path, body).by(&admin).expect(422).await;
        assert_eq!(answer.faults(), [fault], "{path}");
    }
    let path = format!("/posts/{thread}/vote");
    let vote = node.put(&path, json!({"value": -1.0})).by(&admin);
    assert_eq!(vote.expect(200).await.json["dislikes"], 1);
    let half = node.put(&path, json!({"value": 0.5})).by(&admin);
    assert_eq!(half.expect(422).await.faults(), ["value:wrong_type"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_counted_as_they_were_sent() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&admin, "art", "hello").await;
    let invisible = |most: usize| "\u{7}".repeat(most + 1);
    let post = format!("/posts/{thread}");
    for (path, field, most) in [
        ("/accounts/me", "display_name", 100),
        ("/accounts/me", "bio", 5_000),
        ("/boards/art", "title", 100),
        ("/boards/art", "description", 5_000),
        ("/boards/art", "rules", 10_000),
        ("/admin/site", "description", 1_000),
        (&post, "subject", 200),
        (&post, "content_warning", 500),
    ] {
        let body = json!({field: invisible(most)});
        let answer = node.patch(path, body).by(&admin).expect(422).await;
        assert_eq!(answer.faults(), [format!("{field}:too_long")], "{path}");
        let lines = json!({field: format!("x{}", "\r\n".repeat(most - 1))});
        node.patch(path, lines).by(&admin).expect(200).await;
    }
}
