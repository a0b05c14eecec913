//! Tags: what is told of one, and what following and muting change.

use http::Method;
use serde_json::json;

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_followed_and_muted() {
    for node in Node::each().await {
        let anna = node.admin("anna").await;
        let bert = node.member("bert").await;
        node.board(&anna, "art").await;
        let film = node.thread(&anna, "art", "#Film and #Snow").await;
        let snow = node.thread(&anna, "art", "#snow").await;
        let home = async || -> Vec<String> {
            let list = node.get("/feeds/home").by(&bert).expect(200).await;
            let items = list.items().iter();
            items
                .map(|item| item["id"].as_str().unwrap().to_owned())
                .collect()
        };
        assert!(home().await.is_empty());

        let put = node.call(Method::PUT, "/tags/SNOW/follow").by(&bert);
        assert_eq!(put.expect(200).await.json, json!({"state": "accepted"}));
        assert_eq!(home().await, [snow.clone(), film.clone()]);
        let tag = node.get("/tags/%23snow").by(&bert).expect(200).await;
        assert_eq!(tag.json["name"], "snow");
        assert_eq!(tag.json["url"], "http://alpha.test/t/snow");
        assert_eq!(
            (&tag.json["post_count"], &tag.json["follower_count"]),
            (&json!(2), &json!(1))
        );
        assert_eq!(
            (&tag.json["following"], &tag.json["muted"]),
            (&json!(true), &json!(false))
        );
        assert_eq!(tag.json["related"][0]["name"], "film");
        let visitor = node.get("/tags/snow").expect(200).await;
        assert_eq!(visitor.json["following"], false);

        let mute = node.call(Method::PUT, "/tags/film/mute").by(&bert);
        assert_eq!(mute.expect(200).await.json, json!({"muted": true}));
        assert_eq!(home().await, [snow]);
        let again = node.get("/tags/film/mute").by(&bert).expect(200).await;
        assert_eq!(again.json, json!({"muted": true}));
        for path in ["/tags/film/mute", "/tags/snow/follow", "/tags/snow/follow"] {
            node.call(Method::DELETE, path).by(&bert).expect(204).await;
        }
        let state = node.get("/tags/snow/follow").by(&bert).expect(200).await;
        assert_eq!(state.json, json!({"state": null}));
        assert!(home().await.is_empty());

        let begins = node.get("/tags?q=%23FI").expect(200).await;
        assert_eq!(begins.items().len(), 1);
        assert_eq!(begins.items()[0]["post_count"], 1);
        let unused = node.get("/tags/never_used").expect(200).await;
        assert_eq!(unused.json["post_count"], 0);
        node.get("/tags/never_used/posts").expect(200).await;
        node.get("/tags/---").expect(404).await;
        node.call(Method::PUT, "/tags/---/follow")
            .by(&bert)
            .expect(404)
            .await;
    }
}
