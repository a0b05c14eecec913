//! Writes outlive the client that asked for them.

use std::time::Duration;

use serde_json::json;
use tower::ServiceExt;

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_hangs_up_does_not_cut_a_write() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        for _ in 0..5 {
            let call = node
                .post("/boards/art/threads", json!({"body": "written"}))
                .by(&admin);
            let answer = node.router.clone().oneshot(call.request());
            // Polled once, so that it is on its way, and dropped.
            let _ = tokio::time::timeout(Duration::ZERO, answer).await;
        }
        node.app.tasks.close();
        node.app.tasks.wait().await;
        let list = node.get("/boards/art/threads").expect(200).await;
        assert_eq!(list.items().len(), 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_a_problem_like_any_other() {
    let node = Node::sqlite().await;
    let router = axum::Router::new().route("/", axum::routing::any(fails));
    let router = web::edge::wrap(router, &node.app);
    for method in [http::Method::GET, http::Method::POST] {
        let request = http::Request::builder()
            .method(method)
            .uri("/")
            .body(axum::body::Body::empty())
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        let bytes = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(
            text.contains("\"internal\"") && !text.contains("secret"),
            "{text}"
        );
    }
}

async fn fails() {
    panic!("with a secret");
}
