//! Signing up, in and out, and what one says about oneself.

use http::StatusCode;

use crate::site::{PASSWORD, Pages};

#[tokio::test(flavor = "multi_thread")]
async fn people_come_and_go() {
    for site in Pages::each().await {
        let mut ann = site.member("ann").await;
        let home = ann.get("/").await;
        assert_eq!(
            home.text(".session button.plain[popovertarget]"),
            "Account: ann"
        );
        let form = home.form("/logout");
        let out = ann.follow(form).await;
        assert_eq!(out.count("#account"), 0);
        assert_eq!(out.attribute(".session a", "href"), "/login");

        let form = ann
            .get("/login?to=/b")
            .await
            .form("/login")
            .with("name", "ann")
            .with("password", "wrong wrong wrong");
        let again = ann.send(form).await;
        assert_eq!(again.status, StatusCode::UNAUTHORIZED);
        assert_eq!(
            again.text("[role=alert]"),
            "The name or the password is wrong."
        );
        let form = again.form("/login");
        assert_eq!(
            (form.value("name"), form.value("password"), form.value("to")),
            ("ann", "", "/b")
        );
        let back = ann.follow(form.with("password", PASSWORD)).await;
        assert_eq!(back.path, "/b");
        assert_eq!(ann.get("/login?to=/b").await.location(), "/b");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_a_sign_up_is_said_at_once() {
    for site in Pages::each().await {
        site.member("ann").await;
        let mut visitor = site.visitor();
        let form = visitor
            .get("/signup")
            .await
            .form("/signup")
            .with("name", "A b")
            .with("password", "short")
            .with("email", "x");
        let again = visitor.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["name", "password", "email"] {
            assert!(
                !again.text(&format!("#fault-{field}")).is_empty(),
                "{field}"
            );
            assert_eq!(
                again.attribute(&format!("#{field}"), "aria-invalid"),
                "true"
            );
        }
        assert_eq!(again.form("/signup").value("name"), "A b");
        let form = visitor
            .get("/signup")
            .await
            .form("/signup")
            .with("name", "ann")
            .with("password", PASSWORD);
        let taken = visitor.send(form).await;
        assert_eq!(taken.status, StatusCode::CONFLICT);
        assert_eq!(taken.text("#fault-name"), "This name is taken.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_led_to_another_site() {
    for site in Pages::each().await {
        site.member("ann").await;
        for to in [
            "//evil.example/",
            "https://evil.example/",
            "/\\evil.example",
        ] {
            let mut visitor = site.visitor();
            let form = visitor
                .get("/login")
                .await
                .form("/login")
                .with("name", "ann")
                .with("password", PASSWORD);
            assert_eq!(
                visitor.send(form.with("to", to)).await.location(),
                "/",
                "{to}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_show_what_people_say_and_post() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("A thread of mine", "text").await;
        let page = admin.get("/settings/profile").await;
        let form = page
            .form("/settings/profile")
            .with("title", "Root of All")
            .with("about", "I look after **this**.");
        let saved = admin.follow(form).await;
        assert!(saved.text(".notice").starts_with("Saved."));
        let profile = site.visitor().get("/u/root").await;
        assert_eq!(profile.text("h1"), "Root of All");
        assert_eq!(profile.text(".profile .muted"), "@root@pics.test");
        assert_eq!(profile.text(".lead strong"), "this");
        assert_eq!(profile.text(".tile .subject"), "A thread of mine");
        assert_eq!(
            profile.attribute(".head .button", "href"),
            "/login?to=/u/root"
        );
        assert_eq!(
            profile.attribute(".head a.act", "href"),
            "/interact?uri=http%3A//pics.test/u/root"
        );
        let form = admin
            .get("/settings/profile")
            .await
            .form("/settings/profile")
            .with("title", &"z".repeat(500));
        let again = admin.send(form.with("about", "Kept")).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.form("/settings/profile").value("about"), "Kept");
        assert!(!again.text("#fault-title").is_empty());
    }
}
