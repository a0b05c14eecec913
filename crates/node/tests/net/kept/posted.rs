//! What people write, and what they say of themselves and their pictures.

use serde_json::json;

use super::scene::{SIDES, Scene, picture};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_is_seen_at_once() {
    for (here, there) in SIDES {
        let scene = Scene::new(here, there).await;
        let (anna, carol, bob, net) = (&scene.anna, &scene.carol, &scene.bob, &scene.net);
        let [first, second] = &scene.threads;
        let everywhere = [
            "/b/art",
            "/b/art/1",
            "/b",
            "/api/stoa/v1/boards/art/threads",
            "/u/carol?show=replies",
        ];
        let mut reply = String::new();
        let write = async { reply = carol.reply(first, "a reply").await.text("id") };
        scene.change("a reply", &everywhere, write).await;
        let edit = async {
            let patch = json!({"body": "changed", "content_warning": "spoiler"});
            assert_eq!(
                carol.patch(&format!("/posts/{reply}"), &patch).await.status,
                200
            );
        };
        scene.change("an edit", &everywhere[..2], edit).await;
        let vote = async { assert_eq!(anna.vote(first, 1).await.status, 200) };
        let liked = ["/b/art/1", "/b/art", "/b/art/catalog?sort=votes"];
        scene.change("a vote", &liked, vote).await;
        let copy = scene.bobs(first).await;
        let vote = async {
            assert_eq!(bob.vote(&copy, 1).await.status, 200);
            net.settle().await;
        };
        scene
            .change("a vote from elsewhere", &liked[..2], vote)
            .await;
        let write = async {
            bob.reply(&copy, "from afar").await;
            net.settle().await;
        };
        let seen = ["/b/art/1", "/b/art", "/"];
        scene.change("a reply from elsewhere", &seen, write).await;

        let mut naming = String::new();
        let name = async { naming = carol.reply(second, ">>1").await.text("id") };
        scene
            .change(
                "a reference from another thread",
                &["/b/art/1", "/b/art/2"],
                name,
            )
            .await;
        let delete =
            async { assert!(carol.delete(&format!("/posts/{naming}")).await.status < 300) };
        scene
            .change("the end of a reference", &["/b/art/1", "/b/art/2"], delete)
            .await;
        let last = carol.reply(second, "counts").await.body["no"]
            .as_i64()
            .unwrap();
        carol.reply(second, &format!("soon: >>{}", last + 2)).await;
        let write =
            async { assert_eq!(anna.reply(first, "named before").await.body["no"], last + 2) };
        scene
            .change(
                "a post that was named before",
                &["/b/art/2", "/b/art/1"],
                write,
            )
            .await;
        let tag = async { drop(anna.thread("photo", "Tagged", "#film #night").await) };
        let tagged = [
            "/t",
            "/t/film",
            "/api/stoa/v1/tags/film",
            "/t/film?show=posts",
            "/b/photo",
            "/?feed=local",
        ];
        scene.change("a thread with tags", &tagged, tag).await;
        let delete = async { assert!(carol.delete(&format!("/posts/{first}")).await.status < 300) };
        let gone = ["/b/art/1", "/b/art", "/", "/b/art/gallery", "/t/film"];
        scene.change("the end of a thread", &gone, delete).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_say_of_themselves_and_their_pictures_is_seen_at_once() {
    for (here, there) in SIDES {
        let scene = Scene::new(here, there).await;
        let (anna, carol, bob, net) = (&scene.anna, &scene.carol, &scene.bob, &scene.net);
        let [first, _] = &scene.threads;
        let face = carol.upload("b.jpg", picture(2), "me").await;
        let patch = async {
            let patch = json!({"display_name": "Carol C.", "bio": "Hello", "avatar": face});
            assert_eq!(carol.patch("/accounts/me", &patch).await.status, 200);
        };
        let named = [
            "/b/art/1",
            "/b/art",
            "/u/carol",
            "/api/stoa/v1/feeds/local",
            "/api/stoa/v1/accounts/carol",
        ];
        scene.change("another name", &named, patch).await;
        let follow = async {
            let path = format!("/accounts/carol@{here}.test/follow");
            assert!(bob.put(&path, &json!({})).await.status < 300);
            net.settle().await;
        };
        scene.change("a follower", &["/u/carol"], follow).await;
        let describe = async {
            let path = format!("/media/{}", scene.media);
            let patch = json!({"alt": "a steep slope"});
            assert_eq!(carol.patch(&path, &patch).await.status, 200);
        };
        let shown = [
            "/b/art/1",
            "/b/art/gallery",
            "/api/stoa/v1/feeds/images",
            "/b/art/catalog",
        ];
        scene.change("a description", &shown, describe).await;
        let cover = async {
            let path = format!("/posts/{first}");
            assert_eq!(
                carol.patch(&path, &json!({"sensitive": true})).await.status,
                200
            );
        };
        scene.change("a cover", &shown, cover).await;
        let mark = async { assert!(anna.put("/tags/film/follow", &json!({})).await.status < 300) };
        scene
            .change("who follows a tag", &["/api/stoa/v1/tags/film"], mark)
            .await;

        let far = format!("/b/far@{there}.test");
        let post = async {
            let media = bob.upload("c.jpg", picture(3), "far").await;
            let draft = json!({"subject": "Far", "body": "away", "media": [media]});
            bob.thread_with("far", draft).await;
            net.settle().await;
        };
        scene
            .change(
                "a picture from elsewhere",
                &[&far, "/", "/api/stoa/v1/feeds/images"],
                post,
            )
            .await;
        let purge = async {
            let images = anna.get("/feeds/images").await;
            let original = images.body["items"][0]["media"]["url"]
                .as_str()
                .unwrap()
                .to_owned();
            let sha = original.split('/').find(|part| part.len() == 64).unwrap();
            let path = format!("/admin/media/{sha}");
            let purged = anna
                .delete_with(&path, &json!({"reason": "not ours"}))
                .await;
            assert_eq!(purged.status, 200, "{}", purged.body);
        };
        scene
            .change("a purge", &[&far, "/api/stoa/v1/feeds/images"], purge)
            .await;
    }
}
