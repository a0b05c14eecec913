//! Forms with pictures: what arrives, what is refused, and that nothing typed is lost.

use http::StatusCode;

use crate::pictures::png;
use crate::site::Pages;

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_takes_four_pictures_with_their_descriptions() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let mut form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", "Four")
            .with("language", "de")
            .with("body", "Vier Bilder")
            .with("tags", "film, #night");
        for number in 1..=4 {
            form = form.with(&format!("alt{number}"), &format!("Picture number {number}"));
            form = form.file(&format!("file{number}"), "x.png", png(30 + number, 20));
        }
        let thread = admin.follow(form).await;
        assert_eq!(
            thread.attributes(".post .picture img", "width"),
            ["31", "32", "33", "34"]
        );
        assert_eq!(
            thread.attributes(".post .picture img", "alt")[3],
            "Picture number 4"
        );
        assert_eq!(thread.texts(".post .chip"), ["#film", "#night"]);
        assert_eq!(thread.texts(".facts dd")[..2], ["0", "4"]);
        assert_eq!(thread.attribute("#p1 .body", "lang"), "de");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_keeps_its_texts_and_its_pictures() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let form = admin.get("/b/photo/new").await.form("/b/photo/new");
        let long = "x".repeat(300);
        let form = form
            .with("subject", &long)
            .with("body", "Kept\nword for word")
            .with("content_warning", "Kept too");
        let form = form
            .file("file1", "a.png", png(50, 40))
            .with("alt1", "Kept as well")
            .with("sensitive", "1");
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-subject").is_empty());
        assert_eq!(
            again.attribute("#subject", "aria-describedby"),
            "fault-subject"
        );
        assert_eq!(again.attribute("#subject", "aria-invalid"), "true");
        assert!(!again.text("[role=alert]").is_empty());
        let kept = again.form("/b/photo/new");
        assert_eq!(kept.value("subject"), long);
        assert_eq!(kept.value("body"), "Kept\nword for word");
        assert_eq!(kept.value("content_warning"), "Kept too");
        assert_eq!(kept.value("alt1"), "Kept as well");
        assert_eq!(kept.value("sensitive"), "1");
        assert!(kept.value("media1").parse::<i64>().is_ok());
        assert_eq!(again.attribute(".kept img", "width"), "50");

        let thread = admin
            .follow(kept.with("subject", "Short").with("alt1", "Said better"))
            .await;
        assert_eq!(thread.text("h1"), "Short");
        assert_eq!(thread.attributes(".picture img", "alt"), ["Said better"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_picture_can_be_dropped() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", &"x".repeat(300));
        let again = admin.send(form.file("file1", "a.png", png(50, 40))).await;
        let form = again
            .form("/b/photo/new")
            .with("subject", "Words")
            .with("body", "only")
            .with("drop1", "1");
        let thread = admin.follow(form).await;
        assert_eq!(thread.count(".picture"), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_is_named_beside_its_field_and_the_others_stay() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let form = admin
            .get("/b/photo/1")
            .await
            .form("/b/photo/1#reply")
            .with("body", "Still here");
        let form = form.file("file1", "good.png", png(20, 20)).file(
            "file2",
            "song.mp3",
            b"ID3 nonsense".to_vec(),
        );
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert!(
            again
                .text("#fault-file2")
                .contains("JPEG, PNG, GIF or WebP")
        );
        assert_eq!(again.count("details.more-pictures[open]"), 1);
        let kept = again.form("/b/photo/1#reply");
        assert_eq!(kept.value("body"), "Still here");
        assert!(!kept.value("media1").is_empty() && kept.value("media2").is_empty());
        let thread = admin.follow(kept).await;
        assert_eq!(thread.count("#p2 .picture"), 1);

        let huge = vec![0_u8; 17 << 20];
        let form = admin
            .get("/b/photo/1")
            .await
            .form("/b/photo/1#reply")
            .with("body", "Too big");
        let again = admin.send(form.file("file1", "huge.png", huge)).await;
        assert_eq!(again.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(again.text("#fault-file1").contains("16"));
        assert_eq!(again.form("/b/photo/1#reply").value("body"), "Too big");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_can_require_descriptions() {
    for site in Pages::each().await {
        let mut admin = site.admin("root").await;
        let form = admin
            .get("/b")
            .await
            .form("/b")
            .with("name", "photo")
            .with("title", "Photo")
            .with("require_alt", "1");
        admin.follow(form).await;
        let form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", "Bare");
        let again = admin.send(form.file("file1", "a.png", png(20, 20))).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-alt1").is_empty());
        let thread = admin
            .follow(again.form("/b/photo/new").with("alt1", "A square"))
            .await;
        assert_eq!(thread.attribute(".picture img", "alt"), "A square");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_its_token_changes_nothing_and_loses_nothing() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        for (page, action) in [
            ("/b/photo/1", "/b/photo/1#reply"),
            ("/b/photo/new", "/b/photo/new"),
        ] {
            for token in [None, Some("wrong")] {
                let form = admin
                    .get(page)
                    .await
                    .form(action)
                    .with("body", "Typed with care")
                    .without("csrf");
                let form = match token {
                    Some(token) => form.with("csrf", token),
                    None => form,
                };
                let again = admin.send(form.file("file1", "a.png", png(20, 20))).await;
                assert_eq!(again.status, StatusCode::FORBIDDEN, "{page}");
                assert_eq!(again.form(action).value("body"), "Typed with care");
                assert!(again.form(action).value("media1").is_empty());
            }
        }
        assert_eq!(site.visitor().get("/b/photo/1").await.count(".post"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ended_does_not_take_the_text_with_it() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let form = admin
            .get("/b/photo/1")
            .await
            .form("/b/photo/1#reply")
            .with("body", "Typed for an hour");
        let again = site.visitor().send(form).await;
        assert_eq!(again.status, StatusCode::UNAUTHORIZED);
        assert!(again.html.contains("Typed for an hour"));
        assert_eq!(
            again.attribute(".session .plain", "href"),
            "/login?to=/b/photo/1"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_are_quoted_and_may_leave_the_thread_where_it_is() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Old", "text").await;
        site.app.cx.clock.advance(db::MINUTE);
        admin.thread("New", "text").await;
        site.app.cx.clock.advance(db::MINUTE);
        let page = admin.get("/b/photo/1").await;
        let reply = page.attribute("#p1 .reply", "href");
        assert_eq!(reply, "/b/photo/1?quote=1#reply");
        let form = admin.get(&reply).await.form("/b/photo/1#reply");
        assert_eq!(form.value("body"), ">>1\n");
        admin.follow(form.with("sage", "1")).await;
        assert_eq!(
            admin.get("/b/photo").await.texts(".summary .op .subject"),
            ["New", "Old"]
        );
        let form = admin.get(&reply).await.form("/b/photo/1#reply");
        admin.follow(form).await;
        assert_eq!(
            admin.get("/b/photo").await.texts(".summary .op .subject"),
            ["Old", "New"]
        );
    }
}
