//! Votes are states: repeated, reordered and undone ones end the same everywhere.

use db::SECOND;
use domain::board::{self, Patch};
use domain::{Denial, Error, Event, Handle, Noun, vote};

use crate::ledger::balance;
use crate::scene::{answer, ballot, codes, delete, open, see, vote};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_is_set_and_not_added() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let id = open(&world, &admin, "art", "vote").await;
        world.events().await;
        for (value, likes, dislikes) in [(1, 1, 0), (1, 1, 0), (-1, 0, 1), (0, 0, 0), (1, 1, 0)] {
            let tally = vote(&world, &anna, id, value).await.unwrap();
            let expected = vote::Tally {
                value,
                likes,
                dislikes,
            };
            assert_eq!(tally, expected);
            let seen = see(&world, id).await;
            assert_eq!((seen.likes, seen.dislikes), (likes, dislikes));
        }
        balance(&world).await;
        let events = world.events().await;
        let steps: Vec<_> = events
            .iter()
            .map(|event| match event {
                Event::VoteChanged { before, value, .. } => (*before, *value),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(steps, [(0, 1), (1, -1), (-1, 0), (0, 1)]);
        let Event::VoteChanged { uri: set, .. } = &events[1] else {
            unreachable!()
        };
        let Event::VoteChanged { uri: undone, .. } = &events[2] else {
            unreachable!()
        };
        assert_eq!(set, undone);
        let wrong = vote(&world, &anna, id, 2).await;
        assert_eq!(codes(wrong), [("value".to_owned(), "out_of_range")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_order_of_the_same_votes_ends_the_same() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let far = world.stranger("bea", "far.example").await;
        world.board("art", &admin).await;
        let now = world.cx.now();
        let at = |seconds: i64| now.plus((seconds - 100) * SECOND);
        // A like, its undoing, a dislike, and at the same moment a like: the larger value stands.
        let votes = [(1, at(1)), (0, at(2)), (-1, at(3)), (1, at(3))];
        for order in orders() {
            let id = answer_target(&world, &admin).await;
            world.events().await;
            for index in order {
                let (value, at) = votes[index];
                ballot(&world, far.id, id, value, at).await.unwrap();
                ballot(&world, far.id, id, value, at).await.unwrap();
            }
            let seen = see(&world, id).await;
            assert_eq!((seen.likes, seen.dislikes), (1, 0), "{order:?}");
            let mut stands = 0;
            for event in world.events().await {
                let Event::VoteChanged { before, value, .. } = event else {
                    panic!("{event:?}")
                };
                assert_eq!(before, stands);
                assert_ne!(before, value);
                stands = value;
            }
            assert_eq!(stands, 1);
        }
        balance(&world).await;
    }
}

async fn answer_target(world: &World, admin: &domain::Caller) -> domain::Id {
    world.advance(700 * SECOND);
    open(world, admin, "art", "vote").await
}

/// All orders of four things.
fn orders() -> Vec<[usize; 4]> {
    let mut orders = Vec::new();
    for number in 0..256_usize {
        let order = [number & 3, number >> 2 & 3, number >> 4 & 3, number >> 6];
        let mut sorted = order;
        sorted.sort_unstable();
        if sorted == [0, 1, 2, 3] {
            orders.push(order);
        }
    }
    assert_eq!(orders.len(), 24);
    orders
}

#[tokio::test(flavor = "multi_thread")]
async fn dislikes_can_be_switched_off() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let far = world.stranger("bea", "far.example").await;
        world.board("art", &admin).await;
        let id = open(&world, &admin, "art", "vote").await;
        let kind = Patch {
            dislikes: Some(false),
            ..Patch::default()
        };
        world
            .write(async |tx| board::update(tx, &admin, &Handle::local("art"), kind).await)
            .await
            .unwrap();
        let denied = vote(&world, &admin, id, -1).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NoDislikes))));
        let now = world.cx.now();
        assert!(!ballot(&world, far.id, id, -1, now).await.unwrap());
        assert!(ballot(&world, far.id, id, 1, now).await.unwrap());
        let seen = see(&world, id).await;
        assert_eq!((seen.likes, seen.dislikes), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tombstones_take_no_votes() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let far = world.stranger("bea", "far.example").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let id = answer(&world, &admin, thread, "second").await;
        vote(&world, &admin, id, 1).await.unwrap();
        delete(&world, &admin, id).await.unwrap();
        let gone = vote(&world, &admin, id, 1).await;
        assert!(matches!(gone, Err(Error::Gone(Noun::Post))));
        assert!(!ballot(&world, far.id, id, 1, world.cx.now()).await.unwrap());
        let missing = vote(&world, &admin, 5, 1).await;
        assert!(matches!(missing, Err(Error::Missing(Noun::Post))));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_is_found_by_its_activity() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let far = world.stranger("bea", "far.example").await;
        world.board("art", &admin).await;
        let id = open(&world, &admin, "art", "vote").await;
        let now = world.cx.now();
        ballot(&world, far.id, id, 1, now).await.unwrap();
        let uri = format!("https://far.example/votes/{}/{id}/{}/1", far.id, now.0);
        let mut conn = world.read().await;
        let found = vote::find(&mut conn, &uri).await.unwrap().unwrap();
        assert_eq!((found.post, found.account, found.value), (id, far.id, 1));
        assert_eq!(
            vote::find(&mut conn, "https://far.example/x")
                .await
                .unwrap(),
            None
        );

        let forged = vote::Ballot {
            voter: far.id,
            post: id,
            value: -1,
            uri: "https://pics.example/activities/1".to_owned(),
            at: now,
            activity: None,
        };
        let denied = world.write(async |tx| vote::accept(tx, forged).await).await;
        assert!(matches!(denied, Err(Error::Denied(_))));
    }
}
