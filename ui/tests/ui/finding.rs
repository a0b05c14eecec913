//! Tags, search, galleries and filters, as somebody without scripts uses them.

use http::StatusCode;

use crate::pictures::png;
use crate::site::{Pages, Person};

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_read_followed_and_muted() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin.thread("Snow", "#Film in the #snow").await;
        assert_eq!(
            thread.attributes(".post .chips a", "href"),
            ["/t/film", "/t/snow"]
        );
        admin.thread("More", "#film").await;

        let mut visitor = site.visitor();
        let tags = visitor.get("/t").await;
        assert_eq!(tags.texts(".tags li"), ["#film 2 posts", "#snow 1 post"]);
        let begins = visitor.get("/t?q=%23SN").await;
        assert_eq!(begins.texts(".tags li"), ["#snow 1 post"]);
        let none = visitor.get("/t?q=zzz").await;
        assert_eq!(none.text(".empty h2"), "Nobody has used this yet");
        assert_eq!(visitor.get("/t/FILM").await.location(), "/t/film");
        assert_eq!(visitor.get("/t/---").await.status, StatusCode::NOT_FOUND);

        let film = visitor.get("/t/film").await;
        assert_eq!(film.text("h1"), "#film");
        assert_eq!(film.texts(".tile .subject"), ["More", "Snow"]);
        assert_eq!(film.texts(".rail .chips a"), ["#snow"]);
        let to = film.attribute(".head .acts a", "href");
        assert_eq!(to, "/login?to=/t/film");
        let posts = visitor.get("/t/film?show=posts").await;
        assert_eq!(posts.count(".thread .post"), 2);
        let unused = visitor.get("/t/unused").await;
        assert_eq!(unused.status, StatusCode::OK);
        assert_eq!(unused.text(".empty h2"), "Nobody has used this yet");

        let mut bo = site.member("bo").await;
        let form = bo.get("/t/snow").await.form("/t/snow/follow");
        let followed = bo.follow(form.with("follow", "yes")).await;
        assert!(followed.html.contains("Unfollow"));
        let home = bo.get("/?feed=following").await;
        assert_eq!(home.texts(".tile .subject"), ["Snow"]);
        assert_eq!(bo.get("/t").await.texts(".rail .chips a"), ["#snow"]);
        let form = bo.get("/t/film").await.form("/t/film/mute");
        let muted = bo.follow(form.with("mute", "yes")).await;
        assert!(muted.text(".notice").starts_with("You muted this tag"));
        assert_eq!(bo.get("/?feed=following").await.count(".tile"), 0);
        let form = muted.form("/t/film/mute").with("mute", "no");
        bo.follow(form).await;
        assert_eq!(bo.get("/?feed=following").await.count(".tile"), 1);
        let forged = bo
            .get("/t/film")
            .await
            .form("/t/film/mute")
            .with("csrf", "x");
        assert_eq!(bo.send(forged).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_boards_people_and_tags_are_found() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Harbour", "Boats in the fog #mist").await;
        admin.thread("Bridge", "Boats under it").await;
        let mut visitor = site.visitor();
        let blank = visitor.get("/search").await;
        assert_eq!(blank.text(".empty h2"), "What are you looking for?");
        let found = visitor.get("/search?q=boat").await;
        assert_eq!(found.texts(".post .subject"), ["Bridge", "Harbour"]);
        assert_eq!(found.attribute("#q", "value"), "boat");
        let narrowed = visitor.get("/search?q=boat&tag=mist&board=photo").await;
        assert_eq!(narrowed.texts(".post .subject"), ["Harbour"]);
        assert_eq!(narrowed.attribute("#search-tag", "value"), "mist");
        let narrowed = visitor.get("/search?q=boat%20tag:mist").await;
        assert_eq!(narrowed.count(".post"), 1);
        let none = visitor.get("/search?q=zeppelin").await;
        assert_eq!(none.text(".empty h2"), "Nothing found here");
        let boards = visitor.get("/search?q=photography&type=boards").await;
        assert_eq!(boards.texts(".board .subject"), ["/photo/"]);
        let people = visitor.get("/search?q=roo&type=people").await;
        assert_eq!(people.texts("ul.tags li"), ["root"]);
        let tags = visitor.get("/search?q=mi&type=tags").await;
        assert_eq!(tags.texts("ul.tags li"), ["#mist 1 post"]);
        let long = visitor.get(&format!("/search?q={}", "x".repeat(301))).await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(long.text("#fault-q").contains("300"));
        for hostile in [
            "%22",
            "%27%20OR",
            "%00",
            "a%20AND%20NOT",
            "%F0%9F%98%80",
            "*",
            "tag:%22",
        ] {
            for kind in ["posts", "boards", "people", "tags"] {
                let at = format!("/search?q={hostile}&type={kind}&board={hostile}&tag={hostile}");
                let status = visitor.get(&at).await.status;
                assert!(!status.is_server_error(), "{at}: {status}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_is_asked_by_a_button_alone() {
    for site in Pages::each().await {
        site.with_board().await;
        let mut visitor = site.visitor();
        let page = visitor.get("/search?q=art@far.example").await;
        assert_eq!(
            page.attribute(".notice a", "href"),
            "/login?to=/search%3Fq%3Dart%40far.example"
        );
        let mut bo = site.member("bo").await;
        assert_eq!(
            bo.get("/search?q=harbour")
                .await
                .count("main form[method=post]"),
            0
        );
        let form = bo.get("/search?q=@root").await;
        assert_eq!(
            form.count("main form[method=post]"),
            0,
            "this is no address"
        );
        let form = bo.get("/search?q=photo@pics.test").await.form("/search");
        assert_eq!(form.value("q"), "photo@pics.test");
        assert_eq!(bo.send(form).await.location(), "/b/photo");
        let form = bo.get("/search?q=nobody@pics.test").await.form("/search");
        let wrong = bo.send(form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong
                .text("#fault-q")
                .starts_with("Nothing was found there")
        );
        assert_eq!(wrong.attribute("#q", "value"), "nobody@pics.test");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_leafed_through_in_any_place() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        hang(&mut admin).await;
        let mut visitor = site.visitor();
        let gallery = visitor.get("/b/photo/gallery").await;
        let href = gallery.attributes(".tile-face", "href")[1].clone();
        let two = visitor.get(href.split('#').next().unwrap()).await;
        assert_eq!(two.text("h1"), "Two");
        let next = two.attribute("nav a[rel=next]", "href");
        assert!(next.ends_with("?in=b/photo"), "{next}");
        let one = visitor.get(&next).await;
        assert_eq!(one.text("h1"), "One");
        assert_eq!(one.count("nav a[rel=next]"), 0);
        let back = one.attribute("nav a[rel=prev]", "href");
        assert_eq!(visitor.get(&back).await.text("h1"), "Two");
        let plain = visitor.get(next.split('?').next().unwrap()).await;
        assert_eq!(plain.count("nav a[rel=prev]"), 0, "the first of its thread");
    }
}

/// Three pictures on the board `photo`: two threads, and a reply behind a warning.
async fn hang(admin: &mut Person<'_>) {
    admin.picture_thread("One", (300, 200), "first").await;
    admin.picture_thread("Two", (200, 300), "second").await;
    let form = admin.get("/b/photo/1").await.form("/b/photo/1#reply");
    let form = form
        .with("body", "#pier")
        .with("content_warning", "heights");
    admin.follow(form.file("file1", "a.png", png(20, 30))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn galleries_show_the_pictures_of_their_place() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let empty = admin.get("/b/photo/gallery").await;
        assert_eq!(empty.text(".empty h2"), "No images here");
        assert_eq!(
            admin.get("/b/photo/swipe").await.text(".empty h2"),
            "No images here"
        );
        hang(&mut admin).await;
        let mut visitor = site.visitor();
        let gallery = visitor.get("/b/photo/gallery").await;
        assert_eq!(gallery.count(".tile"), 3);
        assert_eq!(gallery.text(".tile:first-child .hush"), "heights");
        let alts = gallery.attributes(".tile img", "alt");
        assert_eq!(alts, ["second", "first"]);
        assert_eq!(
            gallery.attribute(".tabs a[aria-current]", "href"),
            "/b/photo/gallery"
        );
        let of_thread = visitor.get("/b/photo/1/gallery").await;
        let places = of_thread.attributes(".tile .subject", "href");
        assert_eq!(places[0], "/b/photo/1#p1");
        assert_eq!(visitor.get(&places[1]).await.location(), "/b/photo/1#p3");
        assert_eq!(
            visitor.get("/b/photo/99/gallery").await.status,
            StatusCode::NOT_FOUND
        );

        let swipe = visitor.get("/b/photo/swipe").await;
        assert_eq!(swipe.texts(".swipe .subject"), ["heights", "Two", "One"]);
        assert_eq!(
            swipe.count("details.sensitive:not([open]) img[loading=lazy]"),
            1
        );
        assert_eq!(visitor.get("/swipe").await.count(".swipe > li"), 3);
        assert_eq!(
            visitor.get("/swipe?in=t/pier").await.count(".swipe > li"),
            1
        );
        assert_eq!(
            visitor
                .get("/swipe?in=b/photo/1")
                .await
                .count(".swipe > li"),
            2
        );
        for missing in [
            "/swipe?in=b/none",
            "/swipe?in=x",
            "/swipe?in=b/photo/99",
            "/swipe?in=b/photo/x",
        ] {
            assert_eq!(
                visitor.get(missing).await.status,
                StatusCode::NOT_FOUND,
                "{missing}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered_by_their_address() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.picture_thread("Still", (30, 20), "first").await;
        admin.thread("Words", "#film").await;
        let mut visitor = site.visitor();
        let home = visitor.get("/").await;
        assert_eq!(
            home.text(".prefs summary"),
            "Display tags, filters, and preferences"
        );
        assert_eq!(home.count(".prefs[open]"), 0);
        assert_eq!(home.texts(".prefs .chip"), ["#film", "All tags"]);
        assert_eq!(home.attribute(".prefs .chip", "href"), "/?tag=film");
        for (path, subjects) in [
            ("/?type=still", vec!["Still"]),
            ("/?type=text", vec!["Words"]),
            ("/?type=animated", vec![]),
            ("/?tag=%23Film&feed=local", vec!["Words"]),
            ("/?tag=none", vec![]),
            ("/?board=photo", vec!["Words", "Still"]),
            ("/?board=none", vec![]),
            ("/?note=only", vec![]),
            ("/?note=without&tag=&type=&board=", vec!["Words", "Still"]),
            ("/?type=nonsense", vec!["Words", "Still"]),
        ] {
            let page = visitor.get(path).await;
            assert_eq!(page.texts(".tile .subject"), subjects, "{path}");
        }
        let two = visitor.get("/?type=text&note=without&feed=local").await;
        assert_eq!(two.text(".prefs summary .mark"), "2 filters on");
        assert_eq!(two.attribute(".prefs .buttons a", "href"), "/?feed=local");
        assert_eq!(
            two.attributes(".prefs input[type=hidden]", "value"),
            ["local"]
        );
        assert_eq!(
            two.attributes(".prefs option[selected]", "value"),
            ["text", "without"]
        );
        let none = visitor.get("/?type=animated").await;
        assert_eq!(none.text(".empty h2"), "Nothing passes");
        let catalog = visitor.get("/b/photo/catalog?type=still&sort=new").await;
        assert_eq!(catalog.texts(".card .subject"), ["Still"]);
        let board = visitor.get("/b/photo?tag=film").await;
        assert_eq!(board.texts(".summary .op .subject"), ["Words"]);
        let tag = visitor.get("/t/film?type=still").await;
        assert_eq!(tag.text(".empty h2"), "No thread passes these filters");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_stay_on_from_tab_to_tab() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let none = admin.get("/?type=animated").await;
        assert_eq!(
            none.count("#setup"),
            0,
            "nothing passes, but who filters is past the first steps"
        );
        let home = site.visitor().get("/?type=text").await;
        let tabs = home.attributes(".head .tabs a", "href");
        assert_eq!(tabs[2], "/?feed=local&type=text");
        let catalog = site.visitor().get("/b/photo/catalog?type=text").await;
        let tabs = catalog.attributes("nav[aria-label=Order] a", "href");
        assert!(
            tabs.iter().all(|tab| tab.ends_with("&type=text")),
            "{tabs:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_of_a_thread_are_found_from_it() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Words", "alone").await;
        assert!(!admin.get("/b/photo/1").await.links_to("/b/photo/1/gallery"));
        admin.picture_thread("Picture", (20, 10), "A picture").await;
        let thread = admin.get("/b/photo/2").await;
        assert!(thread.links_to("/b/photo/2/gallery"));
        let swipe = thread.attribute(".rail a[href^='/swipe']", "href");
        assert_eq!(admin.get(&swipe).await.count(".swipe li"), 1);
        assert!(admin.get("/").await.links_to("/swipe"));
        let gallery = admin.get("/b/photo/2/gallery").await;
        assert_eq!(gallery.count(".tabs [aria-current]"), 0);
    }
}
