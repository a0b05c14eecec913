//! Posts: answers, edits, tombstones, and who may.

use db::MINUTE;
use domain::page::Page;
use domain::post::{self, Order, Patch};
use domain::{Caller, Denial, Error, Event, Id, Noun, Role, Viewer, limits, thread};

use crate::ledger::balance;
use crate::scene::{
    answer, arrival, codes, delete, open, opening, receive, received, reply, rewrite, see,
    try_answer, try_open, visit,
};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_parent_is_named_or_quoted_or_the_opening_post() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "one").await;
        let two = answer(&world, &admin, thread, "two").await;
        let three = answer(&world, &admin, thread, ">>2 three").await;
        let elsewhere = open(&world, &admin, "art", "four").await;
        let parent = async |body: &str, reply_to: Option<Id>| {
            let draft = post::Draft {
                reply_to,
                ..reply(body)
            };
            let id = try_answer(&world, &admin, thread, draft).await.unwrap();
            see(&world, id).await.parent
        };
        assert_eq!(see(&world, three).await.parent, Some(two));
        assert_eq!(parent("nobody", None).await, Some(thread));
        assert_eq!(parent(">>2 >>3 both", None).await, Some(thread));
        assert_eq!(parent(">>4 another thread", None).await, Some(thread));
        assert_eq!(parent(">>>/art/3 by its board", None).await, Some(three));
        assert_eq!(
            parent(">>>/art@pics.example/2 by our host", None).await,
            Some(two)
        );
        assert_eq!(parent(">>2 but", Some(three)).await, Some(three));
        assert_eq!(see(&world, elsewhere).await.parent, None);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_keeps_the_version_before() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let draft = thread::Draft {
            tags: vec!["kept".to_owned()],
            subject: Some("before".to_owned()),
            ..opening("first #old")
        };
        let id = try_open(&world, &anna, "art", draft).await.unwrap();
        world.events().await;
        world.advance(MINUTE);
        let revision = visit(&world, id).await.revision;

        rewrite(&world, &anna, id, "first #old").await.unwrap();
        assert_eq!(world.events().await, []);
        assert_eq!(visit(&world, id).await.revision, revision);

        rewrite(&world, &anna, id, "second #new").await.unwrap();
        let seen = see(&world, id).await;
        assert_eq!(seen.tags, ["kept", "new"]);
        assert_eq!(seen.edited_at, Some(world.cx.now()));
        assert!(seen.html.contains("second") && seen.subject.is_some());
        assert!(visit(&world, id).await.revision > revision);
        let edited = Event::PostEdited {
            post: id,
            activity: None,
        };
        assert_eq!(world.events().await, [edited]);

        let patch = Patch {
            subject: Some(String::new()),
            tags: Some(vec!["other".to_owned()]),
            content_warning: Some("careful".to_owned()),
            ..Patch::default()
        };
        world
            .write(async |tx| post::edit(tx, &anna, id, patch).await)
            .await
            .unwrap();
        let seen = see(&world, id).await;
        assert_eq!(seen.tags, ["new", "other"]);
        assert_eq!((seen.subject, seen.body.as_str()), (None, "second #new"));

        let mut conn = world.read().await;
        let history = post::history(&mut conn, id, Order::Oldest, Page::default()).await;
        let history = history.unwrap().items;
        let bodies: Vec<&str> = history
            .iter()
            .map(|version| version.body.as_str())
            .collect();
        assert_eq!(bodies, ["first #old", "second #new", "second #new"]);
        assert_eq!(history[2].content_warning.as_deref(), Some("careful"));
        assert!(history[0].at < history[1].at && history[1].at < history[2].at);
        drop(conn);

        let denied = rewrite(&world, &admin, id, "mine").await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotAuthor))));
        let empty = rewrite(&world, &anna, id, " ").await;
        assert_eq!(codes(empty), [("body".to_owned(), "empty")]);
        balance(&world).await;
    }
}

/// All versions of a post, read by `limit` to the end and back.
async fn versions(world: &World, id: Id, order: Order, limit: i64) -> Vec<String> {
    let mut conn = world.read().await;
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = Page::asked(Some(limit), None, after.as_deref());
        let part = post::history(&mut conn, id, order, page).await.unwrap();
        if let Some(prev) = &part.prev {
            let back = Page::asked(Some(100), Some(prev), None);
            let before = post::history(&mut conn, id, order, back).await.unwrap();
            let before: Vec<String> = before.items.into_iter().map(|one| one.body).collect();
            assert_eq!(before, found, "{order:?} back by {limit}");
        }
        found.extend(part.items.into_iter().map(|one| one.body));
        after = part.next;
        if after.is_none() {
            return found;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_are_read_in_parts_from_either_end() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let id = open(&world, &admin, "art", "0").await;
        for count in 1..=7 {
            let mut expected: Vec<String> = (0..count).map(|n: i32| n.to_string()).collect();
            for limit in [1, 2, 3, 100] {
                assert_eq!(versions(&world, id, Order::Oldest, limit).await, expected);
                expected.reverse();
                assert_eq!(versions(&world, id, Order::Newest, limit).await, expected);
                expected.reverse();
            }
            rewrite(&world, &admin, id, &count.to_string())
                .await
                .unwrap();
        }
        let mut conn = world.read().await;
        let cursor = Page::asked(None, None, Some("x"));
        let wrong = post::history(&mut conn, id, Order::Oldest, cursor).await;
        assert_eq!(codes(wrong), [("after".to_owned(), "bad_cursor")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_between_two_parts_repeats_no_version() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let id = open(&world, &admin, "art", "first").await;
        rewrite(&world, &admin, id, "second").await.unwrap();
        let part = async |order: Order, page: Page| {
            let mut conn = world.read().await;
            let part = post::history(&mut conn, id, order, page).await.unwrap();
            let bodies: Vec<String> = part.items.into_iter().map(|one| one.body).collect();
            (bodies, part.next, part.prev)
        };
        let (newest, next, _) = part(Order::Newest, Page::first(1)).await;
        assert_eq!(newest, ["second"]);
        let (_, after, _) = part(Order::Oldest, Page::first(1)).await;
        let page = Page::asked(Some(1), None, after.as_deref());
        let (last, _, prev) = part(Order::Oldest, page).await;
        assert_eq!(last, ["second"]);

        rewrite(&world, &admin, id, "third").await.unwrap();
        let older = Page::asked(Some(9), None, next.as_deref());
        assert_eq!(part(Order::Newest, older).await.0, ["first"]);
        let back = Page::asked(Some(9), prev.as_deref(), None);
        assert_eq!(part(Order::Oldest, back).await.0, ["first"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_post_is_a_tombstone_with_its_number() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let id = answer(&world, &anna, thread, "secret #words >>1 @root").await;
        let third = answer(&world, &admin, thread, ">>2 quoted").await;
        world.events().await;
        let denied = delete(&world, &admin, id).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotAuthor))));
        delete(&world, &anna, id).await.unwrap();
        let again = delete(&world, &anna, id).await;
        assert!(matches!(again, Err(Error::Gone(Noun::Post))));
        let deleted = Event::PostDeleted {
            post: id,
            activity: None,
        };
        assert_eq!(world.events().await, [deleted]);

        let seen = see(&world, id).await;
        assert_eq!(
            (seen.no, seen.body.as_str(), seen.html.as_str()),
            (Some(2), "", "")
        );
        assert!(!seen.deleted.unwrap().by_moderator);
        assert!(seen.tags.is_empty() && seen.quotes.is_empty());
        let mut conn = world.read().await;
        let gone = post::find(&mut conn, id, &Viewer::Visitor).await;
        assert!(matches!(gone, Err(Error::Gone(Noun::Post))));
        let gone = post::history(&mut conn, id, Order::Oldest, Page::default()).await;
        assert!(matches!(gone, Err(Error::Gone(Noun::Post))));
        drop(conn);
        let quoting = see(&world, third).await;
        assert_eq!(quoting.quotes[0].target.as_ref().unwrap().post, id);
        assert!(see(&world, thread).await.quoted_by.is_empty());
        assert_eq!(answer(&world, &anna, thread, "next").await, {
            let thread = visit(&world, thread).await;
            assert_eq!(thread.posts.last().unwrap().no, Some(4));
            thread.posts.last().unwrap().id
        });
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_removes_a_post_and_the_log_says_why() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        let art = world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let id = answer(&world, &anna, thread, "rude").await;
        world.events().await;
        let remove = async |who, reason: &str| {
            world
                .write(async |tx| post::remove(tx, who, id, reason, false).await)
                .await
        };
        let denied = remove(&anna, "no").await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotModerator))));
        let long = remove(&admin, &"r".repeat(limits::REASON + 1)).await;
        assert_eq!(codes(long), [("reason".to_owned(), "too_long")]);
        remove(&admin, "rude").await.unwrap();
        let deletion = see(&world, id).await.deleted.unwrap();
        assert_eq!(
            (deletion.by_moderator, deletion.reason.as_deref()),
            (true, Some("rude"))
        );
        let removed = Event::PostRemoved {
            post: id,
            by: admin.id,
            activity: None,
        };
        assert_eq!(world.events().await, [removed]);
        let again = world
            .write(async |tx| post::accept_remove(tx, id, admin.id, "again", String::new()).await)
            .await;
        assert!(!again.unwrap());
        let mut conn = world.read().await;
        let log = domain::log::board(&mut conn, art.id, domain::page::Page::default()).await;
        let log = log.unwrap().items;
        assert_eq!(log.len(), 1);
        assert_eq!(
            (log[0].act.name(), log[0].reason.as_str()),
            ("remove", "rude")
        );
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_remove_posts_of_boards_elsewhere() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let mia = world.member("mia").await;
        let news = world.far_board("news", "far.example").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let sent = || arrival(&world, "https://far.example/p/1", zoe.id, news.id, "rude");
        let id = received(&world, sent()).await;
        world.events().await;
        let chief = Caller {
            role: Role::Moderator,
            ..mia
        };
        let remove = async |who: &Caller| {
            world
                .write(async |tx| post::remove(tx, who, id, "rude", false).await)
                .await
        };
        let denied = remove(&chief).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotModerator))));
        remove(&admin).await.unwrap();
        let removed = Event::PostRemoved {
            post: id,
            by: admin.id,
            activity: None,
        };
        assert_eq!(world.events().await, [removed]);
        let again = receive(&world, sent()).await;
        assert!(!matches!(again, Ok(post::Outcome::New(_))), "{again:?}");
        let deletion = see(&world, id).await.deleted.unwrap();
        assert_eq!(deletion.reason.as_deref(), Some("rude"));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn suspended_accounts_write_nothing() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let thread = open(&world, &anna, "art", "mine").await;
        world
            .write(async |tx| domain::account::disable(tx, anna.id).await)
            .await
            .unwrap();
        let suspended = |result: domain::Result<()>| {
            assert!(matches!(result, Err(Error::Denied(Denial::Suspended))));
        };
        suspended(
            try_open(&world, &anna, "art", opening("no"))
                .await
                .map(drop),
        );
        suspended(
            try_answer(&world, &anna, thread, reply("no"))
                .await
                .map(drop),
        );
        suspended(rewrite(&world, &anna, thread, "no").await);
        suspended(crate::scene::vote(&world, &anna, thread, 1).await.map(drop));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_is_kept_as_text() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let body = "a\0b <script>alert(1)</script> '; DROP TABLE posts; -- \u{202e}x";
        let id = open(&world, &admin, "art", body).await;
        let seen = see(&world, id).await;
        assert!(!seen.html.contains("<script") && !seen.html.contains('\u{202e}'));
        assert!(seen.body.starts_with("ab <script>"));
        balance(&world).await;
    }
}
