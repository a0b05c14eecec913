//! Hostile text in every field of every form comes out as text.

use http::StatusCode;

use crate::page::Page;
use crate::pictures::png;
use crate::site::Pages;

/// Breaks out of text, of an attribute, of a textarea, of a title and of a script, were it not escaped.
const HOSTILE: &str =
    "</textarea></title>\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;<b id=bold>";

fn is_harmless(page: &Page) {
    for selector in [
        "script:not([src])",
        "script[src='x']",
        "[onerror]",
        "img[src=x]",
        "#bold",
        "main style",
    ] {
        assert_eq!(
            page.count(selector),
            0,
            "{selector} in {}: {}",
            page.path,
            page.html
        );
    }
    assert!(!page.html.contains("<script>alert"), "{}", page.path);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_posts() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let form = admin.get("/b/photo/new").await.form("/b/photo/new");
        let fields = ["subject", "body", "content_warning", "alt1"];
        let form = fields
            .iter()
            .fold(form, |form, field| form.with(field, HOSTILE));
        let thread = admin
            .follow(form.clone().file("file1", "a.png", png(20, 20)))
            .await;
        is_harmless(&thread);
        assert_eq!(
            thread.text("h1"),
            HOSTILE.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        assert_eq!(thread.attribute(".picture img", "alt"), HOSTILE);
        for path in [
            "/",
            "/b/photo",
            "/b/photo/catalog",
            "/b/photo/gallery",
            "/b/photo/swipe",
            "/search?q=alert",
            "/u/root",
        ] {
            is_harmless(&admin.get(path).await);
        }
        let path = thread.attribute("form.vote", "action").replace("/vote", "");
        for end in ["", "/edit", "/delete", "/history"] {
            let page = admin.get(&format!("{path}{end}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}{end}");
            is_harmless(&page);
        }
        let edit = format!("{path}/edit");
        assert_eq!(admin.get(&edit).await.form(&edit).value("body"), HOSTILE);

        let long = HOSTILE.repeat(3);
        let form = form
            .with("subject", &long)
            .with("tags", HOSTILE)
            .with("sage", HOSTILE)
            .with("media1", HOSTILE);
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        is_harmless(&again);
        assert_eq!(again.form("/b/photo/new").value("body"), HOSTILE);
        assert_eq!(again.form("/b/photo/new").value("subject"), long);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_names_boards_and_addresses() {
    for site in Pages::each().await {
        let mut admin = site.admin("root").await;
        let form = admin.get("/b").await.form("/b").with("name", "photo");
        let form = ["title", "about", "rules"]
            .iter()
            .fold(form, |form, field| form.with(field, HOSTILE));
        admin.follow(form).await;
        let form = admin
            .get("/settings/profile")
            .await
            .form("/settings/profile")
            .with("about", HOSTILE)
            .with("name1", HOSTILE)
            .with("value1", HOSTILE);
        admin.follow(form.with("title", &HOSTILE[..90])).await;
        for path in [
            "/b",
            "/b/photo",
            "/b/photo/catalog",
            "/b/photo/new",
            "/b/photo/log",
            "/u/root",
            "/settings/profile",
        ] {
            let page = admin.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            is_harmless(&page);
        }
        let mut visitor = site.visitor();
        for (page, action, fields) in [
            ("/login", "/login", &["name", "password", "to"][..]),
            ("/signup", "/signup", &["name", "password", "email", "to"]),
        ] {
            let form = visitor.get(page).await.form(action);
            let form = fields
                .iter()
                .fold(form, |form, field| form.with(field, HOSTILE));
            let again = visitor.send(form).await;
            is_harmless(&again);
            assert_eq!(again.form(action).value("name"), HOSTILE);
        }
        let form = admin.get("/b").await.form("/follow").with("q", HOSTILE);
        is_harmless(&admin.send(form).await);
        let form = admin
            .get("/b")
            .await
            .form("/b")
            .with("name", HOSTILE)
            .with("title", HOSTILE);
        is_harmless(&admin.send(form).await);
        let uri =
            "/interact?uri=http%3A%2F%2Fpics.test%2Fu%2Froot&server=%22%3E%3Cb%20id%3Dbold%3E";
        for path in [
            uri,
            "/interact?uri=%22%3E%3Cb%20id%3Dbold%3E",
            "/theme/%22%3E%3Cb%20id%3Dbold%3E.css",
            "/b?q=%22%3E%3Cb%20id%3Dbold%3E",
            "/t?q=%22%3E%3Cb%20id%3Dbold%3E",
            "/search?q=%22%3E%3Cb%20id%3Dbold%3E&tag=%22%3E%3Cb%20id%3Dbold%3E&board=%22%3E%3Cb%20id%3Dbold%3E",
            "/?tag=%22%3E%3Cb%20id%3Dbold%3E&board=%22%3E%3Cb%20id%3Dbold%3E&type=%22%3E",
            "/t/%22%3E%3Cb%20id%3Dbold%3E",
            "/swipe?in=%22%3E%3Cb%20id%3Dbold%3E",
            "/login?to=/%22%3E%3Cb%20id%3Dbold%3E",
            "/%3Cb%20id=bold%3E",
        ] {
            is_harmless(&visitor.get(path).await);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_moderation() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let mut bo = site.member("bo").await;
        let form = bo
            .get("/b/photo/1")
            .await
            .form("/b/photo/1#reply")
            .with("body", "Buy this");
        bo.follow(form).await;
        let page = admin.get("/b/photo/1").await;
        let remove = page
            .attribute("#p2 form.vote", "action")
            .replace("/vote", "/remove");
        let report = remove.replace("/remove", "/report");
        let form = admin.get(&report).await.form(&report);
        admin.follow(form.with("reason", HOSTILE)).await;
        let list = admin.get("/mod/reports").await;
        is_harmless(&list);
        let report = list.attribute("main a[href^='/mod/reports/']", "href");
        let form = admin.get(&report).await.form(&report);
        let note = HOSTILE.repeat(100);
        let form = form.with("note", &note).with("act", "dismissed");
        let again = admin.send(form.with("reason", HOSTILE)).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        is_harmless(&again);
        assert_eq!(again.text("#note"), note);
        assert_eq!(again.text("#reason"), HOSTILE);
        let form = admin
            .get(&remove)
            .await
            .form(&remove)
            .with("reason", HOSTILE);
        is_harmless(&admin.follow(form).await);
        is_harmless(&admin.get("/b/photo/log").await);
        is_harmless(&bo.get(&remove.replace("/remove", "")).await);
    }
}
