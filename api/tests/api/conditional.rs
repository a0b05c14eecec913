//! Public answers can be kept and asked about again.

use serde_json::json;

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_answers_are_304() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "opening").await;
        let paths = [
            "/instance".to_owned(),
            "/boards".to_owned(),
            "/boards/art".to_owned(),
            "/boards/art/threads".to_owned(),
            "/boards/art/catalog".to_owned(),
            format!("/threads/{thread}"),
            format!("/threads/{thread}/posts"),
            format!("/posts/{thread}"),
            "/accounts/anna".to_owned(),
            "/feeds/all".to_owned(),
            "/openapi.json".to_owned(),
        ];
        for path in &paths {
            let first = node.get(path).expect(200).await;
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with("W/\""), "{path}: {tag}");
            assert_eq!(first.header("cache-control"), "public, no-cache");
            assert!(first.header("vary").contains("Authorization"), "{path}");
            let second = node
                .get(path)
                .header("if-none-match", &tag)
                .expect(304)
                .await;
            assert_eq!(
                (second.bytes.len(), second.header("etag")),
                (0, tag.as_str()),
                "{path}"
            );
            node.get(path)
                .header("if-none-match", "\"other\"")
                .expect(200)
                .await;
        }
        let path = format!("/threads/{thread}");
        let tag = node.get(&path).expect(200).await.header("etag").to_owned();
        node.reply(&admin, &thread, "news").await;
        let changed = node
            .get(&path)
            .header("if-none-match", &tag)
            .expect(200)
            .await;
        assert_ne!(changed.header("etag"), tag);
        let personal = node.get(&path).by(&admin).expect(200).await;
        assert_eq!(personal.header("cache-control"), "private, no-cache");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_and_writes_are_not_kept() {
    let node = Node::sqlite().await;
    let missing = node.get("/boards/none").expect(404).await;
    assert_eq!(
        (missing.header("etag"), missing.header("cache-control")),
        ("", "no-store")
    );
    let made = node
        .post(
            "/accounts",
            json!({"name": "anna", "password": "correct horse battery"}),
        )
        .expect(201)
        .await;
    assert_eq!(made.header("etag"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_changes_nothing() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "opening").await;
        let before = node
            .get(&format!("/threads/{thread}"))
            .expect(200)
            .await
            .json;
        for operation in node
            .operations
            .iter()
            .filter(|operation| operation.method == http::Method::GET)
        {
            let path = operation
                .path
                .replace("/api/stoa/v1", "")
                .replace("{board}", "art")
                .replace("{name}", "anna");
            let path = path.replace("{id}", &thread).replace("{host}", "beta.test");
            let first = node.get(&path).by(&admin).send().await;
            let second = node.get(&path).by(&admin).send().await;
            assert_eq!(first.status, second.status, "{path}");
            if first.status == 200 {
                assert_eq!(first.json, second.json, "{path}");
            }
        }
        assert_eq!(
            node.get(&format!("/threads/{thread}"))
                .expect(200)
                .await
                .json,
            before
        );
    }
}
