//! Boards: making, changing, listing, following.

use serde_json::json;

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_made_changed_and_found() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let draft = json!({
            "name": "Art", "title": "Drawings", "description": "All **kinds**.", "rules": "Be kind.",
            "settings": {"nsfw": true, "bump_limit": 7, "posting": "moderators"}
        });
        let made = node.post("/boards", draft).by(&admin).expect(201).await;
        assert_eq!(made.header("location"), "/api/stoa/v1/boards/art");
        assert_eq!(made.text("uri"), "http://alpha.test/b/art");
        assert!(
            made.text("description_html")
                .contains("<strong>kinds</strong>")
        );
        let settings = json!({
            "nsfw": true, "dislikes": true, "require_alt": false, "bump_limit": 7, "posting": "moderators"
        });
        assert_eq!(made.json["settings"], settings);
        assert_eq!(made.json["moderates"], true);

        let patch = json!({"title": "Pictures", "settings": {"posting": "accounts"}});
        let changed = node
            .patch("/boards/art", patch)
            .by(&admin)
            .expect(200)
            .await;
        assert_eq!(changed.text("title"), "Pictures");
        assert_eq!(changed.json["settings"]["posting"], "accounts");
        assert_eq!(changed.json["settings"]["bump_limit"], 7);
        assert_eq!(changed.text("rules"), "Be kind.");

        let archive = json!({"featured": true, "settings": {"posting": "nobody"}});
        let archived = node
            .patch("/boards/art", archive)
            .by(&admin)
            .expect(200)
            .await;
        assert_eq!(archived.json["featured"], true);
        let post = json!({"body": "too late"});
        let denied = node
            .post("/boards/art/threads", post)
            .by(&admin)
            .expect(403)
            .await;
        assert!(denied.text("type").ends_with("archived"), "{}", denied.json);

        let shown = node.get("/boards/art").expect(200).await;
        assert_eq!(shown.text("title"), "Pictures");
        assert_eq!(
            (&shown.json["moderates"], &shown.json["following"]),
            (&json!(false), &json!(null))
        );
        for unknown in [
            "none",
            "anna",
            "art@beta.test",
            "no%20name",
            "%ff",
            "!",
            "%00",
        ] {
            node.get(&format!("/boards/{unknown}")).expect(404).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_board_are_told_at_once() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    let draft = json!({
        "name": "tag_art", "title": "x".repeat(101), "description": "x".repeat(5001), "rules": "x".repeat(10001),
        "settings": {"bump_limit": -1}
    });
    let answer = node.post("/boards", draft).by(&admin).expect(422).await;
    assert_eq!(answer.faulty().len(), 5, "{}", answer.json);
    let answer = node
        .post(
            "/boards",
            json!({"name": "art", "settings": {"posting": "everybody"}}),
        )
        .by(&admin)
        .expect(422)
        .await;
    assert_eq!(answer.faults(), ["settings.posting:wrong_type"]);
    assert!(
        answer.text("detail").contains("moderators"),
        "names what is accepted: {}",
        answer.json
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_boards_have_scopes_and_orders() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        for name in ["zoo", "art", "music"] {
            node.board(&admin, name).await;
            node.advance(db::SECOND);
        }
        node.thread(&admin, "art", "hello").await;
        let names = async |query: &str| {
            let list = node
                .get(&format!("/boards{query}"))
                .by(&admin)
                .expect(200)
                .await;
            let names = list
                .items()
                .iter()
                .map(|board| board["name"].as_str().unwrap().to_owned());
            names.collect::<Vec<_>>()
        };
        assert_eq!(names("").await, ["art", "music", "zoo"]);
        assert_eq!(names("?sort=name").await, ["art", "music", "zoo"]);
        assert_eq!(
            names("?sort=new&scope=known").await,
            ["music", "art", "zoo"]
        );
        assert_eq!(names("?scope=followed").await, [""; 0]);
        node.call(http::Method::PUT, "/boards/zoo/follow")
            .by(&admin)
            .expect(200)
            .await;
        assert_eq!(names("?scope=followed").await, ["zoo"]);
        assert_eq!(
            node.get("/boards/zoo").by(&admin).expect(200).await.json["following"],
            "accepted"
        );
        node.delete("/boards/zoo/follow")
            .by(&admin)
            .expect(204)
            .await;
        assert_eq!(names("?scope=followed").await, [""; 0]);
        node.get("/boards?scope=followed").expect(401).await;
        let wrong = node.get("/boards?scope=all").expect(422).await;
        assert_eq!(wrong.faults(), ["scope:wrong_type"]);
        assert!(wrong.text("detail").contains("known"), "{}", wrong.json);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn following_what_is_not_there_is_404() {
    let node = Node::sqlite().await;
    let anna = node.member("anna").await;
    for path in [
        "/boards/none/follow",
        "/boards/anna/follow",
        "/accounts/none/follow",
    ] {
        node.call(http::Method::PUT, path)
            .by(&anna)
            .expect(404)
            .await;
        node.get(path).by(&anna).expect(404).await;
        node.delete(path).by(&anna).expect(404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_home_feed_holds_what_is_followed() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        for board in ["art", "music"] {
            node.board(&admin, board).await;
        }
        let painted = node.thread(&admin, "art", "a picture").await;
        let played = node.thread(&admin, "music", "a song").await;
        let feed = async |name: &str| {
            let list = node
                .get(&format!("/feeds/{name}"))
                .by(&ben)
                .expect(200)
                .await;
            let ids = list
                .items()
                .iter()
                .map(|thread| thread["id"].as_str().unwrap().to_owned());
            ids.collect::<Vec<_>>()
        };
        assert_eq!(feed("home").await, [""; 0]);
        node.call(http::Method::PUT, "/boards/art/follow")
            .by(&ben)
            .expect(200)
            .await;
        assert_eq!(feed("home").await, [painted.as_str()]);
        node.call(http::Method::PUT, "/accounts/anna/follow")
            .by(&ben)
            .expect(200)
            .await;
        assert_eq!(feed("home").await, [played.clone(), painted.clone()]);
        assert_eq!(feed("local").await, [played.clone(), painted.clone()]);
        assert_eq!(feed("all").await, [played, painted]);
    }
}
