//! What is said when something is not there, not allowed or not possible.

use http::{Request, StatusCode};

use crate::site::Pages;

#[tokio::test(flavor = "multi_thread")]
async fn every_error_is_a_page_with_its_request_id() {
    for site in Pages::each().await {
        site.with_board().await;
        let mut visitor = site.visitor();
        for (path, status) in [
            ("/nowhere", StatusCode::NOT_FOUND),
            ("/b/nothing", StatusCode::NOT_FOUND),
            ("/b/a%20b", StatusCode::NOT_FOUND),
            ("/b/photo/99", StatusCode::NOT_FOUND),
            ("/b/photo/word", StatusCode::NOT_FOUND),
            ("/u/nobody", StatusCode::NOT_FOUND),
            ("/b/photo@far.example", StatusCode::NOT_FOUND),
            ("/p/1", StatusCode::NOT_FOUND),
            ("/p/99999999999999999999", StatusCode::NOT_FOUND),
            ("/assets/none.css", StatusCode::NOT_FOUND),
            ("/logout", StatusCode::METHOD_NOT_ALLOWED),
        ] {
            let page = visitor.get(path).await;
            assert_eq!(page.status, status, "{path}");
            if path.starts_with("/assets") {
                continue;
            }
            assert_eq!(
                page.text(".error .status"),
                status.as_u16().to_string(),
                "{path}"
            );
            assert_eq!(
                page.text(".request"),
                format!("Request {}", page.header("x-request-id"))
            );
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(page.header("cache-control"), "private, no-cache");
            assert!(page.count(".error a") >= 2);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_another_server_can_be_looked_for() {
    for site in Pages::each().await {
        let page = site.visitor().get("/b/photo@far.example").await;
        assert_eq!(
            page.attributes(".error a", "href")[0],
            "/b?q=photo%40far.example"
        );
        let boards = site.visitor().get("/b?q=photo%40far.example").await;
        assert_eq!(boards.attribute("#q", "value"), "photo@far.example");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_out_people_are_led_to_the_form_and_back() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let mut visitor = site.visitor();
        for path in ["/b/photo/new", "/settings/profile"] {
            let page = visitor.get(path).await;
            assert_eq!(
                (page.status, page.location()),
                (StatusCode::SEE_OTHER, format!("/login?to={path}"))
            );
        }
        let thread = visitor.get("/b/photo/1").await;
        assert_eq!(thread.count("form#reply"), 0);
        assert_eq!(
            thread.attribute(".acts .reply", "href"),
            "/login?to=/b/photo/1%3Fquote%3D1%23reply"
        );
        assert_eq!(
            thread.attribute(".rail .panel > .button", "href"),
            "/login?to=/b/photo"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_often_says_when_and_keeps_the_form() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        for number in 0..10 {
            admin.thread(&format!("Thread {number}"), "text").await;
        }
        let form = admin
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("body", "One too many");
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(again.text("[role=alert]").contains("seconds"));
        assert_eq!(again.form("/b/photo/new").value("body"), "One too many");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_no_forms_are_refused() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        for (kind, action, status) in [
            (
                "application/json",
                "/follow",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ),
            (
                "application/x-www-form-urlencoded",
                "/b/photo/new",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ),
            (
                "multipart/form-data; boundary=x",
                "/b/photo/new",
                StatusCode::BAD_REQUEST,
            ),
        ] {
            let request = Request::post(action)
                .header("content-type", kind)
                .body("csrf=x".into())
                .unwrap();
            let page = admin.ask(request, action).await;
            assert_eq!(page.status, status, "{kind}");
            assert_eq!(page.count(".error h1"), 1);
        }
    }
}
