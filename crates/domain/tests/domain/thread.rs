//! Threads: numbers, bump order, what views hold and what they cost.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use db::{Conn, MINUTE, SECOND, run};
use diesel::connection::InstrumentationEvent;
use diesel_async::AsyncConnection;
use domain::board::{self, Patch, Posting, Sort};
use domain::page::Page;
use domain::{Denial, Error, Event, Handle, Id, Noun, Viewer, log, post, thread};

use crate::ledger::balance;
use crate::scene::{
    answer, answering, arrival, codes, delete, open, opening, received, reply, see, try_answer,
    try_open, upload, visit, vote,
};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_dense_under_thirty_posters() {
    for mut world in World::each().await {
        world.set(|site| site.rate_limits = false);
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let world = Arc::new(world);
        let mut tasks = Vec::new();
        for index in 0..30 {
            let (world, admin) = (Arc::clone(&world), admin.clone());
            tasks.push(tokio::spawn(async move {
                for round in 0..3 {
                    if index % 5 == 0 && round == 0 {
                        open(&world, &admin, "art", "another").await;
                    } else {
                        answer(&world, &admin, thread, "reply").await;
                    }
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        balance(&world).await;
        let mut conn = world.read().await;
        let board = Handle::local("art");
        let mut found = BTreeSet::new();
        for no in 1..=91 {
            found.insert(post::by_no(&mut conn, &board, no).await.unwrap().unwrap());
        }
        assert_eq!(found.len(), 91);
        assert_eq!(post::by_no(&mut conn, &board, 92).await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_bump_but_not_with_sage_nor_over_the_limit() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let limited = Patch {
            bump_limit: Some(2),
            ..Patch::default()
        };
        world
            .write(async |tx| board::update(tx, &admin, &Handle::local("art"), limited).await)
            .await
            .unwrap();
        let mut threads = Vec::new();
        for body in ["one", "two", "three"] {
            threads.push(open(&world, &admin, "art", body).await);
            world.advance(MINUTE);
        }
        let [one, two, three] = threads[..] else {
            unreachable!()
        };
        let order = async || {
            let mut conn = world.read().await;
            let page = Page::default();
            let slice = board::threads(&mut conn, &art, Sort::Bump, &Viewer::Visitor, page).await;
            slice
                .unwrap()
                .items
                .iter()
                .map(|t| t.id)
                .collect::<Vec<Id>>()
        };
        assert_eq!(order().await, [three, two, one]);

        answer(&world, &admin, one, "up").await;
        assert_eq!(order().await, [one, three, two]);
        world.advance(MINUTE);

        let sage = post::Draft {
            sage: true,
            ..reply("quietly")
        };
        let quiet = try_answer(&world, &admin, two, sage).await.unwrap();
        assert!(see(&world, quiet).await.sage);
        assert_eq!(order().await, [one, three, two]);

        answer(&world, &admin, two, "loudly").await;
        world.advance(MINUTE);
        assert_eq!(order().await, [two, one, three]);

        answer(&world, &admin, one, "second, still counts").await;
        world.advance(MINUTE);
        assert_eq!(order().await, [one, two, three]);
        let bumped = visit(&world, one).await.bumped_at;
        answer(&world, &admin, one, "third, over the limit").await;
        assert_eq!(visit(&world, one).await.bumped_at, bumped);

        delete(&world, &admin, quiet).await.unwrap();
        assert_eq!(order().await, [one, two, three]);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_shows_what_was_posted() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let picture = upload(&world, &anna, 7).await;
        let draft = thread::Draft {
            subject: Some("  A \u{202e}subject\n".to_owned()),
            body: "hello #Cats\r\nsecond line".to_owned(),
            media: vec![picture],
            tags: vec!["Pixel-Art".to_owned()],
            content_warning: Some("cats".to_owned()),
            sensitive: true,
            language: Some("en".to_owned()),
        };
        let id = try_open(&world, &anna, "art", draft).await.unwrap();
        let second = answer(&world, &admin, id, "nice").await;
        vote(&world, &admin, id, 1).await.unwrap();

        let mut conn = world.read().await;
        let viewer = Viewer::Account(admin.clone());
        let seen = thread::view(&mut conn, id, &viewer).await.unwrap();
        assert_eq!(
            (seen.no, seen.subject.as_deref()),
            (Some(1), Some("A subject"))
        );
        assert_eq!((seen.reply_count, seen.media_count, seen.likes), (1, 1, 1));
        assert_eq!(seen.tags, ["cats", "pixel-art"]);
        assert_eq!(seen.board.path(), "/b/art");
        assert_eq!(seen.more, None);
        let [op, reply] = &seen.posts[..] else {
            panic!("two posts")
        };
        assert_eq!(op.body, "hello #Cats\nsecond line");
        assert!(op.html.contains("second line") && op.is_op && op.sensitive);
        assert_eq!(op.uri, format!("https://pics.example/p/{id}"));
        assert_eq!((op.my_vote, op.likes), (1, 1));
        assert_eq!(op.author.name, "anna");
        assert_eq!(op.content_warning.as_deref(), Some("cats"));
        let shown = &op.media[0];
        assert_eq!((shown.alt.as_str(), shown.width), ("picture 7", Some(800)));
        let url = shown.url().unwrap();
        assert!(
            url.starts_with("/media/0707") && url.ends_with("/original.png"),
            "{url}"
        );
        let small = shown.rendition_url(&shown.renditions[0]).unwrap();
        assert!(small.ends_with("/320.webp"), "{small}");
        assert_eq!(
            (reply.id, reply.parent, reply.no),
            (second, Some(id), Some(2))
        );
        assert_eq!(
            (reply.thread_no, reply.anchor()),
            (Some(1), "p2".to_owned())
        );

        let events = world.events().await;
        let made: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                Event::PostCreated { post, activity } => Some((*post, activity.is_some())),
                _ => None,
            })
            .collect();
        assert_eq!(made, [(id, false), (second, false)]);
        let found = thread::by_no(&mut conn, &Handle::local("art"), 1).await;
        assert_eq!(found.unwrap(), id);
        let missing = thread::by_no(&mut conn, &Handle::local("art"), 2).await;
        assert!(matches!(missing, Err(Error::Missing(Noun::Thread))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_form_come_at_once() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let theirs = upload(&world, &admin, 1).await;
        let draft = thread::Draft {
            subject: Some("s".repeat(201)),
            body: "b".repeat(20_001),
            media: vec![theirs, 12],
            tags: vec!["!".to_owned()],
            content_warning: Some("w".repeat(501)),
            language: Some("no such".to_owned()),
            sensitive: false,
        };
        let found = codes(try_open(&world, &anna, "art", draft).await);
        let expected = [
            ("subject", "too_long"),
            ("body", "too_long"),
            ("content_warning", "too_long"),
            ("language", "bad_language"),
            ("tags", "bad_tag"),
            ("media", "unknown"),
            ("media", "unknown"),
        ];
        let expected = expected.map(|(field, code)| (field.to_owned(), code));
        assert_eq!(found, expected);

        let only_subject = thread::Draft {
            subject: Some("alone".to_owned()),
            ..opening("")
        };
        let found = codes(try_open(&world, &anna, "art", only_subject).await);
        assert_eq!(found, [("body".to_owned(), "empty")]);
        let thread = open(&world, &anna, "art", "here").await;
        let elsewhere = open(&world, &anna, "art", "there").await;
        let astray = post::Draft {
            reply_to: Some(elsewhere),
            ..reply(" \n ")
        };
        let found = codes(try_answer(&world, &anna, thread, astray).await);
        let expected = [("body", "empty"), ("reply_to", "not_in_thread")];
        assert_eq!(
            found,
            expected.map(|(field, code)| (field.to_owned(), code))
        );
        assert_eq!(visit(&world, thread).await.reply_count, 0);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_threads_and_quiet_boards_take_only_moderators() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let thread = open(&world, &anna, "art", "here").await;
        let lock = async |who, value| {
            world
                .write(async |tx| thread::set_locked(tx, who, thread, value).await)
                .await
        };
        let denied = lock(&anna, true).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotModerator))));
        let before = visit(&world, thread).await.revision;
        lock(&admin, true).await.unwrap();
        lock(&admin, true).await.unwrap();
        assert_eq!(visit(&world, thread).await.revision, before + 1);
        let denied = try_answer(&world, &anna, thread, reply("no")).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::Locked))));
        answer(&world, &admin, thread, "the last word").await;
        lock(&admin, false).await.unwrap();
        answer(&world, &anna, thread, "again").await;

        let events = world.events().await;
        let switched: Vec<bool> = events
            .iter()
            .filter_map(|event| match event {
                Event::ThreadLocked { value, .. } => Some(*value),
                _ => None,
            })
            .collect();
        assert_eq!(switched, [true, false]);

        let quiet = Patch {
            posting: Some(Posting::Moderators),
            ..Patch::default()
        };
        world
            .write(async |tx| board::update(tx, &admin, &Handle::local("art"), quiet).await)
            .await
            .unwrap();
        let denied = try_open(&world, &anna, "art", opening("no")).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::ModeratorsPost))));
        open(&world, &admin, "art", "an announcement").await;
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn archived_boards_take_nobody_until_they_are_opened_again() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let thread = open(&world, &anna, "art", "here").await;
        let admit = async |posting| {
            let patch = Patch {
                posting: Some(posting),
                ..Patch::default()
            };
            world
                .write(async |tx| board::update(tx, &admin, &Handle::local("art"), patch).await)
                .await
                .unwrap()
        };
        let archived = admit(Posting::Nobody).await;
        assert_eq!(archived.settings.posting, Posting::Nobody);
        for who in [&anna, &admin] {
            let denied = try_answer(&world, who, thread, reply("no")).await;
            assert!(matches!(denied, Err(Error::Denied(Denial::Archived))));
            let denied = try_open(&world, who, "art", opening("no")).await;
            assert!(matches!(denied, Err(Error::Denied(Denial::Archived))));
        }
        assert_eq!(visit(&world, thread).await.reply_count, 0);
        admit(Posting::Accounts).await;
        answer(&world, &anna, thread, "again").await;
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pinned_threads_stay_on_top_and_the_log_says_who_did_it() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let old = open(&world, &admin, "art", "rules").await;
        world.advance(MINUTE);
        let new = open(&world, &admin, "art", "news").await;
        world
            .write(async |tx| thread::set_pinned(tx, &admin, old, true).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let page = Page::default();
        let slice = board::threads(&mut conn, &art, Sort::Bump, &Viewer::Visitor, page.clone());
        let ids: Vec<Id> = slice.await.unwrap().items.iter().map(|t| t.id).collect();
        assert_eq!(ids, [old, new]);
        let log = log::board(&mut conn, art.id, page).await.unwrap().items;
        assert_eq!(log.len(), 1);
        assert_eq!(
            (log[0].act.name(), log[0].actor.name.as_str()),
            ("pin", "root")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_of_a_hundred_posts_costs_at_most_ten_statements() {
    for mut world in World::each().await {
        world.set(|site| site.rate_limits = false);
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first #tag").await;
        for index in 0..104 {
            let seed = u8::try_from(index).unwrap();
            let media = if index % 10 == 0 {
                vec![upload(&world, &admin, seed).await]
            } else {
                Vec::new()
            };
            let draft = post::Draft {
                media,
                ..reply(&format!(">>{} #tag{index}", index / 2 + 1))
            };
            try_answer(&world, &admin, thread, draft).await.unwrap();
        }
        let mut conn = world.read().await;
        let viewer = Viewer::Account(admin.clone());
        let count = statements(&mut conn);
        let seen = thread::view(&mut conn, thread, &viewer).await.unwrap();
        assert!(count.swap(0, Ordering::SeqCst) <= 10);
        assert_eq!(seen.posts.len(), 100);
        assert_eq!(seen.posts[0].quoted_by.len(), 2);
        let page = Page::asked(Some(100), None, seen.more.as_deref());
        let rest = thread::posts(&mut conn, thread, &viewer, page)
            .await
            .unwrap();
        assert_eq!(rest.items.len(), 5);
        assert_eq!(rest.next, None);
        assert!(count.swap(0, Ordering::SeqCst) <= 10);

        let found = thread::summaries(&mut conn, &[thread], &viewer, 3)
            .await
            .unwrap();
        assert!(count.load(Ordering::SeqCst) <= 10);
        let summary = &found[0];
        let numbers: Vec<_> = summary.posts.iter().filter_map(|post| post.no).collect();
        assert_eq!(numbers, [1, 103, 104, 105]);
        assert_eq!((summary.reply_count, summary.replies_omitted), (104, 101));
        assert_eq!((summary.media_count, summary.media_omitted), (11, 11));
        let last = thread::last(&mut conn, thread, &viewer, 2).await.unwrap();
        assert_eq!(
            last.iter().map(|post| post.no).collect::<Vec<_>>(),
            [Some(104), Some(105)]
        );
    }
}

/// Counts the statements of a connection from now on.
fn statements(conn: &mut Conn) -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&count);
    let watch = move |event: InstrumentationEvent<'_>| {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            counting.fetch_add(1, Ordering::SeqCst);
        }
    };
    run!(conn, c => c.set_instrumentation(watch.clone()));
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_is_listed_once_while_others_post() {
    for mut world in World::each().await {
        world.set(|site| site.rate_limits = false);
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        for index in 0..25 {
            answer(&world, &admin, thread, &format!("reply {index}")).await;
            open(&world, &admin, "art", &format!("thread {index}")).await;
            world.advance(SECOND);
        }
        let (mut seen, mut after) = (Vec::new(), None::<String>);
        loop {
            let mut conn = world.read().await;
            let page = Page::asked(Some(7), None, after.as_deref());
            let slice = thread::posts(&mut conn, thread, &Viewer::Visitor, page)
                .await
                .unwrap();
            seen.extend(slice.items.iter().map(|post| post.id));
            after = slice.next;
            if after.is_none() {
                break;
            }
            if seen.len() < 20 {
                answer(&world, &admin, thread, "meanwhile").await;
            }
        }
        let distinct: BTreeSet<Id> = seen.iter().copied().collect();
        assert_eq!((seen.len(), distinct.len()), (28, 28));
        assert!(seen.is_sorted());

        let (mut seen, mut after) = (Vec::new(), None::<String>);
        loop {
            let mut conn = world.read().await;
            let page = Page::asked(Some(7), None, after.as_deref());
            let listed = board::threads(&mut conn, &art, Sort::New, &Viewer::Visitor, page);
            let slice = listed.await.unwrap();
            seen.extend(slice.items.iter().map(|thread| thread.id));
            after = slice.next;
            if after.is_none() {
                break;
            }
            open(&world, &admin, "art", "meanwhile").await;
        }
        let distinct: BTreeSet<Id> = seen.iter().copied().collect();
        assert_eq!((seen.len(), distinct.len()), (26, 26));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_goes_with_its_last_live_post_and_comes_back_with_a_late_answer() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let far = world.stranger("bea", "far.example").await;
        let art = world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let reply_id = answer(&world, &admin, thread, "second").await;
        delete(&world, &admin, thread).await.unwrap();
        let seen = visit(&world, thread).await;
        assert!(seen.posts[0].deleted.is_some());
        assert_eq!((seen.posts[0].no, seen.reply_count), (Some(1), 1));

        delete(&world, &admin, reply_id).await.unwrap();
        let mut conn = world.read().await;
        let gone = thread::view(&mut conn, thread, &Viewer::Visitor).await;
        assert!(matches!(gone, Err(Error::Gone(Noun::Thread))));
        let gone = try_answer(&world, &admin, thread, reply("late")).await;
        assert!(matches!(gone, Err(Error::Gone(Noun::Thread))));
        balance(&world).await;

        let late = arrival(&world, "https://far.example/p/1", far.id, art.id, "crossed");
        let parent = format!("https://pics.example/p/{thread}");
        let late = received(&world, answering(late, &parent)).await;
        let seen = visit(&world, thread).await;
        assert_eq!(seen.posts.last().unwrap().id, late);
        assert_eq!(seen.posts.last().unwrap().no, Some(3));
        balance(&world).await;
    }
}
