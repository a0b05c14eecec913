//! Watching threads, by buttons alone.

use http::{HeaderMap, HeaderValue, StatusCode};

use crate::site::Pages;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_counted_until_it_is_read() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("A thread", "text").await;
        let mut bo = site.member("bo").await;
        let thread = bo.get("/b/photo/1").await;
        let path = thread.attribute("form.watch", "action");
        assert_eq!(thread.text("form.watch button"), "Watch this thread");
        let watched = bo.follow(thread.form(&path).with("watch", "yes")).await;
        assert_eq!(
            watched.text("form.watch button"),
            "Stop watching this thread"
        );
        assert_eq!(
            site.visitor().get("/b/photo/1").await.count("form.watch"),
            0
        );

        for text in ["one", "two"] {
            let form = admin.get("/b/photo/1").await.form("/b/photo/1#reply");
            admin.send(form.with("body", text)).await;
        }
        let list = bo.get("/watching").await;
        assert_eq!(list.text(".rows .unread"), "2 new");
        let first = list.attribute(".rows .subject a", "href");
        assert_eq!(bo.get(&first).await.location(), "/b/photo/1#p2");
        let thread = bo.get("/b/photo/1").await;
        assert_eq!(thread.texts(".post .mark:not(.op)"), ["New", "New"]);
        assert!(
            thread
                .texts(".rail p a")
                .contains(&"2 new posts".to_owned())
        );
        assert_eq!(
            bo.get("/watching").await.count(".unread"),
            1,
            "reading alone changes nothing"
        );

        let read = path.replace("/watch", "/read");
        let list = bo.follow(list.form(&read)).await;
        assert_eq!((list.count(".rows li"), list.count(".unread")), (1, 0));
        let form = list.form(&path).with("watch", "no");
        assert_eq!(bo.follow(form).await.count(".rows li"), 0);

        // Who wrote in it watches it.
        let list = admin.get("/watching").await;
        assert_eq!(list.text(".rows .subject"), "A thread");
        assert_eq!(list.count(".unread"), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_tells_how_far_one_read() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("A thread", "text").await;
        let mut bo = site.member("bo").await;
        let form = bo.get("/b/photo/1").await.form("/b/photo/1#reply");
        bo.follow(form.with("body", "one")).await;
        for text in ["two", "three"] {
            let form = admin.get("/b/photo/1").await.form("/b/photo/1#reply");
            admin.send(form.with("body", text)).await;
        }
        let thread = bo.get("/b/photo/1").await;
        let read = thread.attribute("form.watch", "data-read");
        let watch = read.replace("/read", "/watch");
        let seen = thread.attribute("#p3 form.vote", "action");
        let seen = seen
            .trim_start_matches("/p/")
            .trim_end_matches("/vote")
            .to_owned();
        let mut form = thread.form(&watch).with("seen", &seen);
        form.action.clone_from(&read);
        let mut headers = HeaderMap::new();
        headers.insert("x-fragment", HeaderValue::from_static("none"));
        let answer = bo.send_with(form.clone(), headers).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(bo.get("/watching").await.text(".unread"), "1 new");
        for wrong in ["17", "x"] {
            let refused = bo.send(form.clone().with("seen", wrong)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        let list = bo.get("/watching").await;
        let list = bo.follow(list.form("/watching")).await;
        assert_eq!(list.count(".unread"), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_threads_are_marked_and_can_be_let_go() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin.thread("Soon gone", "text").await;
        let path = thread.attribute("form.vote", "action").replace("/vote", "");
        let delete = format!("{path}/delete");
        let form = admin.get(&delete).await.form(&delete);
        admin.follow(form).await;
        let list = admin.get("/watching").await;
        assert_eq!(list.text(".rows .gone .mark"), "Deleted");
        assert!(!list.html.contains("Soon gone"));
        let form = list.form(&format!("{path}/watch")).with("watch", "no");
        let empty = admin.follow(form).await;
        assert_eq!(empty.text(".empty h2"), "You are watching nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_header_says_in_how_many_threads_something_is_new() {
    const BADGE: &str = ".session > a[href='/watching']";
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("A thread", "text").await;
        admin.thread("Another", "text").await;
        let mut bo = site.member("bo").await;
        for path in ["/b/photo/1", "/b/photo/2"] {
            let form = bo.get(path).await.form(&format!("{path}#reply"));
            bo.follow(form.with("body", "I was here")).await;
        }
        assert_eq!(bo.get("/").await.count(".badge"), 0, "nothing is new");
        for (no, text) in [("1", "one"), ("1", "two"), ("2", "three")] {
            let path = format!("/b/photo/{no}");
            let form = admin.get(&path).await.form(&format!("{path}#reply"));
            admin.send(form.with("body", text)).await;
        }
        for path in ["/", "/b/photo/1", "/nowhere"] {
            assert_eq!(
                bo.get(path).await.text(BADGE),
                "Watched threads with something new: 2",
                "{path}"
            );
        }
        let mut headers = HeaderMap::new();
        headers.insert("x-fragment", HeaderValue::from_static("post"));
        let part = bo.get_with("/b/photo/1", headers).await;
        assert_eq!(part.count(".badge"), 0);
        assert_eq!(site.visitor().get("/").await.count(".badge"), 0);

        let list = bo.get("/watching").await;
        bo.follow(list.form("/watching")).await;
        assert_eq!(bo.get("/").await.count(".badge"), 0, "all was read");
    }
}
