//! Posts: answers, edits, tombstones, and who may.

use db::MINUTE;
use domain::post::{self, Patch};
use domain::{Denial, Error, Event, Id, Noun, Viewer, limits, thread};

use crate::ledger::balance;
use crate::scene::{
    answer, codes, delete, open, opening, reply, rewrite, see, try_answer, try_open, visit,
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
        let history = post::history(&mut conn, id).await.unwrap();
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
        let gone = post::history(&mut conn, id).await;
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
