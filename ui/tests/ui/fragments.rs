//! Parts of pages that scripts ask for.

use http::{HeaderMap, StatusCode};

use crate::page::Page;
use crate::site::{Form, Pages, Person};

fn asking(part: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(
        http::HeaderName::from_static("x-fragment"),
        http::HeaderValue::from_static(part),
    )])
}

async fn reply(person: &mut Person<'_>, body: &str) -> Page {
    let form = person
        .get("/b/photo/1")
        .await
        .form("/b/photo/1#reply")
        .with("body", body);
    person.follow(form).await
}

async fn send(person: &mut Person<'_>, form: Form) -> Page {
    person.send_with(form, asking("compose")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_stands_alone_by_its_number_or_its_id() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "It begins.").await;
        let thread = reply(&mut admin, "An answer.").await;
        let path = thread.attribute("#p2 form.vote", "action");
        let by_id = path.replace("/vote", "/thread");
        let mut visitor = site.visitor();
        for path in ["/b/photo/2", &by_id] {
            let part = visitor.get_with(path, asking("post")).await;
            assert_eq!(part.status, StatusCode::OK, "{path}");
            assert_eq!(part.count(".post"), 1);
            assert_eq!(part.text(".post .body"), "An answer.");
            assert!(part.html.trim_start().starts_with("<article"), "{path}");
            let vary = part.headers.get_all(http::header::VARY);
            assert!(vary.iter().any(|name| name == "X-Fragment"), "{path}");
        }
        let missing = visitor.get_with("/b/photo/77", asking("post")).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_sends_a_form_is_told_the_place() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "It begins.").await;
        let form = admin.get("/b/photo/1").await.form("/b/photo/1#reply");
        let made = send(&mut admin, form.clone().with("body", "Answer")).await;
        assert_eq!(made.status, StatusCode::CREATED);
        assert_eq!(made.location(), "/b/photo/1#p2");
        let again = send(&mut admin, form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.count("form.compose [role=alert]"), 1);
        let thread = admin.get("/b/photo/new").await.form("/b/photo/new");
        let made = send(&mut admin, thread.with("subject", "S").with("body", "Text")).await;
        assert_eq!(made.status, StatusCode::CREATED);
        assert_eq!(made.location(), "/b/photo/3#p3");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn references_say_whose_and_where() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "It begins.").await;
        admin.thread("Another", "Elsewhere.").await;
        let mut bo = site.member("bo").await;
        reply(&mut bo, ">>1 and >>2").await;
        let page = reply(&mut bo, ">>3").await;
        let titles = |page: &Page, id: &str| page.attributes(&format!("{id} a.ref"), "title");
        assert_eq!(
            titles(&page, "#p3 .body"),
            ["Opening post", "In another thread"]
        );
        assert_eq!(titles(&page, "#p4 .body"), ["Your post"]);
        assert_eq!(page.text("#p4 .mark"), "You");
        let read = site.visitor().get("/b/photo/1").await;
        assert!(titles(&read, "#p4 .body").is_empty());
        assert_eq!(read.count("#p4 .mark"), 0);
        let owner = admin.get("/b/photo/1").await;
        assert_eq!(titles(&owner, "#p3 .body"), ["Your post", "Your post"]);
    }
}
