//! Search by HTTP: each type, and what is gone is not found.

use http::Method;
use serde_json::Value;

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn posts_boards_accounts_and_tags_are_found() {
    for node in Node::each().await {
        let anna = node.admin("anna").await;
        node.board(&anna, "bridges").await;
        let fog = node.thread(&anna, "bridges", "A bridge in fog #mist").await;
        let reply = node.reply(&anna, &fog, "Another bridge").await;
        let find = async |query: &str| -> Vec<Value> {
            let list = node.get(&format!("/search?{query}")).expect(200).await;
            list.items().to_vec()
        };
        let posts = find("q=bridg").await;
        assert_eq!(posts.len(), 2);
        assert_eq!(
            (&posts[0]["type"], &posts[0]["post"]["id"]),
            (&"post".into(), &reply.as_str().into())
        );
        assert!(posts[0].get("board").is_none());
        assert_eq!(find("q=bridge%20fog").await[0]["post"]["id"], fog.as_str());
        assert_eq!(find("q=bridge%20tag:mist").await.len(), 1);
        assert_eq!(
            find("q=BRIDGE&type=boards").await[0]["board"]["name"],
            "bridges"
        );
        assert_eq!(
            find("q=ann&type=accounts").await[0]["account"]["name"],
            "anna"
        );
        assert_eq!(find("q=mi&type=tags").await[0]["tag"]["name"], "mist");
        for nothing in [
            "",
            "q=",
            "q=nothing",
            "q=%22",
            "q=&type=boards",
            "q=*&type=tags",
        ] {
            assert!(find(nothing).await.is_empty(), "{nothing}");
        }
        node.call(Method::DELETE, &format!("/posts/{reply}"))
            .by(&anna)
            .expect(204)
            .await;
        assert_eq!(find("q=bridge").await.len(), 1);
        node.get("/search?q=x&type=palettes").expect(422).await;
        let long = format!("/search?q={}", "x".repeat(301));
        assert_eq!(node.get(&long).expect(422).await.faults(), ["q:too_long"]);
    }
}
