//! Lists: every item exactly once, forwards and backwards, by cursor and by `Link`.

use serde_json::{Value, json};

use crate::node::Node;
use crate::people::Person;
use crate::pictures;

/// Ids (or hosts) of all items, walking `next` with parts of `limit`.
async fn forwards(node: &Node, path: &str, limit: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut next = Some(format!("{path}{}limit={limit}", mark(path)));
    while let Some(at) = next {
        let part = node.get(&at).expect(200).await;
        assert!(part.items().len() <= limit, "{at}");
        found.extend(part.items().iter().map(name));
        next = part.link("next");
        assert_eq!(next.is_some(), part.json["next"].is_string(), "{at}");
        if let Some(target) = &next {
            assert!(
                target.contains(&format!("after={}", part.text("next"))),
                "{target}"
            );
        }
        assert!(found.len() < 1000, "{path} has no end");
    }
    found
}

/// The same from the last part on, walking `prev`.
async fn backwards(node: &Node, path: &str, limit: usize) -> Vec<String> {
    let mut at = format!("{path}{}limit={limit}", mark(path));
    let mut part = node.get(&at).expect(200).await;
    while let Some(next) = part.link("next") {
        at = next;
        part = node.get(&at).expect(200).await;
    }
    let mut found: Vec<String> = part.items().iter().map(name).collect();
    while let Some(prev) = part.link("prev") {
        part = node.get(&prev).expect(200).await;
        let before: Vec<String> = part.items().iter().map(name).collect();
        found.splice(0..0, before);
        assert!(found.len() < 1000, "{path} has no beginning");
    }
    found
}

fn mark(path: &str) -> char {
    if path.contains('?') { '&' } else { '?' }
}

fn name(item: &Value) -> String {
    let inner = ["media", "post"]
        .into_iter()
        .find_map(|kind| item.get(kind)?.get("id"));
    let outer = ["id", "host", "name"]
        .into_iter()
        .find_map(|key| item.get(key));
    inner.or(outer).unwrap().as_str().unwrap().to_owned()
}

/// Seven pictures in four threads of the board `b2`, each with seven tags.
async fn hang_pictures(node: &Node, by: &Person) {
    let mut media = Vec::new();
    for seed in 1..=7 {
        media.push(node.upload(by, &pictures::png(seed), &[]).await.id());
    }
    for part in media.chunks(2) {
        let body = json!({"body": "#one #two #three #four #five #six #seven", "media": part});
        node.post("/boards/b2/threads", body)
            .by(by)
            .expect(201)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_holds_each_item_once() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let boards = ["b1", "b2", "b3", "b4", "b5", "b6", "b7"];
        for board in boards {
            node.board(&admin, board).await;
            node.call(http::Method::PUT, &format!("/boards/{board}/follow"))
                .by(&admin)
                .expect(200)
                .await;
        }
        let mut threads = Vec::new();
        for n in 0..7 {
            threads.push(node.thread(&admin, "b1", &format!("thread {n}")).await);
        }
        let busy = &threads[3];
        for n in 0..7 {
            node.reply(&admin, busy, &format!("reply {n}")).await;
            let value = json!({"value": n % 2 == 0});
            node.put(&format!("/threads/{busy}/pin"), value)
                .by(&admin)
                .expect(200)
                .await;
        }
        for n in 0..7 {
            let host = format!("peer{n}.test");
            node.app
                .cx
                .write(async |tx| domain::peer::meet(tx, &host).await)
                .await
                .unwrap();
        }
        hang_pictures(&node, &admin).await;
        let lists = [
            ("/boards/b2/gallery", 7),
            ("/feeds/images", 7),
            ("/tags", 7),
            ("/tags/one/posts", 4),
            ("/search?q=seven", 4),
            ("/search?q=tag:one", 4),
            ("/boards", 7),
            ("/boards?sort=name", 7),
            ("/boards?sort=new&scope=known", 7),
            ("/boards/b1/threads", 7),
            ("/boards/b1/threads?sort=new", 7),
            ("/boards/b1/threads?sort=replies", 7),
            ("/boards/b1/threads?sort=votes", 7),
            ("/boards/b1/catalog", 7),
            ("/feeds/local", 11),
            ("/feeds/all", 11),
            ("/accounts/anna/posts", 18),
            (&format!("/threads/{busy}/posts"), 8),
            ("/boards/b1/log", 7),
            ("/peers", 7),
        ];
        for (path, count) in lists {
            let whole = forwards(&node, path, 100).await;
            assert_eq!(whole.len(), count, "{path}");
            let mut distinct = whole.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), count, "{path}");
            for limit in [1, 2, 3, 7] {
                assert_eq!(
                    forwards(&node, path, limit).await,
                    whole,
                    "{path} by {limit}"
                );
                if path != "/peers" {
                    assert_eq!(
                        backwards(&node, path, limit).await,
                        whole,
                        "{path} back by {limit}"
                    );
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_that_cannot_be_are_refused() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&admin, "art", "hello").await;
    let lists = [
        "/boards".to_owned(),
        "/boards?sort=name".to_owned(),
        "/boards/art/threads".to_owned(),
        "/boards/art/threads?sort=new".to_owned(),
        "/boards/art/log".to_owned(),
        "/feeds/all".to_owned(),
        "/feeds/images".to_owned(),
        "/boards/art/gallery".to_owned(),
        "/tags".to_owned(),
        "/tags/film/posts".to_owned(),
        "/search?q=hello".to_owned(),
        "/search?q=hello&type=boards".to_owned(),
        "/accounts/anna/posts".to_owned(),
        format!("/threads/{thread}/posts"),
    ];
    for path in lists {
        for wrong in [
            "limit=",
            "limit=0",
            "limit=101",
            "limit=x",
            "limit=-1",
            "after=x&before=y",
        ] {
            node.get(&format!("{path}{}{wrong}", mark(&path)))
                .expect(422)
                .await;
        }
        for cursor in [
            "!",
            "x",
            "MTIz%20",
            "Li4u",
            "OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
            "%27%20OR%201",
        ] {
            for key in ["after", "before"] {
                let at = format!("{path}{}{key}={cursor}", mark(&path));
                let answer = node.get(&at).expect(422).await;
                assert_eq!(answer.faults(), [format!("{key}:bad_cursor")], "{at}");
            }
        }
    }
    let both = node
        .get("/boards?limit=0&after=a&before=b")
        .expect(422)
        .await;
    assert_eq!(both.faulty(), ["before", "limit"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn long_threads_go_on_where_their_first_part_ends() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&admin, "art", "opening").await;
    for n in 0..103 {
        node.reply(&admin, &thread, &format!("reply {n}")).await;
    }
    let shown = node.get(&format!("/threads/{thread}")).expect(200).await;
    let mut ids: Vec<String> = shown.json["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(name)
        .collect();
    assert_eq!(ids.len(), 100);
    let after = shown.text("next");
    let rest = node
        .get(&format!("/threads/{thread}/posts?after={after}&limit=100"))
        .expect(200)
        .await;
    ids.extend(rest.items().iter().map(name));
    assert_eq!(
        ids,
        forwards(&node, &format!("/threads/{thread}/posts"), 50).await
    );
    assert_eq!(shown.json["post_count"], 104);
}
