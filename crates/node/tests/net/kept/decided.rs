//! What moderators and admins decide.

use db::DAY;
use serde_json::json;

use super::scene::{SIDES, Scene};

#[tokio::test(flavor = "multi_thread")]
async fn what_moderators_decide_is_seen_at_once() {
    for (here, there) in SIDES {
        let scene = Scene::new(here, there).await;
        let (anna, carol) = (&scene.anna, &scene.carol);
        let [first, second] = &scene.threads;
        for (what, on) in [
            ("lock", true),
            ("pin", true),
            ("lock", false),
            ("pin", false),
        ] {
            let put = async {
                let path = format!("/threads/{first}/{what}");
                assert!(anna.put(&path, &json!({"value": on})).await.status < 300);
            };
            let document = format!("/api/stoa/v1/threads/{first}");
            scene
                .change(what, &["/b/art/1", "/b/art", &document], put)
                .await;
        }
        let patch = async {
            let patch = json!({"title": "Paintings", "rules": "Be kind.", "settings": {"nsfw": true, "dislikes": false}});
            assert_eq!(anna.patch("/boards/art", &patch).await.status, 200);
        };
        let named = [
            "/b/art",
            "/b",
            "/b/art/1",
            "/api/stoa/v1/boards/art",
            "/b/art/catalog",
        ];
        scene.change("another board title", &named, patch).await;
        let put = async {
            assert!(
                anna.put("/boards/art/moderators/carol", &json!({}))
                    .await
                    .status
                    < 300
            );
        };
        scene.change("a moderator", &[], put).await;
        let shift = async {
            let path = format!("/threads/{second}/board");
            assert!(anna.put(&path, &json!({"board": "photo"})).await.status < 300);
        };
        scene
            .change("a move", &["/b/art/2", "/b/art", "/b/photo"], shift)
            .await;
        let remove = async {
            let path = format!("/posts/{first}");
            let body = json!({"reason": "off topic", "with_media": true});
            assert!(anna.delete_with(&path, &body).await.status < 300);
        };
        let gone = ["/b/art/1", "/b/art", "/b/art/gallery", "/u/carol"];
        scene.change("a removal", &gone, remove).await;
        let report = async {
            let body = json!({"post": second, "reason": "look"});
            assert_eq!(carol.post("/reports", &body).await.status, 201);
        };
        scene.change("a report", &[], report).await;
        let kept = scene.hits().await;
        assert!(kept > 20, "a report ends nothing");
        scene.net.advance(400 * DAY);
        scene.look("much later").await;
        assert_eq!(scene.hits().await, kept, "nor does the time");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_admins_decide_is_seen_at_once() {
    for (here, there) in SIDES {
        let scene = Scene::new(here, there).await;
        let (anna, net) = (&scene.anna, &scene.net);
        let copy = scene.bobs(&scene.threads[0]).await;
        scene.bob.reply(&copy, "from afar").await;
        net.settle().await;
        let patch = async {
            let patch = json!({"name": "Another house", "registration": "closed"});
            assert_eq!(anna.patch("/admin/site", &patch).await.status, 200);
        };
        scene
            .change(
                "the site's name",
                &["/", "/b/art/1", "/t", "/u/anna"],
                patch,
            )
            .await;
        let patch = async {
            let patch = json!({"featured": true, "settings": {"posting": "nobody"}});
            assert_eq!(anna.patch("/boards/art", &patch).await.status, 200);
        };
        let shown = ["/b", "/b/art", "/b/art/1", "/api/stoa/v1/boards/art"];
        scene
            .change("a board featured and archived", &shown, patch)
            .await;
        let suspend = |state: &'static str| async move {
            let body = json!({"state": state, "reason": "spam"});
            assert_eq!(anna.put("/admin/accounts/carol", &body).await.status, 200);
        };
        let profile = ["/u/carol", "/api/stoa/v1/accounts/carol"];
        scene
            .change("a suspension", &profile, suspend("suspended"))
            .await;
        scene.change("its end", &profile, suspend("active")).await;
        let peer = |policy: &'static str| async move {
            let body = json!({"policy": policy, "reason": "spam"});
            let path = format!("/admin/peers/{there}.test");
            assert_eq!(anna.put(&path, &body).await.status, 200);
            net.settle().await;
        };
        let far = [
            format!("/u/bob@{there}.test"),
            format!("/b/far@{there}.test"),
        ];
        let theirs = ["/b/art/1", &far[0], &far[1], "/b?show=known"];
        scene
            .change("a server's suspension", &theirs, peer("suspended"))
            .await;
        scene
            .change("a server's return", &theirs, peer("open"))
            .await;
    }
}
