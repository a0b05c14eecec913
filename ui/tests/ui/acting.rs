//! Votes, edits, deletions, moderation, following: each a form, each answered by 303 to where it shows.

use http::{HeaderMap, Request, StatusCode};

use crate::page::Page;
use crate::site::{ORIGIN, Pages, Person};

/// The path `/p/{id}` of the post with that anchor.
fn path_of(page: &Page, anchor: &str) -> String {
    page.attribute(&format!("#{anchor} form.vote"), "action")
        .replace("/vote", "")
}

async fn vote(person: &mut Person<'_>, page: &str, path: &str, value: &str) -> Page {
    let form = person
        .get(page)
        .await
        .form(&format!("{path}/vote"))
        .with("value", value);
    person.follow(form).await
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_are_states() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin.thread("Thread", "text").await;
        let path = path_of(&thread, "p1");
        let mut bo = site.member("bo").await;
        let liked = vote(&mut bo, "/b/photo/1", &path, "1").await;
        assert_eq!(liked.path, "/b/photo/1#p1");
        assert_eq!(liked.text(".like"), "Like No.1: 1");
        assert_eq!(liked.attribute(".like", "aria-pressed"), "true");
        assert_eq!(liked.attribute(".like", "value"), "0");
        let again = vote(&mut bo, "/b/photo/1", &path, "1").await;
        assert_eq!(again.text(".like .count"), "1");
        let turned = vote(&mut bo, "/b/photo/1", &path, "-1").await;
        assert_eq!(
            (turned.text(".like .count"), turned.text(".dislike .count")),
            ("0".into(), "1".into())
        );
        let none = vote(&mut bo, "/b/photo/1", &path, "0").await;
        assert_eq!(
            (none.text(".like .count"), none.text(".dislike .count")),
            ("0".into(), "0".into())
        );

        let visitor = site.visitor().get("/b/photo/1").await;
        assert_eq!(visitor.count("form.vote"), 0);
        assert_eq!(
            visitor.attributes(".vote a", "href")[0],
            format!("/login?to={path}")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_gets_the_buttons_as_they_are_now() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin.thread("Thread", "text").await;
        let action = format!("{}/vote", path_of(&thread, "p1"));
        let token = thread.form(&action).value("csrf").to_owned();
        let ask = |value: &str| {
            Request::post(&action)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", ORIGIN)
                .header("x-fragment", "vote")
                .body(format!("csrf={token}&value={value}").into())
                .unwrap()
        };
        let part = admin.ask(ask("1"), &action).await;
        assert_eq!(part.status, StatusCode::OK);
        assert!(
            part.html.trim_start().starts_with("<form class=\"vote\""),
            "{}",
            part.html
        );
        assert_eq!(part.text(".like .count"), "1");
        let refused = admin.ask(ask("7"), &action).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            refused.text(".error p:not(.status):not(.request)"),
            "A vote is 1, 0 or -1."
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn authors_edit_and_the_history_stays() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin
            .picture_thread("First words", (40, 30), "Old description")
            .await;
        let path = path_of(&thread, "p1");
        let edit = format!("{path}/edit");
        let page = admin.get(&edit).await;
        let form = page.form(&edit);
        assert_eq!(
            (form.value("subject"), form.value("alt1")),
            ("First words", "Old description")
        );
        site.app.cx.clock.advance(db::MINUTE);
        let again = admin
            .send(
                form.clone()
                    .with("subject", &"y".repeat(300))
                    .with("body", "Kept"),
            )
            .await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.form(&edit).value("body"), "Kept");
        let thread = admin
            .follow(
                form.with("subject", "Better words")
                    .with("alt1", "New description"),
            )
            .await;
        assert_eq!(thread.text("h1"), "Better words");
        assert_eq!(thread.attribute(".picture img", "alt"), "New description");
        let history = admin
            .get(&thread.attribute(".post-head a[href$=history]", "href"))
            .await;
        assert_eq!(
            history.texts(".post .subject"),
            ["Better words", "First words"]
        );
        assert_eq!(history.text(".post:first-of-type strong"), "As it is now");

        let mut bo = site.member("bo").await;
        for end in ["edit", "delete", "remove"] {
            let page = bo.get(&format!("{path}/{end}")).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{end}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn authors_delete_and_a_note_stays() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let mut bo = site.member("bo").await;
        let form = bo
            .get("/b/photo/1")
            .await
            .form("/b/photo/1#reply")
            .with("body", "A mistake");
        let path = path_of(&bo.follow(form).await, "p2");
        let delete = format!("{path}/delete");
        let thread = bo.get(&delete).await;
        assert!(thread.text(".post").contains("A mistake"));
        let form = thread.form(&delete);
        let thread = bo.follow(form).await;
        assert!(!thread.html.contains("A mistake"));
        let gone = bo.get(&path).await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(gone.text(".error").contains("deleted by its author"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn moderators_remove_with_a_reason_and_the_log_is_public() {
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
        let path = path_of(&admin.get("/b/photo/1").await, "p2");
        let remove = format!("{path}/remove");
        let form = admin
            .get(&remove)
            .await
            .form(&remove)
            .with("reason", "Advertising");
        let thread = admin.follow(form).await;
        assert!(!thread.html.contains("Buy this"));
        assert!(
            thread
                .text("#p2")
                .contains("Removed by a moderator: Advertising")
        );
        let gone = bo.get(&path).await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(gone.text(".error").contains("Advertising"));

        let op = path_of(&thread, "p1");
        let lock = format!("{op}/lock");
        let locked = admin.follow(thread.form(&lock).with("locked", "1")).await;
        assert!(locked.text("#p1 .mark:not(.op)").contains("Locked"));
        let seen = bo.get("/b/photo/1").await;
        assert_eq!(seen.count("form#reply"), 0);
        assert!(seen.text("p#reply").contains("locked"));
        let pinned = admin
            .follow(locked.form(&format!("{op}/pin")).with("pinned", "1"))
            .await;
        assert_eq!(pinned.texts("#p1 .mark:not(.op)"), ["Pinned", "Locked"]);
        let open = admin.follow(pinned.form(&lock).with("locked", "0")).await;
        assert_eq!(open.texts("#p1 .mark:not(.op)"), ["Pinned"]);

        let log = site.visitor().get("/b/photo/log").await;
        assert_eq!(log.count(".log li"), 4);
        assert!(
            log.texts(".log li")[3].contains("removed No.2 Advertising"),
            "{:?}",
            log.texts(".log li")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_and_people_are_followed_by_button_and_by_name() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin.thread("Thread", "text").await;
        let mut bo = site.member("bo").await;
        assert_eq!(bo.get("/?feed=following").await.count(".tile"), 0);
        let form = bo
            .get("/b/photo")
            .await
            .form("/b/photo/follow")
            .with("follow", "yes");
        let followed = bo.follow(form).await;
        assert_eq!(followed.text(".head form .button"), "Unfollow /photo/");
        assert_eq!(
            bo.get("/?feed=following").await.text(".tile .subject"),
            "Thread"
        );
        assert_eq!(
            bo.get("/b?show=followed").await.text(".board .mark"),
            "Followed"
        );
        let form = followed.form("/b/photo/follow").with("follow", "no");
        assert_eq!(
            bo.follow(form).await.text(".head form .button"),
            "Follow /photo/"
        );

        for (query, place) in [
            ("photo@pics.test", "/b/photo"),
            ("@root", "/u/root"),
            ("http://pics.test/b/photo", "/b/photo"),
        ] {
            let form = bo.get("/b").await.form("/follow").with("q", query);
            let page = bo.follow(form).await;
            assert_eq!(page.path, place, "{query}");
            assert!(
                page.text(".head form .button").starts_with("Unfollow"),
                "{query}"
            );
        }
        for query in ["", "no such thing", "nobody@pics.test"] {
            let form = bo.get("/b").await.form("/follow").with("q", query);
            let again = bo.send(form).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert!(!again.text("#fault-q").is_empty());
            assert_eq!(again.attribute("#q", "value"), query);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_works_from_another_site_or_without_its_token() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin.thread("Thread", "text").await;
        let path = path_of(&thread, "p1");
        let token = thread
            .form(&format!("{path}/vote"))
            .value("csrf")
            .to_owned();
        let acts = [
            "vote", "lock", "pin", "edit", "delete", "remove", "report", "ban", "move", "watch",
            "read",
        ]
        .map(|act| format!("{path}/{act}"));
        let others = [
            "/follow",
            "/b",
            "/b/photo/follow",
            "/u/root/follow",
            "/logout",
            "/watching",
            "/settings/account",
            "/settings/sessions",
            "/settings/appearance",
            "/settings/content",
        ];
        for action in acts.iter().map(String::as_str).chain(others) {
            let ask = |origin: &str, body: String| {
                Request::post(action)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .header("origin", origin)
                    .body(body.into())
                    .unwrap()
            };
            let bare = admin.ask(ask(ORIGIN, "value=1".into()), action).await;
            assert_eq!(bare.status, StatusCode::FORBIDDEN, "{action}");
            let foreign = admin
                .ask(
                    ask("https://evil.example", format!("csrf={token}&value=1")),
                    action,
                )
                .await;
            assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{action}");
        }
        let after = admin.get_with("/b/photo/1", HeaderMap::new()).await;
        assert_eq!(after.text(".like .count"), "0");
        assert_eq!(after.texts("#p1 .mark:not(.op)"), Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_offered_what_their_board_does_not_take() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let thread = admin.thread("Thread", "text").await;
        let mut bo = site.member("bo").await;
        let form = admin.get("/admin/boards/photo").await;
        let form = form.form("/admin/boards/photo");
        let form = form.with("posting", "moderators").with("no_dislikes", "1");
        admin.follow(form).await;
        for mut person in [site.visitor(), bo.clone()] {
            let page = person.get("/b/photo/1").await;
            assert_eq!(page.text("#reply"), "Only moderators post on this board.");
            assert_eq!(person.get("/b/photo").await.count(".head a.go"), 0);
        }
        let denied = bo.get("/b/photo/new").await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.get("/b/photo").await.count(".head a.go"), 1);

        // Among posts of many boards, and when the buttons are asked for anew.
        let found = bo.get("/search?type=posts&q=text").await;
        assert_eq!((found.count(".like"), found.count(".dislike")), (1, 0));
        let path = path_of(&thread, "p1");
        let form = bo.get("/b/photo/1").await.form(&format!("{path}/vote"));
        let mut headers = HeaderMap::new();
        headers.insert("x-fragment", "vote".parse().unwrap());
        let buttons = bo.send_with(form.with("value", "1"), headers).await;
        assert_eq!((buttons.count(".like"), buttons.count(".dislike")), (1, 0));
    }
}
