//! What arrives from peers, in any order, once or twice, with or without right.

use db::{HOUR, SECOND, Timestamp};
use domain::ban::Place;
use domain::post::{self, Outcome};
use domain::{Denial, Error, Event, account, ban, board, limits, thread};

use crate::ledger::balance;
use crate::scene::{
    answering, arrival, change, codes, open, receive, received, remote_picture, see, visit,
};
use crate::world::World;

const FAR: &str = "https://far.example/p/1";

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_takes_its_place_in_time() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let mut late = arrival(&world, FAR, far.id, board.id, "yesterday");
        late.published = world.cx.now().plus(-26 * HOUR);
        late.no = Some(17);
        late.subject = Some("s".repeat(300));
        late.content_warning = Some("w".repeat(600));
        late.body = "b".repeat(limits::FOREIGN_BODY + 10);
        late.language = Some("no language".to_owned());
        late.tags = vec!["#One".to_owned(), "one".to_owned(), "??".to_owned()];
        late.media = (0..20)
            .map(|n| remote_picture(&format!("https://far.example/m/{n}")))
            .collect();
        let published = late.published;
        let id = received(&world, late.clone()).await;
        let seen = see(&world, id).await;
        assert_eq!(
            (seen.no, seen.created_at, seen.is_op),
            (Some(17), published, true)
        );
        assert!(db::ids::moment(id) <= published && published.since(db::ids::moment(id)) < SECOND);
        let subject = seen.subject.unwrap();
        assert_eq!(
            (subject.chars().count(), subject.ends_with('\u{2026}')),
            (200, true)
        );
        assert_eq!(seen.content_warning.unwrap().chars().count(), 500);
        assert!(seen.body.len() <= limits::FOREIGN_BODY && seen.body.ends_with('\u{2026}'));
        assert_eq!((seen.language, seen.tags), (None, vec!["one".to_owned()]));
        assert_eq!(seen.media.len(), limits::FOREIGN_PICTURES);
        assert_eq!(visit(&world, id).await.bumped_at, published);

        let mut early = arrival(&world, "https://far.example/p/2", far.id, board.id, "clock");
        early.published = published.plus(-HOUR);
        let early = received(&world, answering(early, FAR)).await;
        let seen = visit(&world, id).await;
        assert_eq!(
            seen.posts.iter().map(|p| p.id).collect::<Vec<_>>(),
            [id, early]
        );
        let mut future = arrival(&world, "https://far.example/p/3", far.id, board.id, "ahead");
        future.published = world.cx.now().plus(HOUR);
        let future = received(&world, answering(future, FAR)).await;
        assert_eq!(see(&world, future).await.created_at, world.cx.now());

        world.events().await;
        let known = receive(&world, late).await.unwrap();
        assert_eq!(known, Outcome::Known(id));
        assert_eq!(world.events().await, []);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_in_one_moment_finds_its_places_side_by_side() {
    /// How many ids a moment in the past has.
    const IDS: usize = 2048;
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let long_ago = Timestamp::parse("2019-05-01T12:00:00Z").unwrap();
        for moment in [world.cx.now().plus(-HOUR), long_ago] {
            let mut found = Vec::new();
            for n in 0..3 {
                let uri = format!("https://far.example/p/{}/{n}", moment.0);
                let mut sent = arrival(&world, &uri, far.id, board.id, "at the same time");
                sent.published = moment;
                found.push(received(&world, sent).await);
                // All others of this moment are given away: the next would be the same again.
                for _ in 1..IDS {
                    world.cx.ids.at(moment);
                }
            }
            let begin = db::ids::moment(found[0]);
            for id in &found {
                let later = db::ids::moment(*id).since(begin);
                assert!((0..SECOND).contains(&later), "{later} microseconds later");
            }
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), 3);
        }
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn arrivals_are_told_once_with_their_activity() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let mut sent = arrival(&world, FAR, far.id, board.id, "hello");
        sent.media = vec![remote_picture("https://far.example/m/1")];
        let activity = sent.activity.clone();
        let id = received(&world, sent).await;
        let picture = see(&world, id).await.media[0].id;
        let expected = [
            Event::PostCreated { post: id, activity },
            Event::MediaWanted {
                attachment: picture,
            },
        ];
        assert_eq!(world.events().await, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_waits_for_its_parent_and_goes_where_that_is() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let orphan = arrival(&world, "https://far.example/p/2", far.id, board.id, "re");
        let orphan = answering(orphan, FAR);
        let outcome = receive(&world, orphan.clone()).await.unwrap();
        assert_eq!(outcome, Outcome::Orphan(FAR.to_owned()));
        balance(&world).await;
        received(&world, arrival(&world, FAR, far.id, art.id, "op")).await;
        let id = received(&world, orphan).await;
        let seen = see(&world, id).await;
        assert_eq!((seen.board.id, seen.no), (art.id, Some(2)));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_may_come_before_its_post() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let bury = async |uri: &str| {
            world
                .write(async |tx| post::accept_delete(tx, uri, None).await)
                .await
        };
        assert_eq!(bury(FAR).await.unwrap(), None);
        let sent = arrival(&world, FAR, far.id, board.id, "too late");
        assert_eq!(receive(&world, sent).await.unwrap(), Outcome::Deleted);
        assert_eq!(world.events().await, []);
        let again = arrival(&world, FAR, far.id, board.id, "too late");
        assert_eq!(receive(&world, again).await.unwrap(), Outcome::Deleted);
        let late = arrival(&world, "https://far.example/p/9", far.id, board.id, "re");
        let late = received(&world, answering(late, FAR)).await;
        let thread = visit(&world, see(&world, late).await.thread_id).await;
        assert!(thread.posts[0].deleted.is_some() && thread.posts[0].body.is_empty());
        world.events().await;
        balance(&world).await;

        let uri = "https://far.example/p/2";
        let sent = arrival(&world, uri, far.id, board.id, "in time");
        let id = received(&world, sent.clone()).await;
        world.events().await;
        assert_eq!(bury(uri).await.unwrap(), Some(id));
        assert_eq!(bury(uri).await.unwrap(), None);
        assert_eq!(receive(&world, sent).await.unwrap(), Outcome::Deleted);
        let deleted = Event::PostDeleted {
            post: id,
            activity: None,
        };
        assert_eq!(world.events().await, [deleted]);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_writes_under_our_addresses() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let far = world.stranger("bea", "far.example").await;
        let mine = open(&world, &admin, "art", "mine").await;
        for uri in [
            "https://pics.example/p/77",
            "https://PICS.example/p/77",
            "http://pics.example?p=77",
            "https://pics.example",
        ] {
            let forged = arrival(&world, uri, far.id, art.id, "forged");
            let denied = receive(&world, forged).await;
            assert!(matches!(denied, Err(Error::Denied(_))), "{uri}");
        }
        let uri = format!("https://pics.example/p/{mine}");
        let denied = world
            .write(async |tx| post::accept_delete(tx, &uri, None).await)
            .await;
        assert!(matches!(denied, Err(Error::Denied(_))));
        let edit = change("forged", world.cx.now().plus(HOUR));
        let denied = world
            .write(async |tx| post::accept_edit(tx, mine, edit).await)
            .await;
        assert!(matches!(denied, Err(Error::Denied(_))));
        assert_eq!(see(&world, mine).await.body, "mine");
        let long = format!("https://far.example/{}", "x".repeat(3_000));
        let refused = receive(&world, arrival(&world, &long, far.id, art.id, "long")).await;
        assert_eq!(codes(refused), [("id".to_owned(), "too_long")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_boards_keep_their_rules_for_peers() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let far = world.stranger("bea", "far.example").await;
        let thread = open(&world, &admin, "art", "first").await;
        world
            .write(async |tx| thread::set_locked(tx, &admin, thread, true).await)
            .await
            .unwrap();
        let parent_uri = format!("https://pics.example/p/{thread}");
        let sent = arrival(&world, FAR, far.id, art.id, "locked out");
        let denied = receive(&world, answering(sent, &parent_uri)).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::Locked))));
        let quiet = board::Patch {
            posting: Some(board::Posting::Moderators),
            ..board::Patch::default()
        };
        let handle = domain::Handle::local("art");
        world
            .write(async |tx| board::update(tx, &admin, &handle, quiet).await)
            .await
            .unwrap();
        let sent = arrival(&world, FAR, far.id, art.id, "shut out");
        assert_eq!(sent.place, post::Place::Thread);
        let denied = receive(&world, sent).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::ModeratorsPost))));
        let archived = board::Patch {
            posting: Some(board::Posting::Nobody),
            ..board::Patch::default()
        };
        world
            .write(async |tx| board::update(tx, &admin, &handle, archived).await)
            .await
            .unwrap();
        let sent = arrival(&world, FAR, far.id, art.id, "too late");
        let denied = receive(&world, sent).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::Archived))));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_of_peers_end_the_same_in_any_order() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let at = |seconds: i64| world.cx.now().plus(seconds * SECOND);
        let edits = [
            ("first", at(-50)),
            ("second a", at(-40)),
            ("second b", at(-40)),
        ];
        for (index, order) in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]]
            .iter()
            .enumerate()
        {
            let uri = format!("https://far.example/p/{index}");
            let mut sent = arrival(&world, &uri, far.id, board.id, "as sent");
            sent.published = at(-100);
            let id = received(&world, sent).await;
            for &edit in order {
                let (body, edited) = edits[edit];
                for _ in 0..2 {
                    let edit = change(body, edited);
                    world
                        .write(async |tx| post::accept_edit(tx, id, edit).await)
                        .await
                        .unwrap();
                }
            }
            let seen = see(&world, id).await;
            assert_eq!(seen.body, "second b", "{order:?}");
            assert_eq!(seen.edited_at, Some(at(-40)));
        }
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_a_peer_changes_its_pictures() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let url = |n: u8| format!("https://far.example/m/{n}");
        let mut sent = arrival(&world, FAR, far.id, board.id, "look");
        sent.media = vec![remote_picture(&url(1)), remote_picture(&url(2))];
        let id = received(&world, sent).await;
        let before = see(&world, id).await.media;
        world.events().await;
        let mut edit = change("look", world.cx.now());
        edit.media = vec![
            remote_picture(&url(3)),
            post::RemoteMedia {
                alt: "described".to_owned(),
                ..remote_picture(&url(1))
            },
        ];
        let changed = world
            .write(async |tx| post::accept_edit(tx, id, edit.clone()).await)
            .await;
        assert!(changed.unwrap());
        let seen = see(&world, id).await.media;
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].remote_url.as_deref(), Some(url(3).as_str()));
        assert_eq!(
            (seen[1].id, seen[1].alt.as_str()),
            (before[0].id, "described")
        );
        let wanted = Event::MediaWanted {
            attachment: seen[0].id,
        };
        let edited = Event::PostEdited {
            post: id,
            activity: None,
        };
        assert_eq!(world.events().await, [edited, wanted]);
        let again = world
            .write(async |tx| post::accept_edit(tx, id, edit).await)
            .await;
        assert!(!again.unwrap());
        assert_eq!(world.events().await, []);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_number_is_given_once() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let first = received(&world, arrival(&world, FAR, far.id, board.id, "one")).await;
        let uri = "https://far.example/p/2";
        let second = received(&world, arrival(&world, uri, far.id, board.id, "two")).await;
        assert_eq!(see(&world, first).await.anchor(), format!("p-{first}"));
        for (id, no) in [
            (first, 5),
            (second, 5),
            (first, 6),
            (second, 0),
            (second, 7),
        ] {
            world
                .write(async |tx| post::number(tx, id, no).await)
                .await
                .unwrap();
        }
        assert_eq!(see(&world, first).await.no, Some(5));
        assert_eq!(see(&world, second).await.no, Some(7));
        let mut taken = arrival(&world, "https://far.example/p/3", far.id, board.id, "x");
        taken.no = Some(7);
        let third = received(&world, taken.clone()).await;
        assert_eq!(see(&world, third).await.no, None);
        taken.no = Some(8);
        assert_eq!(receive(&world, taken).await.unwrap(), Outcome::Known(third));
        assert_eq!(see(&world, third).await.no, Some(8));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_write_here_does_not_rewrite_either() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let far = world.stranger("bea", "far.example").await;
        let pics = world.far_board("pics", "far.example").await;
        let here = received(&world, arrival(&world, FAR, far.id, art.id, "as sent")).await;
        let there = arrival(
            &world,
            "https://far.example/p/2",
            far.id,
            pics.id,
            "as sent",
        );
        let there = received(&world, there).await;
        let edit = async |id: domain::Id| {
            world.advance(SECOND);
            let edit = change(&format!("at {}", world.cx.now().0), world.cx.now());
            world
                .write(async |tx| post::accept_edit(tx, id, edit).await)
                .await
        };
        let ban = async |place: Place| {
            let draft = ban::Draft {
                reason: "spam".to_owned(),
                until: None,
            };
            world
                .write(async |tx| ban::impose(tx, &admin, place, far.id, draft).await)
                .await
                .unwrap();
        };
        let lift = async |place: Place| {
            world
                .write(async |tx| ban::lift(tx, &admin, place, far.id).await)
                .await
                .unwrap();
        };

        ban(Place::Board(art.id)).await;
        let denied = edit(here).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::Banned(_)))));
        assert_eq!(see(&world, here).await.body, "as sent");
        assert!(edit(there).await.unwrap());
        lift(Place::Board(art.id)).await;
        assert!(edit(here).await.unwrap());

        ban(Place::Node).await;
        for id in [here, there] {
            let denied = edit(id).await;
            assert!(matches!(denied, Err(Error::Denied(Denial::Banned(_)))));
        }
        lift(Place::Node).await;

        // A board elsewhere decides by itself what of its people it lets through.
        world
            .write(async |tx| ban::accept(tx, pics.id, far.id, pics.id, "spam", None).await)
            .await
            .unwrap();
        assert!(edit(there).await.unwrap());

        world
            .write(async |tx| account::suspend(tx, &admin, far.id, "spam").await)
            .await
            .unwrap();
        for id in [here, there] {
            let before = see(&world, id).await.body;
            let denied = edit(id).await;
            assert!(matches!(denied, Err(Error::Denied(Denial::Suspended))));
            assert_eq!(see(&world, id).await.body, before);
        }
        balance(&world).await;
    }
}
