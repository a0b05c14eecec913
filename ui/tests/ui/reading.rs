//! What is on the pages.

use http::{HeaderMap, StatusCode, header};

use crate::site::Pages;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_node_says_what_to_do() {
    for site in Pages::each().await {
        let mut visitor = site.visitor();
        let home = visitor.get("/").await;
        assert_eq!(home.status, StatusCode::OK);
        assert_eq!(home.text(".empty h2"), "No pictures yet");
        assert_eq!(home.attributes(".empty a", "href"), ["/b"]);
        assert_eq!(
            home.texts("nav[aria-label=Feed] a"),
            ["Everything", "Following", "Local"]
        );
        assert_eq!(
            home.attribute("nav[aria-label=Feed] a[aria-current]", "href"),
            "/"
        );
        assert_eq!(
            visitor.get("/?feed=following").await.location(),
            "/login?to=/%3Ffeed%3Dfollowing"
        );
        assert_eq!(
            visitor.get("/b").await.text(".empty h2"),
            "No boards here yet"
        );
        assert_eq!(
            visitor.get("/about").await.texts("#rules + ol li"),
            ["Be kind.", "Your own pictures."]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_found_from_the_home_page_to_the_thread() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin
            .picture_thread("Night pier", (300, 200), "A pier at night")
            .await;
        let path = thread.path.split('#').next().unwrap().to_owned();

        let mut visitor = site.visitor();
        let home = visitor.get("/").await;
        assert_eq!(home.text(".tile .subject"), "Night pier");
        assert_eq!(home.text(".tile .count"), "0 replies");
        assert_eq!(home.attribute(".tile .subject", "href"), path);
        let image = ".tile-face img";
        assert_eq!(home.attribute(image, "alt"), "A pier at night");
        assert_eq!(
            (
                home.attribute(image, "width"),
                home.attribute(image, "height")
            ),
            ("300".into(), "200".into())
        );
        assert_eq!(
            home.attributes(image, "loading"),
            Vec::<String>::new(),
            "the first are not waited for"
        );
        assert!(home.attribute(image, "class").starts_with('c'));
        assert!(home.attribute(".tile", "class").contains("r15"));

        let focus = visitor.get(&home.attribute(".tile-face", "href")).await;
        assert_eq!(focus.text("h1"), "Night pier");
        assert_eq!(
            focus.attribute("figure.focus img", "alt"),
            "A pier at night"
        );
        assert!(
            focus
                .text("figure.focus figcaption")
                .contains("A pier at night")
        );
        assert!(
            focus
                .attribute(".frame a", "href")
                .ends_with("/original.png")
        );
        assert_eq!(focus.text(".buttons .go"), "0 replies in the thread");

        let catalog = visitor.get("/b/photo/catalog").await;
        assert_eq!(catalog.text(".card .subject"), "Night pier");
        assert!(
            catalog
                .text(".card-facts")
                .starts_with("0 replies 1 picture ")
        );
        assert_eq!(
            visitor.get("/b/photo").await.text(".summary .subject"),
            "Night pier"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn references_lead_both_ways_and_dead_ones_are_struck() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("First", "The beginning").await;
        let mut member = site.member("bo").await;
        let form = member
            .get("/b/photo/1")
            .await
            .form("/b/photo/1#reply")
            .with("body", ">>1 well said\n>>99\n>a line");
        let thread = member.follow(form).await;
        assert_eq!(thread.path, "/b/photo/1#p2");
        assert_eq!(thread.attribute("#p2 .body a.ref", "href"), "#p1");
        assert_eq!(thread.attribute("#p2 .body a.ref", "title"), "Opening post");
        assert_eq!(thread.text("#p2 .ref.dead"), ">>99");
        assert_eq!(thread.text("#p2 .quote"), ">a line");
        assert_eq!(thread.text("#p1 .backlinks a"), ">>2");
        assert_eq!(thread.attribute("#p1 .backlinks a", "href"), "#p2");
        assert_eq!(thread.text("#p2 .no"), "No.2");
        assert_eq!(thread.attribute("#p2 .no", "href"), "#p2");
        let index = member.get("/b/photo").await;
        assert_eq!(index.attribute("#p2 .body a.ref", "href"), "/b/photo/1#p1");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_shows_three_replies_and_counts_the_others() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Busy", "Go").await;
        for number in 0..5 {
            let form = admin
                .get("/b/photo/1")
                .await
                .form("/b/photo/1#reply")
                .with("body", &format!("reply {number}"));
            admin.follow(form).await;
        }
        let index = site.visitor().get("/b/photo").await;
        assert_eq!(
            index.texts(".replies .body"),
            ["reply 2", "reply 3", "reply 4"]
        );
        assert!(
            index
                .text(".omitted")
                .starts_with("2 replies omitted. Open the thread")
        );
        assert_eq!(index.attribute(".omitted a", "href"), "/b/photo/1");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_thing_has_one_address() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("First", "The beginning").await;
        for (path, place) in [
            ("/b/Photo@pics.test", "/b/photo"),
            ("/b/photo@pics.test/1", "/b/photo/1"),
            ("/@root", "/u/root"),
            ("/@root@pics.test", "/u/root"),
            ("/u/Root", "/u/root"),
        ] {
            let page = admin.get(path).await;
            assert_eq!(
                (page.status, page.location().as_str()),
                (StatusCode::PERMANENT_REDIRECT, place),
                "{path}"
            );
        }
        let thread = admin.get("/b/photo/1").await;
        let id = thread
            .attribute("form.vote", "action")
            .replace("/p/", "")
            .replace("/vote", "");
        assert_eq!(
            admin.get(&format!("/p/{id}")).await.location(),
            "/b/photo/1"
        );
        assert_eq!(
            admin.get(&format!("/p/{id}/thread")).await.location(),
            "/b/photo/1#p1"
        );
        let alternate = "link[rel=alternate][type='application/activity+json']";
        assert_eq!(
            thread.attribute(alternate, "href"),
            format!("http://pics.test/p/{id}")
        );
        assert_eq!(
            admin.get("/b/photo").await.attribute(alternate, "href"),
            "http://pics.test/b/photo"
        );
        assert_eq!(
            admin.get("/u/root").await.attribute(alternate, "href"),
            "http://pics.test/u/root"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_cached_as_long_as_they_say_the_same() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let mut visitor = site.visitor();
        let first = visitor.get("/b/photo").await;
        assert_eq!(first.header("cache-control"), "public, no-cache");
        assert!(
            first
                .headers
                .get_all(header::VARY)
                .iter()
                .any(|value| value == "Cookie")
        );
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, first.headers[header::ETAG].clone());
        assert_eq!(
            visitor.get_with("/b/photo", headers.clone()).await.status,
            StatusCode::NOT_MODIFIED
        );
        admin.thread("News", "Something").await;
        assert_eq!(
            visitor.get_with("/b/photo", headers).await.status,
            StatusCode::OK
        );
        let own = admin.get("/b/photo").await;
        assert_eq!(own.header("cache-control"), "private, no-cache");
        assert!(!own.header("etag").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_allows_nothing_inline() {
    for site in Pages::each().await {
        site.with_board().await.thread("", "The beginning").await;
        for path in [
            "/",
            "/b",
            "/b/photo",
            "/b/photo/catalog",
            "/b/photo/log",
            "/b/photo/1",
            "/u/root",
            "/login",
            "/nowhere",
        ] {
            let page = site.visitor().get(path).await;
            let policy = page.header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"),
                "{policy}"
            );
            assert!(
                !policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"),
                "{policy}"
            );
            assert_eq!(
                page.count("[style], [onclick], style, script:not([src])"),
                0,
                "{path}"
            );
            assert_eq!(page.attribute("html", "lang"), "en");
            assert_eq!(page.count("main"), 1);
            assert_eq!(page.count("h1"), 1, "{path}");
            assert_eq!(page.attribute("a.skip", "href"), "#main");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sensitive_pictures_stay_closed() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", "Careful")
            .with("sensitive", "1");
        let thread = admin
            .follow(form.file("file1", "a.png", crate::pictures::png(40, 40)))
            .await;
        assert_eq!(
            thread.count("details.sensitive:not([open]) img[loading=lazy]"),
            1
        );
        assert_eq!(thread.text(".no-alt"), "No description");
        let home = site.visitor().get("/").await;
        assert_eq!(home.count(".tile img"), 0);
        assert_eq!(home.text(".tile .hush"), "Sensitive picture");
        let form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("body", "Eight legs");
        let thread = admin.follow(form.with("content_warning", "Spiders")).await;
        assert_eq!(
            thread.text("details.warning:not([open]) .body"),
            "Eight legs"
        );
        assert!(
            !site
                .visitor()
                .get("/b/photo/catalog")
                .await
                .html
                .contains("Eight legs")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_animation_shows_its_first_frame_in_lists_and_plays_in_its_post() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", "Flicker");
        let moving = crate::pictures::animated_png(900, 600);
        let thread = admin.follow(form.file("file1", "a.png", moving)).await;
        let played = thread.attribute(".op .moving[open] img", "src");
        assert!(played.ends_with("/320.webp"), "{played}");
        let still = thread.attribute(".op .moving source", "srcset");
        assert!(still.ends_with("/still.webp"), "{still}");
        assert_eq!(
            thread.attribute(".op .moving source", "media"),
            "(prefers-reduced-motion: reduce)"
        );
        let mut visitor = site.visitor();
        for (path, face) in [
            ("/", ".tile-face"),
            ("/b/photo/catalog", ".card-face"),
            ("/b/photo/gallery", ".tile-face"),
            ("/u/root?show=pictures", ".tile-face"),
        ] {
            let page = visitor.get(path).await;
            assert_eq!(
                page.attribute(&format!("{face} img"), "src"),
                still,
                "{path}"
            );
            assert_eq!(page.count(&format!("{face} img[srcset]")), 0, "{path}");
            assert_eq!(page.text(&format!("{face} .moves")), "Animated", "{path}");
        }
        let preview = thread.attribute("meta[property='og:image']", "content");
        assert!(preview.ends_with(&still), "{preview}");
        admin.picture_thread("Pier", (900, 600), "A pier").await;
        let catalog = visitor.get("/b/photo/catalog").await;
        assert_eq!(catalog.count(".card-face"), 2);
        assert_eq!(catalog.count(".card-face .moves"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn long_lists_go_on_by_cursor() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        for number in 1..=17 {
            admin.thread(&format!("Thread {number}"), "text").await;
            site.app.cx.clock.advance(db::MINUTE);
        }
        let first = admin.get("/b/photo").await;
        assert_eq!(first.count(".summary"), 15);
        let older = first.attribute("a[rel=next]", "href");
        assert!(older.starts_with("/b/photo?after="), "{older}");
        let second = admin.get(&older).await;
        assert_eq!(second.texts(".summary .subject"), ["Thread 2", "Thread 1"]);
        let back = admin.get(&second.attribute("a[rel=prev]", "href")).await;
        assert_eq!(back.texts(".summary .subject")[0], "Thread 17");
        assert_eq!(
            admin.get("/b/photo?after=nonsense").await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
}
