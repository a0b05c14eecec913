//! Pages and documents that are kept for visitors: after every change of anything they show, each says what one that is
//! made anew says.

mod decided;
mod posted;
mod scene;

use std::sync::Arc;

use db::{Clock, DAY};
use domain::{Handle, account, board, retention};

use crate::peer::ACTIVITY;
use scene::{SIDES, Scene};

/// Commands and other nodes on the same database are processes with connections of their own.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_changes_is_seen_at_once() {
    for (here, there) in SIDES {
        let scene = Scene::new(here, there).await;
        scene.bob.thread("far", "Old", "to be forgotten").await;
        scene.net.settle().await;
        let clock = Clock::manual(scene.net.now());
        let config = scene.node().config();
        let mut other = node::assembly::context(&config, clock.clone())
            .await
            .unwrap();
        let write = async {
            let anna = account::caller(&mut other.read().await.unwrap(), "anna")
                .await
                .unwrap();
            let art = Handle::parse("art", &other.site).unwrap();
            let patch = board::Patch {
                title: Some("From the command line".to_owned()),
                ..board::Patch::default()
            };
            let written = other.write(async |tx| board::update(tx, &anna, &art, patch).await);
            assert_eq!(written.await.unwrap().title, "From the command line");
        };
        scene
            .change("a command", &["/b/art", "/b/art/1"], write)
            .await;

        let path = format!("/boards/far@{there}.test/follow");
        assert!(scene.anna.delete(&path).await.status < 300);
        clock.advance(90 * DAY);
        let site = domain::Site {
            foreign_days: Some(30),
            ..domain::Site::clone(&other.site)
        };
        other.site = Arc::new(site);
        let forget = async {
            assert_eq!(retention::forget_idle(&other).await.unwrap(), 1);
            retention::forget_records(&other).await.unwrap();
        };
        let far = format!("/b/far@{there}.test");
        scene
            .change("what is forgotten", &[&far, "/"], forget)
            .await;
    }
}

/// Writes into a thread, and looks after each answer whether it is there.
async fn write(scene: &Scene, writer: usize) {
    let thread = &scene.threads[writer % 2];
    let page = format!("/b/art/{}", writer % 2 + 1);
    let document = format!("/api/stoa/v1/threads/{thread}/posts?limit=100");
    for round in 0..8 {
        let said = format!("writer {writer} in round {round}");
        scene.carol.reply(thread, &said).await;
        for path in [&page, &document] {
            let (status, _, text) = scene.get(path, &[]).await;
            assert!(
                status == 200 && text.contains(&said),
                "{said} is not at {path}"
            );
        }
    }
}

async fn read(scene: &Scene) {
    for _ in 0..30 {
        for path in ["/b/art/1", "/b/art/2", "/b/art"] {
            assert_eq!(scene.get(path, &[]).await.0, 200);
        }
    }
}

/// Whoever was answered finds what they wrote, however many write and read beside them.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shown_what_was_before_their_own_words() {
    for (here, there) in SIDES {
        let scene = Scene::new(here, there).await;
        let (one, two) = (read(&scene), read(&scene));
        tokio::join!(
            write(&scene, 0),
            write(&scene, 1),
            write(&scene, 2),
            write(&scene, 3),
            one,
            two
        );
        scene.look("after all of them").await;
    }
}

/// One address has several answers: they are kept apart, or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn what_differs_is_kept_apart() {
    let scene = Scene::new("alpha", "beta").await;
    let page = scene.get("/b/art", &[]).await;
    let again = scene.get("/b/art", &[]).await;
    assert_eq!(again.1["cache-status"], "stoa; hit");
    assert_eq!(page.2, again.2);
    assert_ne!(page.1["x-request-id"], again.1["x-request-id"]);
    for name in [
        "etag",
        "vary",
        "content-type",
        "content-security-policy",
        "cache-control",
    ] {
        assert_eq!(page.1[name], again.1[name], "{name}");
    }
    assert_eq!(again.1["cache-control"], "public, no-cache");

    let tag = page.1["etag"].to_str().unwrap();
    let known = scene.get("/b/art", &[("if-none-match", tag)]).await;
    assert_eq!((known.0, known.2.as_str()), (304, ""));
    assert_eq!(known.1["cache-status"], "stoa; hit");
    let fresh = scene.get("/about", &[]).await;
    let tag = fresh.1["etag"].to_str().unwrap();
    let known = scene.get("/about", &[("if-none-match", tag)]).await;
    assert_eq!(known.0, 304, "also where nothing is kept");

    let client = scene.client.clone();
    let url = format!("http://{}/b/art", scene.node().address());
    for coding in ["br", "gzip"] {
        for _ in 0..2 {
            let packed = client.get(&url).header("accept-encoding", coding);
            let packed = packed.send().await.unwrap();
            assert_eq!(packed.headers()["content-encoding"], coding);
            assert!(packed.bytes().await.unwrap().len() < page.2.len() / 2);
        }
    }
    let (status, headers, _) = scene.anna.raw("/b/art", ACTIVITY).await;
    assert_eq!(status, 200);
    let kind = headers["content-type"].to_str().unwrap();
    assert!(kind.starts_with("application/activity+json"), "{kind}");
    let part = scene.get("/b/art/1", &[("x-fragment", "post")]).await;
    assert!(!part.2.contains("<html"), "a part is no page");
    assert_eq!(part.1.get("cache-status"), None);
    for path in ["/search?q=one", "/login", "/about", "/api/stoa/v1/instance"] {
        scene.get(path, &[]).await;
        let again = scene.get(path, &[]).await;
        assert_eq!(again.1.get("cache-status"), None, "{path}");
    }
    let counts = scene.node().cache().counts();
    assert_eq!((counts.hits, counts.misses), (4, 3));
}
