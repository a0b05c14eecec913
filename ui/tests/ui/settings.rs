//! What people say of themselves, where they are signed in, and how they like pages.

use http::StatusCode;

use crate::page::Page;
use crate::pictures::png;
use crate::site::{PASSWORD, Pages, Person};

const HARBOUR: [&str; 4] = ["#0d1c37", "#122a53", "#73a5f8", "#acc4ee"];

/// Fills in a palette of one's own.
async fn own(person: &mut Person<'_>, side: &str, colours: [&str; 4], press: &str) -> Page {
    let page = person.get("/settings/appearance").await;
    let mut form = page.form("/settings/appearance").with(side, "own");
    for (index, colour) in colours.iter().enumerate() {
        form = form.with(&format!("{side}{}", index + 1), colour);
    }
    person.send(form.with("do", press)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_has_pictures_and_fields() {
    for site in Pages::each().await {
        let mut ann = site.member("ann").await;
        let form = ann
            .get("/settings/profile")
            .await
            .form("/settings/profile")
            .with("title", "Ann")
            .with("name1", "Camera")
            .with("value1", "A very old one")
            .file("file1", "me.png", png(400, 300))
            .file("file2", "wide.png", png(900, 200));
        let saved = ann.follow(form).await;
        assert_eq!(saved.count("img.avatar"), 1);
        assert_eq!(saved.form("/settings/profile").value("name1"), "Camera");
        let profile = site.visitor().get("/u/ann").await;
        assert_eq!(profile.count(".profile img.avatar"), 1);
        assert_eq!(profile.attribute("img.banner", "width"), "640");
        assert!(
            profile
                .texts(".facts dd")
                .contains(&"A very old one".to_owned())
        );

        let form = saved.form("/settings/profile").with("remove1", "1");
        let saved = ann.follow(form.with("value1", "")).await;
        assert_eq!(
            (saved.count("img.avatar"), saved.count("img.small-banner")),
            (0, 1)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_profile_keeps_its_pictures_and_texts() {
    for site in Pages::each().await {
        let mut ann = site.member("ann").await;
        let form = ann
            .get("/settings/profile")
            .await
            .form("/settings/profile")
            .with("title", &"x".repeat(200))
            .with("about", "Kept")
            .with("value2", "without a name")
            .file("file1", "me.png", png(50, 40))
            .file("file2", "song.mp3", b"ID3 nonsense".to_vec());
        let again = ann.send(form).await;
        assert_eq!(again.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert!(
            again
                .text("#fault-file2")
                .contains("JPEG, PNG, GIF or WebP")
        );
        let form = again.form("/settings/profile");
        assert_eq!(form.value("about"), "Kept");
        assert!(!form.value("media1").is_empty());
        let again = ann.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-title").is_empty());
        assert!(again.text("#fault-fields").contains("name"));
        let form = again.form("/settings/profile");
        assert_eq!(form.value("value2"), "without a name", "where it was");
        let form = form.with("title", "Ann").with("name2", "named");
        let saved = ann.follow(form).await;
        assert_eq!(saved.count("img.avatar"), 1, "it was uploaded once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_who_knows_it() {
    for site in Pages::each().await {
        let mut ann = site.member("ann").await;
        let form = ann
            .get("/settings/account")
            .await
            .form("/settings/account")
            .with("current", "not it at all")
            .with("password", "another long one");
        let again = ann.send(form.clone()).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            again.text("#fault-current"),
            "This is not your present password."
        );
        assert_eq!(again.form("/settings/account").value("current"), "");
        let again = ann.send(form.clone().with("password", "short")).await;
        assert!(!again.text("#fault-password").is_empty());

        let mut elsewhere = site.visitor();
        let login = elsewhere
            .get("/login")
            .await
            .form("/login")
            .with("name", "ann")
            .with("password", PASSWORD);
        elsewhere.follow(login).await;
        let done = ann.follow(form.with("current", PASSWORD)).await;
        assert!(done.text(".notice").contains("was changed"));
        assert_eq!(ann.get("/settings/account").await.status, StatusCode::OK);
        let ended = elsewhere.get("/settings/account").await;
        assert_eq!(ended.location(), "/login?to=/settings/account");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_one_by_one_or_all_others_at_once() {
    for site in Pages::each().await {
        let mut ann = site.member("ann").await;
        let mut others = Vec::new();
        for _ in 0..3 {
            let mut other = site.visitor();
            let login = other
                .get("/login")
                .await
                .form("/login")
                .with("name", "ann")
                .with("password", PASSWORD);
            other.follow(login).await;
            others.push(other);
        }
        let list = ann.get("/settings/sessions").await;
        assert_eq!(list.count(".rows li"), 4);
        assert_eq!(list.texts(".rows li .mark"), ["This one"]);
        let newest = list.attributes(".rows li button", "value")[1].clone();
        let form = list.form("/settings/sessions").with("end", &newest);
        assert_eq!(ann.follow(form).await.count(".rows li"), 3);
        assert_eq!(
            others[2].get("/watching").await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(others[0].get("/watching").await.status, StatusCode::OK);

        let form = list.form("/settings/sessions").with("end", "others");
        assert_eq!(ann.follow(form).await.count(".rows li"), 1);
        assert_eq!(
            others[0].get("/watching").await.status,
            StatusCode::SEE_OTHER
        );

        // Nobody ends the session of somebody else.
        let mut bo = site.member("bo").await;
        let form = bo
            .get("/settings/sessions")
            .await
            .form("/settings/sessions");
        let mine = ann
            .get("/settings/sessions")
            .await
            .attribute(".rows button", "value");
        let refused = bo.send(form.with("end", &mine)).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        assert_eq!(ann.get("/watching").await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_goes_with_the_account_and_only_with_it() {
    for site in Pages::each().await {
        let mut ann = site.member("ann").await;
        assert_eq!(ann.get("/").await.count("link[href^='/theme/']"), 0);
        let saved = own(&mut ann, "dark", HARBOUR, "save").await;
        assert_eq!(saved.location(), "/settings/appearance?saved=1");
        let home = ann.get("/").await;
        assert_eq!(
            home.attributes("link[href^='/theme/']", "href"),
            ["/theme/f4f3f0-fffefb-8a4b00-22252a_0d1c37-122a53-73a5f8-acc4ee.css"]
        );
        assert_eq!(
            site.visitor().get("/").await.count("link[href^='/theme/']"),
            0
        );
        let page = ann.get("/settings/appearance").await;
        assert_eq!(
            page.attribute("input[name=dark][checked]", "value"),
            "harbour"
        );

        let form = page
            .form("/settings/appearance")
            .with("scheme", "dark")
            .with("text_size", "20");
        ann.follow(form).await;
        let home = ann.get("/").await;
        assert_eq!(home.attribute("html", "class"), "dark size20");
        assert_eq!(
            home.attribute("link[href^='/theme/']", "href"),
            "/theme/0d1c37-122a53-73a5f8-acc4ee.css"
        );
        let form = page.form("/settings/appearance").with("do", "reset");
        ann.follow(form).await;
        assert_eq!(
            ann.get("/").await.attributes("html", "class"),
            Vec::<String>::new()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_that_cannot_be_read_is_not_saved_but_mended() {
    for site in Pages::each().await {
        for mut person in [site.member("ann").await, site.visitor()] {
            let weak = ["#0d1c37", "#122a53", "#3a5f98", "#5c749e"];
            let again = own(&mut person, "dark", weak, "save").await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                again.text("#fault-dark").contains("at least 4.5"),
                "{}",
                again.html
            );
            assert_eq!(again.attribute("#dark4", "value"), "#5c749e", "it is kept");
            assert!(again.count("tr.weak") >= 2);
            assert_eq!(again.count("#mend[hidden]"), 0);
            assert_eq!(person.get("/").await.count("link[href^='/theme/']"), 0);

            own(&mut person, "dark", weak, "mend").await;
            let page = person.get("/settings/appearance").await;
            assert_eq!(page.count("tr.weak"), 0);
            assert_eq!(
                page.attribute("#dark1", "value"),
                "#0d1c37",
                "the page stays"
            );
            assert_ne!(page.attribute("#dark4", "value"), "#5c749e");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_account_a_cookie_keeps_what_was_chosen() {
    for site in Pages::each().await {
        let mut visitor = site.visitor();
        let page = visitor.get("/settings").await;
        assert_eq!(page.location(), "/settings/appearance");
        let form = visitor
            .get("/settings/appearance")
            .await
            .form("/settings/appearance")
            .with("light", "classic")
            .with("scheme", "light");
        let saved = visitor.follow(form).await;
        assert_eq!(
            saved.attribute("link[href^='/theme/']", "href"),
            "/theme/fffbee-f3e6d8-8a1c12-3b1b14.css"
        );
        let form = visitor
            .get("/settings/content")
            .await
            .form("/settings/content")
            .without("single_keys")
            .with("by_page", "1")
            .with("home", "local");
        let saved = visitor.follow(form).await;
        assert_eq!(
            (
                saved.count("body[data-keys=off]"),
                saved.count("body[data-feed=off]")
            ),
            (1, 1)
        );
        let home = visitor.get("/").await;
        assert_eq!(home.count("link[href^='/theme/']"), 1, "one form, one part");
        assert_eq!(home.text("nav[aria-label=Feed] a[aria-current]"), "Local");
        assert_eq!(
            home.attributes("nav[aria-label=Feed] a", "href"),
            ["/?feed=all", "/?feed=following", "/"]
        );
        for page in [
            "/settings/profile",
            "/settings/account",
            "/settings/sessions",
        ] {
            let led = visitor.get(page).await;
            assert_eq!(led.location(), format!("/login?to={page}"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_a_theme_is_the_theme() {
    for site in Pages::each().await {
        let mut visitor = site.visitor();
        let sheet = visitor.get("/theme/0d1c37-122a53-73a5f8-acc4ee.css").await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
        assert_eq!(
            sheet.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert!(sheet.html.contains("--primary:#0d1c37"));
        for path in [
            "/theme/x.css",
            "/theme/0d1c37-122a53-73a5f8-acc4ee",
            "/theme/0d1c37-122a53-73a5f8-acc4e;.css",
        ] {
            assert_eq!(
                visitor.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sensitive_pictures_are_as_people_want_them() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", "Hidden")
            .with("sensitive", "1");
        let form = form
            .file("file1", "a.png", png(60, 40))
            .with("alt1", "A square");
        admin.follow(form).await;
        let thread = admin.get("/b/photo/1").await;
        assert_eq!(thread.count("details.sensitive:not([open])"), 1);
        assert_eq!(admin.get("/").await.count(".tile img"), 0);
        let form = admin
            .get("/settings/content")
            .await
            .form("/settings/content")
            .with("sensitive", "open");
        admin.follow(form).await;
        assert_eq!(
            admin
                .get("/b/photo/1")
                .await
                .count("details.sensitive[open]"),
            1
        );
        assert_eq!(admin.get("/").await.count(".tile img"), 1);
        assert_eq!(site.visitor().get("/").await.count(".tile img"), 0);
    }
}
