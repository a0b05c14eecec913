//! Reporting, and what moderators do about it: by forms alone, each with its own page.

use http::StatusCode;

use crate::page::Page;
use crate::site::{Pages, Person};

/// The path `/p/{id}` of the post with that anchor.
fn path_of(page: &Page, anchor: &str) -> String {
    page.attribute(&format!("#{anchor} form.vote"), "action")
        .replace("/vote", "")
}

/// A thread with a reply of Bo's, who has an account; answers the path of the reply.
async fn with_reply(admin: &mut Person<'_>, bo: &mut Person<'_>) -> String {
    admin.thread("Thread", "text").await;
    let form = bo.get("/b/photo/1").await.form("/b/photo/1#reply");
    let answered = bo.follow(form.with("body", "buy this")).await;
    path_of(&answered, "p2")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_sent_decided_and_the_post_removed_with_it() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let (mut bo, mut cy) = (site.member("bo").await, site.member("cy").await);
        let reply = with_reply(&mut admin, &mut bo).await;
        let report = format!("{reply}/report");
        assert_eq!(
            site.visitor().get(&report).await.location(),
            format!("/login?to={report}")
        );
        let thread = cy.get("/b/photo/1").await;
        assert!(thread.attributes("#p2 .act", "href").contains(&report));
        let form = cy.get(&report).await.form(&report);
        let empty = form.clone().with("canned", "Something else");
        let again = cy.send(empty).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.text("#fault-reason"), "Say what is wrong with it.");
        let form = form
            .with("canned", "Advertising or spam")
            .with("reason", "shoes");
        let sent = cy.follow(form).await;
        assert_eq!(sent.text("h1"), "Thank you");

        assert_eq!(bo.get("/mod").await.status, StatusCode::FORBIDDEN);
        assert!(
            admin
                .get("/mod")
                .await
                .text("main")
                .contains("1 open report")
        );
        let list = admin.get("/mod/reports").await;
        assert!(list.text(".log li").contains("Advertising or spam: shoes"));
        let page = list.attribute(".log li a.button", "href");
        assert_eq!(cy.get(&page).await.status, StatusCode::FORBIDDEN);
        let shown = admin.get(&page).await;
        assert_eq!(shown.text("article .body"), "buy this");
        let remove = shown
            .form(&page)
            .with("canned", "Advertising or spam")
            .with("reason", "");
        assert_eq!(remove.value("act"), "remove");
        let after = admin.follow(remove).await;
        assert!(after.text(".empty").contains("No open reports."));
        let thread = site.visitor().get("/b/photo/1").await;
        assert!(
            thread
                .text("#p2")
                .contains("Removed by a moderator: Advertising or spam")
        );
        let log = site.visitor().get("/log").await;
        let line = log.text(".log li");
        assert!(line.contains("removed No.2 on /photo/"), "{line}");
        let resolved = admin.get("/mod/reports?show=resolved").await;
        assert_eq!(resolved.count(".log li"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_is_banned_from_the_strip_told_so_and_let_in_again() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let (mut bo, mut cy) = (site.member("bo").await, site.member("cy").await);
        let reply = with_reply(&mut admin, &mut bo).await;
        let ban = format!("{reply}/ban");
        assert_eq!(cy.get(&ban).await.status, StatusCode::FORBIDDEN);
        assert!(
            admin
                .get("/b/photo/1")
                .await
                .attributes("#p2 .act", "href")
                .contains(&ban)
        );
        let form = admin.get(&ban).await.form(&ban);
        let long = admin.send(form.clone().with("reason", &"x".repeat(1001)));
        let long = long.await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(long.form(&ban).value("reason").len(), 1001);
        let form = form
            .with("place", "board")
            .with("length", "3")
            .with("canned", "Advertising or spam")
            .with("with_post", "1");
        let thread = admin.follow(form).await;
        assert!(thread.text("#p2").contains("Removed by a moderator"));

        let form = bo.get("/b/photo/1").await.form("/b/photo/1#reply");
        let late = bo.send(form.with("body", "let me")).await;
        assert_eq!(late.status, StatusCode::FORBIDDEN);
        let said = late.text("main");
        assert!(said.contains("banned from /photo/ until"), "{said}");
        assert!(said.contains("Advertising or spam"), "{said}");
        assert_eq!(late.form("/b/photo/1#reply").value("body"), "let me");

        let bans = admin.get("/b/photo/bans").await;
        assert!(bans.text(".log li").contains("Advertising or spam"));
        assert_eq!(cy.get("/b/photo/bans").await.status, StatusCode::FORBIDDEN);
        let lift = bans.form("/b/photo/bans").with("name", "bo");
        let lifted = admin.follow(lift).await;
        assert!(lifted.text(".empty").contains("Nobody is banned"));
        let form = bo.get("/b/photo/1").await.form("/b/photo/1#reply");
        bo.follow(form.with("body", "thank you")).await;

        let ban = format!("{}/ban", path_of(&bo.get("/b/photo/1").await, "p3"));
        let form = admin.get(&ban).await.form(&ban);
        admin
            .follow(form.with("place", "*").with("length", "lifted"))
            .await;
        let all = admin.get("/mod/bans").await;
        assert!(all.text(".log li").contains("until it is lifted"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_escapes_a_ban_by_deleting_or_by_posting_nothing() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let (mut bo, mut cy) = (site.member("bo").await, site.member("cy").await);
        let reply = with_reply(&mut admin, &mut bo).await;
        let delete = format!("{reply}/delete");
        let form = bo.get(&delete).await.form(&delete);
        bo.follow(form).await;
        let ban = format!("{reply}/ban");
        let form = admin.get(&ban).await.form(&ban);
        let form = form.with("place", "board").with("reason", "was rude");
        admin.follow(form).await;

        let ban = "/u/cy/ban";
        assert_eq!(bo.get(ban).await.status, StatusCode::FORBIDDEN);
        assert!(!bo.get("/u/cy").await.links_to(ban));
        assert!(admin.get("/u/cy").await.links_to(ban));
        let form = admin
            .get(ban)
            .await
            .form(ban)
            .with("reason", "spam by mail");
        let nowhere = admin.send(form.clone().with("place", "nowhere")).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(nowhere.form(ban).value("reason"), "spam by mail");
        let profile = admin.follow(form.with("place", "photo")).await;
        assert_eq!(profile.path, "/u/cy");
        let bans = admin.get("/b/photo/bans").await;
        assert_eq!(bans.count(".log li"), 2);
        let form = cy.get("/b/photo/1").await.form("/b/photo/1#reply");
        let late = cy.send(form.with("body", "let me")).await;
        assert_eq!(late.status, StatusCode::FORBIDDEN);

        // A list that goes on by itself tells its lines apart.
        let lines = admin.get("/log").await.attributes(".log li", "id");
        assert_eq!(lines.len(), 2);
        assert_ne!(lines[0], lines[1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_header_tells_who_moderates_how_many_reports_wait() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let (mut bo, mut cy) = (site.member("bo").await, site.member("cy").await);
        let reply = with_reply(&mut admin, &mut bo).await;
        let form = admin.get("/admin/boards/photo").await;
        let form = form.form("/admin/boards/photo/moderators");
        admin.follow(form.with("name", "cy")).await;
        assert!(cy.get("/").await.links_to("/mod"));
        assert!(!cy.get("/").await.links_to("/mod/reports"));
        let report = format!("{reply}/report");
        let form = admin.get(&report).await.form(&report);
        admin.send(form.with("reason", "advert")).await;
        let home = cy.get("/").await;
        assert_eq!(home.text("header a[href='/mod/reports'] .badge"), "1");
        assert!(!bo.get("/").await.links_to("/mod"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_moved_and_its_old_address_leads_on() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let form = admin.get("/b").await.form("/b").with("name", "film");
        admin.send(form).await;
        let thread = admin.thread("Thread", "text").await;
        let op = path_of(&thread, "p1");
        let to = format!("{op}/move");
        assert!(thread.attributes(".rail a.button", "href").contains(&to));
        let mut bo = site.member("bo").await;
        assert_eq!(bo.get(&to).await.status, StatusCode::FORBIDDEN);
        let form = admin.get(&to).await.form(&to).with("board", "film");
        let moved = admin.follow(form).await;
        assert_eq!(moved.path, "/b/film/1");
        assert_eq!(moved.text("h1"), "Thread");
        let old = bo.get("/b/photo/1").await;
        assert_eq!(old.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(old.location(), "/b/film/1");
        let log = bo.get("/b/photo/log").await;
        assert!(log.text(".log li").contains("moved No.1 to /film/"));
        let log = bo.get("/log").await;
        assert_eq!(log.count(".log li"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_reported_from_its_profile_and_its_server_may_be_told() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let mut ann = site.member("ann").await;
        let mut bo = site.member("bo").await;
        let way = bo
            .get("/u/ann")
            .await
            .attribute(".head a[href$='/report']", "href");
        assert_eq!(way, "/u/ann/report");
        assert_eq!(ann.get("/u/ann").await.count("a[href$='/report']"), 0);
        let led = site.visitor().get(&way).await;
        assert_eq!(led.location(), "/login?to=/u/ann/report");

        let form = bo.get(&way).await.form(&way);
        let empty = form
            .clone()
            .with("canned", "Something else")
            .with("reason", " ");
        let again = bo.send(empty).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-reason").is_empty());
        assert_eq!(
            again.count("input[name=forward]"),
            0,
            "it is of this server"
        );
        let form = form
            .with("canned", "Hate or harassment")
            .with("reason", "see bio");
        let thanks = bo.follow(form).await;
        assert_eq!(thanks.text("h1"), "Thank you");
        assert_eq!(bo.get("/mod/reports").await.status, StatusCode::FORBIDDEN);

        let list = admin.get("/mod/reports").await;
        assert!(
            list.text(".log li").contains("About the account ann"),
            "{}",
            list.html
        );
        let report = list.attribute(".log a.button", "href");
        let page = admin.get(&report).await;
        assert!(page.html.contains("Hate or harassment: see bio"));
        assert!(
            page.attributes("a.button", "href")
                .contains(&"/admin/users/ann".to_owned())
        );
        for nobody in ["/u/nobody/report", "/u/photo/report"] {
            assert_eq!(
                bo.get(nobody).await.status,
                StatusCode::NOT_FOUND,
                "{nobody}"
            );
        }
    }
}
