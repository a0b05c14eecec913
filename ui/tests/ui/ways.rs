//! Ways between servers, the pages of text, and what hangs on a post and a profile.

use http::StatusCode;

use crate::site::{PASSWORD, Pages};

#[tokio::test(flavor = "multi_thread")]
async fn people_of_other_servers_are_shown_the_way_home() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let mut visitor = site.visitor();
        let board = visitor.get("/b/photo").await;
        let way = board.attribute(".head a.act", "href");
        let page = visitor.get(&way).await;
        assert_eq!(page.text("main p a bdi"), "/photo/");
        let there = visitor.get(&format!("{way}&server=@me@Far.example")).await;
        assert_eq!(
            there.attribute(".notice a", "href"),
            "http://far.example/authorize_interaction?uri=http%3A//pics.test/b/photo"
        );
        let wrong = visitor.get(&format!("{way}&server=nonsense")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!wrong.text("#fault-server").is_empty());
        assert_eq!(wrong.attribute("#server", "value"), "nonsense");

        let thread = visitor.get("/b/photo/1").await;
        let reply = thread.attribute("#reply a[href^='/interact']", "href");
        assert_eq!(visitor.get(&reply).await.text("main p a bdi"), "a post");
        for unknown in ["/interact", "/interact?uri=https%3A%2F%2Fevil.example%2F"] {
            assert_eq!(visitor.get(unknown).await.status, StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_this_server_come_back_to_what_they_found() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let path = "/authorize_interaction?uri=http%3A%2F%2Fpics.test%2Fb%2Fphoto";
        let led = site.visitor().get(path).await;
        assert!(
            led.location()
                .starts_with("/login?to=/authorize_interaction")
        );
        assert_eq!(admin.get(path).await.location(), "/b/photo");
        let asked = admin
            .get("/authorize_interaction?uri=acct%3Anobody%40pics.test")
            .await;
        let form = asked.form("/authorize_interaction");
        assert_eq!(form.value("uri"), "acct:nobody@pics.test");
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.attribute("#uri", "value"), "acct:nobody@pics.test");
        let form = asked
            .form("/authorize_interaction")
            .with("uri", "acct:root@pics.test");
        assert_eq!(admin.send(form).await.location(), "/u/root");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_text_say_what_holds_here() {
    for site in Pages::each().await {
        let mut visitor = site.visitor();
        for (path, heading) in [
            ("/rules", "Rules"),
            ("/privacy", "Privacy"),
            ("/help", "Help"),
            ("/help/keys", "Keys"),
            ("/help/format", "How to write"),
        ] {
            let page = visitor.get(path).await;
            assert_eq!(
                (page.status, page.text("h1")),
                (StatusCode::OK, heading.to_owned())
            );
        }
        let rules = visitor.get("/rules").await;
        assert_eq!(
            rules.texts("main ol li"),
            ["Be kind.", "Your own pictures."]
        );
        let format = visitor.get("/help/format").await;
        assert_eq!(format.count("td .spoiler"), 1);
        assert_eq!(format.count("td .quote"), 1);
        assert_eq!(format.count("td strong"), 1);
        assert_eq!(format.count("td del"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_has_a_page_of_its_acts_and_of_its_likes() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin.thread("Thread", "text").await;
        let path = thread.attribute("form.vote", "action").replace("/vote", "");
        let mut bo = site.member("bo").await;
        let likes = format!("{path}/likes");
        assert_eq!(bo.get(&likes).await.text("h1"), "0 likes");
        assert_eq!(bo.get(&likes).await.count(".empty"), 1);
        let vote = bo.get("/b/photo/1").await.form(&format!("{path}/vote"));
        bo.follow(vote.with("value", "1")).await;
        let page = site.visitor().get(&likes).await;
        assert_eq!(
            (page.text("h1"), page.texts(".rows .by")),
            ("1 like".into(), vec!["bo".into()])
        );

        let menu = format!("{path}/menu");
        assert!(thread.attributes(".post .act", "href").contains(&menu));
        let texts = |page: crate::page::Page| page.texts("nav[aria-label='This post'] a");
        assert_eq!(
            texts(admin.get(&menu).await),
            ["Reply", "Edit", "Delete", "1 like"]
        );
        assert_eq!(texts(bo.get(&menu).await), ["Reply", "Report", "1 like"]);
        assert_eq!(
            texts(site.visitor().get(&menu).await),
            ["Reply", "Reply from your own server", "Report", "1 like"]
        );
        let delete = format!("{path}/delete");
        let form = admin.get(&delete).await.form(&delete);
        admin.follow(form).await;
        for gone in [&menu, &likes] {
            assert_eq!(bo.get(gone).await.status, StatusCode::GONE);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_has_parts_and_says_when_they_are_empty() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let own = admin.get("/u/root").await;
        assert_eq!(own.text(".empty p"), "You have not posted yet.");
        assert_eq!(
            site.visitor().get("/u/root").await.text(".empty p"),
            "Has not posted."
        );
        admin.thread("Words only", "text").await;
        let page = site.visitor().get("/u/root").await;
        assert_eq!(page.text(".tabs a[aria-current]"), "Threads");
        admin
            .picture_thread("A picture", (60, 40), "A square")
            .await;
        let page = site.visitor().get("/u/root").await;
        assert_eq!(page.text(".tabs a[aria-current]"), "Pictures");
        assert_eq!(page.attributes(".tile img", "alt"), ["A square"]);
        let threads = site.visitor().get("/u/root?show=threads").await;
        assert_eq!(threads.texts(".tile .subject"), ["A picture", "Words only"]);
        let replies = site.visitor().get("/u/root?show=replies").await;
        assert_eq!(replies.text(".empty p"), "No replies.");
        let form = admin.get("/b/photo/1").await.form("/b/photo/1#reply");
        admin.follow(form.with("body", "An answer")).await;
        let replies = site.visitor().get("/u/root?show=replies").await;
        assert_eq!(replies.text(".post .body"), "An answer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_a_reply_leads_to_its_place() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let form = admin.get("/b/photo/1").await.form("/b/photo/1#reply");
        admin.follow(form.with("body", "An answer")).await;
        let mut visitor = site.visitor();
        for path in ["/b/photo/2", "/b/photo/2?quote=1"] {
            let led = visitor.get(path).await;
            assert_eq!(led.status, StatusCode::SEE_OTHER, "{path}");
            assert_eq!(led.location(), "/b/photo/1#p2");
        }
        let other = visitor.get("/b/Photo@pics.test/2").await;
        assert_eq!(other.location(), "/b/photo/2");

        let reply = admin.get("/b/photo/1").await;
        let path = reply.attribute("#p2 form.vote", "action");
        let delete = path.replace("/vote", "/delete");
        let form = admin.get(&delete).await.form(&delete);
        admin.follow(form).await;
        assert_eq!(visitor.get("/b/photo/2").await.location(), "/b/photo/1#p2");
        for missing in ["/b/photo/3", "/b/nothing/2", "/b/photo/-1"] {
            let page = visitor.get(missing).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{missing}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_up_to_reply_comes_back_to_the_thread() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let mut visitor = site.visitor();
        let thread = visitor.get("/b/photo/1").await;
        let login = thread.attribute("#reply a", "href");
        let signup = thread.attribute("#reply a[href^='/signup']", "href");
        let asked = visitor.get(&login).await;
        assert_eq!(asked.attribute("main p a", "href"), signup);
        let form = visitor.get(&signup).await.form("/signup");
        let form = form.with("name", "fay").with("password", PASSWORD);
        assert_eq!(visitor.send(form).await.location(), "/b/photo/1");
    }
}
