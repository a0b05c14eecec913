//! The first admin, and the pages for those who run the node.

use domain::first_run;
use http::StatusCode;

use crate::site::{PASSWORD, Pages};

const PAGES: [&str; 8] = [
    "/admin",
    "/admin/site",
    "/admin/boards",
    "/admin/users",
    "/admin/federation",
    "/admin/media",
    "/admin/jobs",
    "/admin/audit",
];

async fn link(site: &Pages) -> String {
    let offer = site.app.cx.write(async |tx| first_run::offer(tx).await);
    format!("/first-run?token={}", offer.await.unwrap().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_the_first_start_leads_to_a_community_in_three_steps() {
    for site in Pages::each().await {
        let link = link(&site).await;
        let mut anna = site.visitor();
        for wrong in ["/first-run", "/first-run?token=", "/first-run?token=x"] {
            assert_eq!(
                anna.get(wrong).await.status,
                StatusCode::NOT_FOUND,
                "{wrong}"
            );
        }
        let page = anna.get(&link).await;
        assert_eq!(page.header("cache-control"), "private, no-cache");
        let form = page
            .form("/first-run")
            .with("name", "Ann a")
            .with("password", "short");
        let again = anna.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.form("/first-run").value("name"), "Ann a");
        assert!(!again.text("#fault-first-password").is_empty());
        let form = again
            .form("/first-run")
            .with("name", "anna")
            .with("password", PASSWORD);
        let home = anna.follow(form.clone()).await;
        assert_eq!(home.path, "/");
        assert_eq!(
            home.attributes("#setup a", "href"),
            ["/admin/site", "/b#create", "/b#follow"]
        );
        assert_eq!(home.count("#setup .mark"), 0);
        assert_eq!(
            site.visitor().send(form).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            site.visitor().get(&link).await.status,
            StatusCode::NOT_FOUND
        );

        let page = anna.get("/admin/site").await;
        let form = page.form("/admin/site").with("name", "Slow Light");
        assert_eq!(anna.follow(form).await.text(".notice"), "Done.");
        let form = anna.get("/b").await.form("/b").with("name", "photo");
        anna.send(form).await;
        let home = anna.get("/").await;
        assert_eq!(home.text(".brand"), "Slow Light");
        assert_eq!(home.count("#setup .mark"), 2);
        assert_eq!(site.visitor().get("/").await.count("#setup"), 0);
        anna.thread("The first", "text").await;
        assert_eq!(anna.get("/").await.count("#setup"), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_for_admins_are_there_for_admins_only() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let (mut member, mut visitor) = (site.member("ann").await, site.visitor());
        let more = ["/admin/boards/photo", "/admin/users/ann"];
        for path in PAGES.iter().chain(&more) {
            assert_eq!(
                visitor.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
            assert_eq!(
                member.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
            let page = admin.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
            assert_eq!(page.count("[aria-label=Administration] a"), 8);
        }
        for path in [
            "/admin/users/nobody",
            "/admin/boards/none",
            "/admin/jobs/1",
            "/admin/federation/x.example",
        ] {
            assert_eq!(
                admin.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        let form = admin
            .get("/admin/site")
            .await
            .form("/admin/site")
            .with("name", "Taken");
        assert_eq!(
            member.send(form.clone()).await.status,
            StatusCode::NOT_FOUND
        );
        let forged = admin.send(form.with("csrf", "x")).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        assert_eq!(visitor.get("/").await.text(".brand"), "Night Pictures");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn site_settings_say_where_they_come_from() {
    for site in Pages::each().await {
        let mut admin = site.admin("root").await;
        let page = admin.get("/admin/site").await;
        assert_eq!(page.count("[name=reset_name]"), 0);
        let form = page.form("/admin/site");
        assert_eq!(form.value("rules").trim(), "Be kind.\nYour own pictures.");
        let form = form
            .with("name", "Dark Room")
            .with("registration", "closed");
        let page = admin.follow(form).await;
        assert_eq!(page.count("[name=reset_name]"), 1);
        assert!(
            page.html
                .contains("STOA_NAME (or stoa.toml) says: Night Pictures")
        );
        assert_eq!(
            site.visitor().get("/signup").await.status,
            StatusCode::FORBIDDEN
        );
        let form = page
            .form("/admin/site")
            .with("name", "Ignored")
            .with("reset_name", "1");
        admin.send(form).await;
        assert_eq!(admin.get("/").await.text(".brand"), "Night Pictures");

        let form = admin.get("/admin/site").await.form("/admin/site");
        let again = admin
            .send(form.with("name", "").with("about", "Kept"))
            .await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.attribute("#site-name", "aria-invalid"), "true");
        assert_eq!(again.form("/admin/site").value("about").trim(), "Kept");
        let audit = admin.get("/admin/audit").await;
        assert_eq!(audit.count(".log li"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_servers_and_pictures_are_dealt_with_for_a_reason() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let mut ann = site.member("ann").await;
        ann.picture_thread("A gull", (40, 30), "A gull").await;
        let state = "/admin/users/ann/state";
        let form = admin.get("/admin/users/ann").await.form(state);
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-state-reason").is_empty());
        let form = again.form(state).with("reason", "spam");
        let page = admin.follow(form).await;
        assert_eq!(page.form(state).value("state"), "active");
        assert_eq!(ann.get("/").await.count("#account"), 0, "signed out");
        let list = admin.get("/admin/users?show=suspended").await;
        assert_eq!(list.text(".log a"), "@ann");
        let form = page.form(state).with("reason", "a mistake");
        assert_eq!(
            admin.follow(form).await.form(state).value("state"),
            "suspended"
        );

        let meet = site
            .app
            .cx
            .write(async |tx| domain::peer::meet(tx, "far.example").await);
        meet.await.unwrap();
        let policy = "/admin/federation/far.example/policy";
        let page = admin.get("/admin/federation/far.example").await;
        let page = admin
            .follow(page.form(policy).with("reason", "floods"))
            .await;
        assert_eq!(page.form(policy).value("policy"), "open");

        let picture = admin.get("/admin/media").await.attribute(".log a", "href");
        let page = admin.get(&picture).await;
        let form = page.form(&picture).with("reason", "not theirs");
        assert_eq!(admin.send(form).await.location(), "/admin/audit");
        let acts = admin.get("/admin/audit").await;
        let acts = acts.texts(".log li > p:nth-child(2)");
        assert_eq!(acts, ["not theirs", "floods", "a mistake", "spam"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_are_changed_and_given_moderators() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        site.member("ann").await;
        admin.thread("A thread", "from before").await;
        let path = "/admin/boards/photo";
        let page = admin.get(path).await;
        let form = page
            .form(path)
            .with("title", "Film")
            .with("bump_limit", "many");
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-board-bump_limit").is_empty());
        let form = again.form(path).with("bump_limit", "9").with("nsfw", "1");
        let page = admin.follow(form).await;
        assert_eq!(page.form(path).value("bump_limit"), "9");
        assert_eq!(page.form(path).value("nsfw"), "1");

        let form = page
            .form(path)
            .with("posting", "nobody")
            .with("featured", "1");
        let page = admin.follow(form).await;
        assert_eq!(page.form(path).value("posting"), "nobody");
        assert_eq!(page.form(path).value("featured"), "1");
        let mut visitor = site.visitor();
        let boards = visitor.get("/b").await;
        assert_eq!(boards.texts("h2")[0], "Featured");
        assert_eq!(boards.texts(".boards .subject").len(), 1, "listed once");
        assert!(boards.text(".boards .card-facts").contains("Archived"));
        assert_eq!(
            admin
                .get("/b")
                .await
                .attribute(".boards .card-facts a", "href"),
            path
        );
        for person in [&mut visitor, &mut admin] {
            let board = person.get("/b/photo").await;
            assert!(board.text(".chips").contains("Archived"));
            let thread = person.get("/b/photo/1").await;
            let said = thread.text("#reply");
            assert!(
                said.contains("archived") && !said.contains("Log in"),
                "{said}"
            );
        }

        let named = "/admin/boards/photo/moderators";
        let form = page.form(named).with("name", "nobody");
        let again = admin.send(form).await;
        assert!(
            again
                .text("#fault-moderators-name")
                .contains("Nobody of that name")
        );
        let page = admin.follow(again.form(named).with("name", "@ann")).await;
        assert!(page.text("dl.facts").contains("@root, @ann"));
        let form = page.form(named).with("name", "ann").with("what", "end");
        assert!(!admin.follow(form).await.text("dl.facts").contains("@ann"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_accounts_and_servers_are_set_right_by_forms() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        site.member("ann").await;
        admin.thread("A thread", "which has work to follow").await;
        site.app.cx.clock.advance(db::HOUR);
        let overview = admin.get("/admin").await;
        assert!(overview.text(".notice.alert").contains("60 minutes late"));
        let jobs = admin.get("/admin/jobs?show=outbox").await;
        let job = jobs.attribute(".log a", "href");
        let page = admin.get(&job).await;
        let form = page.form(&format!("{job}/drop"));
        let again = admin.send(form.with("reason", " ")).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-drop-reason").is_empty());
        let form = again.form(&format!("{job}/retry"));
        assert_eq!(admin.send(form).await.location(), "/admin/jobs?show=outbox");
        let form = again.form(&format!("{job}/drop")).with("reason", "a test");
        assert_eq!(admin.send(form).await.location(), "/admin/jobs");
        assert_eq!(admin.get(&job).await.status, StatusCode::NOT_FOUND);

        let role = "/admin/users/ann/role";
        let page = admin.get("/admin/users/ann").await;
        let form = page
            .form(role)
            .with("role", "moderator")
            .with("reason", "helps");
        let page = admin.follow(form).await;
        assert_eq!(page.form(role).value("role"), "moderator");
        let found = admin.get("/admin/users?q=an").await;
        assert_eq!(found.text(".log .mark"), "Moderator");
        let mine = admin
            .get("/admin/users/root")
            .await
            .form("/admin/users/root/role");
        let last = admin
            .send(mine.with("role", "member").with("reason", "tired"))
            .await;
        assert_eq!(last.status, StatusCode::CONFLICT);
        assert!(last.text("[role=alert]").contains("only admin"));

        let fail = site.app.cx.write(async |tx| {
            domain::peer::failed(tx, "far.example:8443", "no answer", None).await
        });
        fail.await.unwrap();
        let page = admin.get("/admin/federation?show=failing").await;
        let peer = page.attribute(".log a", "href");
        let page = admin.get(&peer).await;
        assert!(page.text(".verbatim").contains("no answer"));
        let page = admin.follow(page.form(&format!("{peer}/retry"))).await;
        assert_eq!(page.text(".notice"), "Done.");
        let acts = admin
            .get("/admin/audit")
            .await
            .texts(".log li > p:first-child");
        assert!(
            acts[0].ends_with("tried at once the server far.example:8443"),
            "{acts:?}"
        );
        assert_eq!(acts.len(), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_nobody_met_is_suspended_by_its_name() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let path = "/admin/federation";
        let page = admin.get(path).await;
        assert_eq!(page.count(".log"), 0, "no server is known");
        let form = page.form(path).with("host", "Bad.Example:8443");
        let again = admin.send(form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!again.text("#fault-suspend-reason").is_empty());
        for (host, says) in [
            ("https://bad.example/", "like far.example"),
            ("", "like far.example"),
            ("pics.test", "the server itself"),
        ] {
            let form = page.form(path).with("host", host).with("reason", "floods");
            let wrong = admin.send(form).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{host}");
            let said = wrong.text("#fault-suspend-host");
            assert!(said.contains(says), "{host}: {said}");
            assert_eq!(wrong.form(path).value("host"), host);
        }
        let form = again.form(path).with("reason", "floods");
        let led = admin.send(form).await.location();
        assert_eq!(led, "/admin/federation/bad.example:8443?saved=1");
        let shown = admin.get(&led).await;
        assert!(shown.text("dl.facts").contains("Suspended"));
        let log = site.visitor().get("/log").await;
        assert!(log.html.contains("bad.example:8443"), "{}", log.html);
        let list = admin.get("/admin/federation?show=suspended").await;
        assert_eq!(list.texts(".log a"), ["bad.example:8443"]);
        assert_eq!(list.form(path).value("host"), "");

        let mut bo = site.member("bo").await;
        let form = page.form(path).with("host", "bo.example");
        let refused = bo.send(form.with("reason", "x")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
}
