//! Watched threads through the API.

use http::Method;
use serde_json::json;

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn a_watched_thread_says_what_is_new_in_it() {
    for node in Node::each().await {
        let (admin, ben) = (node.admin("anna").await, node.member("ben").await);
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "opening").await;
        let path = format!("/threads/{thread}/watch");
        let watch = node.call(Method::PUT, &path).by(&ben).expect(200).await;
        assert_eq!(
            watch.json,
            json!({"thread_id": thread, "unread": 0, "first_unread": null})
        );
        let first = node.reply(&admin, &thread, "one").await;
        let second = node.reply(&admin, &thread, "two").await;
        let list = node.get("/watching").by(&ben).expect(200).await;
        let item = &list.items()[0];
        assert_eq!(item["thread"]["id"], json!(thread));
        assert_eq!(
            (&item["unread"], &item["first_unread"]),
            (&json!(2), &json!(first))
        );
        let read = node
            .put(&path, json!({"seen": first}))
            .by(&ben)
            .expect(200)
            .await;
        assert_eq!(
            (&read.json["unread"], &read.json["first_unread"]),
            (&json!(1), &json!(second))
        );
        let wrong = node
            .put(&path, json!({"seen": "17"}))
            .by(&ben)
            .expect(422)
            .await;
        assert_eq!(wrong.json["fields"][0]["code"], "not_in_thread");

        node.call(Method::DELETE, &path).by(&ben).expect(204).await;
        let list = node.get("/watching").by(&ben).expect(200).await;
        assert!(list.items().is_empty());
        let own = node.get("/watching").by(&admin).expect(200).await;
        assert_eq!(own.items().len(), 1, "who starts a thread watches it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_is_gone_stays_in_the_list_without_its_content() {
    for node in Node::each().await {
        let (admin, ben) = (node.admin("anna").await, node.member("ben").await);
        node.board(&admin, "art").await;
        let thread = node.thread(&ben, "art", "opening").await;
        let path = format!("/posts/{thread}");
        node.call(Method::DELETE, &path).by(&ben).expect(204).await;
        let list = node.get("/watching").by(&ben).expect(200).await;
        let item = &list.items()[0];
        assert_eq!(
            (&item["thread"], &item["thread_id"]),
            (&json!(null), &json!(thread))
        );
        let again = format!("/threads/{thread}/watch");
        node.call(Method::PUT, &again).by(&ben).expect(410).await;
    }
}
