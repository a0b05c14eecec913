//! Follows: within the node, to other nodes and from them.

use diesel_async::RunQueryDsl;
use domain::account;
use domain::board::{self, Order, Scope};
use domain::follow::{self, State};
use domain::page::Page;
use domain::{Caller, Error, Event, Id, Noun, Result, Viewer, limits};

use crate::scene::codes;
use crate::world::World;

async fn set(world: &World, caller: &Caller, target: Id) -> Result<State> {
    world
        .write(async |tx| follow::set(tx, caller, target).await)
        .await
}

async fn end(world: &World, caller: &Caller, target: Id) {
    world
        .write(async |tx| follow::end(tx, caller, target).await)
        .await
        .unwrap();
}

async fn answer(world: &World, follower: Id, target: Id, accepted: bool) {
    world
        .write(async |tx| follow::answered(tx, follower, target, accepted).await)
        .await
        .unwrap();
}

async fn followers(world: &World, target: Id) -> i64 {
    let mut conn = world.read().await;
    let shown = account::by_id(&mut conn, target).await.unwrap();
    let counted = follow::count(&mut conn, target).await.unwrap();
    assert_eq!(
        shown.follower_count, counted,
        "the shown number is the true one"
    );
    counted
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_of_the_node_is_followed_at_once() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        for _ in 0..2 {
            assert_eq!(set(&world, &bert, art.id).await.unwrap(), State::Accepted);
        }
        assert_eq!(followers(&world, art.id).await, 1);
        let mut conn = world.read().await;
        let seen = board::by_id(&mut conn, art.id, &Viewer::Account(bert.clone()))
            .await
            .unwrap();
        assert_eq!(seen.following, Some(State::Accepted));
        assert!(
            follow::has_local_followers(&mut conn, art.id)
                .await
                .unwrap()
        );
        drop(conn);
        end(&world, &bert, art.id).await;
        end(&world, &bert, art.id).await;
        assert_eq!(followers(&world, art.id).await, 0);
        assert_eq!(world.events().await, [], "no other server needs to know");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_board_is_asked_answers_and_is_read_once() {
    for world in World::each().await {
        let (bert, carl) = (world.member("bert").await, world.member("carl").await);
        let news = world.far_board("news", "far.example").await;
        let request = |caller: &Caller| Event::FollowRequested {
            follower: caller.id,
            target: news.id,
        };
        for _ in 0..2 {
            assert_eq!(set(&world, &bert, news.id).await.unwrap(), State::Pending);
        }
        assert_eq!(world.events().await, [request(&bert)]);
        assert_eq!(followers(&world, news.id).await, 0);
        answer(&world, bert.id, news.id, true).await;
        answer(&world, bert.id, news.id, true).await;
        assert_eq!(followers(&world, news.id).await, 1);
        let wanted = Event::BoardWanted { board: news.id };
        assert_eq!(world.events().await, [wanted]);
        set(&world, &carl, news.id).await.unwrap();
        answer(&world, carl.id, news.id, true).await;
        assert_eq!(
            world.events().await,
            [request(&carl)],
            "its threads are here"
        );
        let mut conn = world.read().await;
        let state = follow::state(&mut conn, carl.id, news.id).await.unwrap();
        assert_eq!(state, Some(State::Accepted));
        assert_eq!(
            follow::follower_inboxes(&mut conn, news.id).await.unwrap(),
            []
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_follow_can_be_asked_again_and_ends_without_a_word() {
    for world in World::each().await {
        let bert = world.member("bert").await;
        let news = world.far_board("news", "far.example").await;
        set(&world, &bert, news.id).await.unwrap();
        answer(&world, bert.id, news.id, true).await;
        answer(&world, bert.id, news.id, false).await;
        assert_eq!(followers(&world, news.id).await, 0);
        let mut conn = world.read().await;
        let before = follow::find(&mut conn, bert.id, news.id).await.unwrap();
        drop(conn);
        assert_eq!(set(&world, &bert, news.id).await.unwrap(), State::Pending);
        let mut conn = world.read().await;
        let after = follow::find(&mut conn, bert.id, news.id).await.unwrap();
        drop(conn);
        assert_ne!(
            before.unwrap().uri,
            after.unwrap().uri,
            "each attempt has its id"
        );
        answer(&world, bert.id, news.id, false).await;
        world.events().await;
        end(&world, &bert, news.id).await;
        assert_eq!(world.events().await, []);
        answer(&world, bert.id, news.id, true).await;
        assert_eq!(followers(&world, news.id).await, 0, "nobody asked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_a_foreign_follow_names_its_request() {
    for world in World::each().await {
        let bert = world.member("bert").await;
        let zoe = world.stranger("zoe", "far.example").await;
        set(&world, &bert, zoe.id).await.unwrap();
        answer(&world, bert.id, zoe.id, true).await;
        let mut conn = world.read().await;
        let asked = follow::find(&mut conn, bert.id, zoe.id).await.unwrap();
        let uri = asked.unwrap().uri;
        assert!(uri.starts_with("https://pics.example/activities/"), "{uri}");
        drop(conn);
        world.events().await;
        end(&world, &bert, zoe.id).await;
        let ended = Event::FollowEnded {
            follower: bert.id,
            target: zoe.id,
            uri,
        };
        assert_eq!(world.events().await, [ended]);
        assert_eq!(followers(&world, zoe.id).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_followed() {
    for world in World::each().await {
        let bert = world.member("bert").await;
        let zoe = world.stranger("zoe", "far.example").await;
        world
            .write(async |tx| domain::actor::mark_deleted(tx, &zoe.uri).await)
            .await
            .unwrap();
        let oneself = set(&world, &bert, bert.id).await;
        assert!(matches!(oneself, Err(Error::Invalid(_))), "{oneself:?}");
        let gone = set(&world, &bert, zoe.id).await;
        assert!(matches!(gone, Err(Error::Gone(Noun::Account))), "{gone:?}");
        let nothing = set(&world, &bert, 7).await;
        assert!(matches!(nothing, Err(Error::Missing(_))), "{nothing:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn followers_elsewhere_are_reached_through_one_inbox_per_server() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let art = world.board("art", &admin).await;
        set(&world, &admin, art.id).await.unwrap();
        for (name, host) in [
            ("zoe", "far.example"),
            ("yan", "far.example"),
            ("xia", "x.example"),
        ] {
            let stranger = world.stranger(name, host).await;
            let uri = format!("https://{host}/follows/{name}");
            for _ in 0..2 {
                let raw = "{}".to_owned();
                world
                    .write(async |tx| follow::arrived(tx, stranger.id, art.id, &uri, raw).await)
                    .await
                    .unwrap();
            }
        }
        assert_eq!(world.events().await.len(), 6, "each request is answered");
        assert_eq!(followers(&world, art.id).await, 4);
        let mut conn = world.read().await;
        let mut inboxes = follow::follower_inboxes(&mut conn, art.id).await.unwrap();
        inboxes.sort();
        let inbox = |host: &str| (host.to_owned(), format!("https://{host}/inbox"));
        assert_eq!(inboxes, [inbox("far.example"), inbox("x.example")]);
        let all = follow::followers(&mut conn, art.id, None, 3).await.unwrap();
        let rest = follow::followers(&mut conn, art.id, Some(all[2].id), 3).await;
        assert_eq!((all.len(), rest.unwrap().len()), (3, 1));
        let gone = all.iter().find(|account| account.name == "yan").unwrap().id;
        drop(conn);
        for _ in 0..2 {
            world
                .write(async |tx| follow::undone(tx, gone, art.id).await)
                .await
                .unwrap();
        }
        assert_eq!(followers(&world, art.id).await, 3);
    }
}

/// Has somebody follow `count` boards elsewhere.
#[expect(
    clippy::disallowed_methods,
    reason = "boards and requests one by one would take longer than all other tests here"
)]
async fn follow_many(world: &World, follower: Id, count: i64) {
    let boards = format!(
        "INSERT INTO actors (id, kind, host, name, uri, url, inbox, created_at, refreshed_at)
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
         SELECT n, 'board', 'many.example', 'b' || n, 'https://many.example/b/' || n, '', '', 0, 0 FROM numbers"
    );
    let follows = format!(
        "INSERT INTO follows (follower_id, target_id, state, uri, created_at)
         SELECT {follower}, id, 'accepted', 'https://pics.example/follows/' || id, 0 FROM actors
         WHERE host = 'many.example'"
    );
    let mut conn = world.cx.db.begin().await.unwrap();
    for sql in [boards, follows] {
        db::run!(conn, c => diesel::sql_query(&sql).execute(c).await).unwrap();
    }
    conn.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_follows_so_much_and_no_more() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let photo = world.board("photo", &admin).await;
        follow_many(&world, bert.id, limits::FOLLOWS - 1).await;
        set(&world, &bert, art.id).await.unwrap();
        let full = set(&world, &bert, photo.id).await;
        assert_eq!(codes(full), [("name".to_owned(), "too_many")]);
        assert_eq!(followers(&world, photo.id).await, 0);
        assert_eq!(
            set(&world, &bert, art.id).await.unwrap(),
            State::Accepted,
            "what is followed already stays so"
        );
        set(&world, &admin, photo.id).await.unwrap();
        end(&world, &bert, art.id).await;
        set(&world, &bert, photo.id).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_follows_through_us_what_is_not_ours() {
    for world in World::each().await {
        let zoe = world.stranger("zoe", "far.example").await;
        let news = world.far_board("news", "other.example").await;
        let refused = world
            .write(async |tx| {
                follow::arrived(tx, zoe.id, news.id, "https://far.example/1", String::new()).await
            })
            .await;
        assert!(matches!(refused, Err(Error::Missing(_))), "{refused:?}");
        assert_eq!(world.events().await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_count_once() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let art = world.board("art", &admin).await;
        let (one, other) = tokio::join!(set(&world, &admin, art.id), set(&world, &admin, art.id));
        assert_eq!(
            (one.unwrap(), other.unwrap()),
            (State::Accepted, State::Accepted)
        );
        assert_eq!(followers(&world, art.id).await, 1);
        let viewer = Viewer::Account(admin);
        let mut conn = world.read().await;
        let followed = board::list(
            &mut conn,
            Scope::Followed,
            Order::Name,
            &viewer,
            Page::default(),
        );
        assert_eq!(followed.await.unwrap().items.len(), 1);
    }
}
