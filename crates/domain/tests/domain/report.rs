//! Reports: who may make them, who sees and decides, and what other servers may report.

use domain::page::Page;
use domain::report::{self, Decision, Draft, State, Target};
use domain::{Caller, Denial, Error, Event, Id, Noun, Result, board};

use crate::scene::{answer, arrival, codes, delete, open, received};
use crate::world::World;

async fn file(world: &World, by: &Caller, target: Target, forward: bool) -> Result<Id> {
    let draft = Draft {
        target,
        reason: "It breaks rule 3.".to_owned(),
        forward,
    };
    world
        .write(async |tx| report::submit(tx, by, draft).await)
        .await
}

async fn seen(world: &World, by: &Caller, state: State) -> Vec<Id> {
    let mut conn = world.read().await;
    let list = report::list(&mut conn, by, state, Page::default()).await;
    let items = list.unwrap().items;
    items.iter().map(|report| report.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn moderators_see_those_of_their_boards_and_admins_all() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (mia, bert) = (world.member("mia").await, world.member("bert").await);
        let art = world.board("art", &admin).await;
        world.board("photo", &admin).await;
        world
            .write(async |tx| board::add_moderator(tx, &admin, art.id, mia.id).await)
            .await
            .unwrap();
        let here = open(&world, &bert, "art", "spam").await;
        let there = open(&world, &bert, "photo", "spam").await;
        let first = file(&world, &mia, Target::Post(here), false).await.unwrap();
        let second = file(&world, &mia, Target::Post(there), false).await;
        let third = file(&world, &mia, Target::Account(bert.id), true).await;
        let (second, third) = (second.unwrap(), third.unwrap());
        let again = file(&world, &mia, Target::Post(here), false).await;
        assert_eq!(again.unwrap(), first, "the open report stands");

        assert_eq!(
            seen(&world, &admin, State::Open).await,
            [third, second, first]
        );
        assert_eq!(seen(&world, &mia, State::Open).await, [first]);
        let mut conn = world.read().await;
        let nothing = report::list(&mut conn, &bert, State::Open, Page::default()).await;
        assert!(matches!(nothing, Err(Error::Denied(Denial::NotModerator))));
        let hidden = report::find(&mut conn, &mia, second).await;
        assert!(matches!(hidden, Err(Error::Missing(Noun::Report))));
        assert_eq!(
            report::open_count(&mut conn, &admin).await.unwrap(),
            Some(3)
        );
        assert_eq!(report::open_count(&mut conn, &bert).await.unwrap(), None);
        let found = report::find(&mut conn, &mia, first).await.unwrap();
        assert_eq!(found.post.unwrap().body, "spam");
        assert_eq!(
            (&*found.account.name, &*found.reporter.name),
            ("bert", "mia")
        );
        drop(conn);

        let decide = async |by: &Caller, id: Id, state: State| {
            let decision = Decision {
                state: Some(state),
                note: Some("done".to_owned()),
                forward: false,
            };
            world
                .write(async |tx| report::decide(tx, by, id, decision).await)
                .await
        };
        let foreign = decide(&mia, second, State::Dismissed).await;
        assert!(matches!(foreign, Err(Error::Missing(Noun::Report))));
        decide(&mia, first, State::Resolved).await.unwrap();
        assert_eq!(seen(&world, &mia, State::Resolved).await, [first]);
        assert!(seen(&world, &mia, State::Open).await.is_empty());
        let fresh = file(&world, &mia, Target::Post(here), false).await.unwrap();
        assert_ne!(fresh, first, "a decided report does not swallow new ones");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_say_something_about_something() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let thread = open(&world, &bert, "art", "hello").await;
        let gone = answer(&world, &bert, thread, "oops").await;
        delete(&world, &bert, gone).await.unwrap();
        let empty = Draft {
            target: Target::Post(thread),
            reason: " \n".to_owned(),
            forward: false,
        };
        let empty = world
            .write(async |tx| report::submit(tx, &bert, empty).await)
            .await;
        assert_eq!(codes(empty), [("reason".to_owned(), "required")]);
        let none = file(&world, &bert, Target::Post(17), false).await;
        assert!(matches!(none, Err(Error::Missing(Noun::Post))));
        let tombstone = file(&world, &bert, Target::Post(gone), false).await;
        assert!(matches!(tombstone, Err(Error::Gone(Noun::Post))));
        let board = file(&world, &bert, Target::Account(art.id), false).await;
        assert!(matches!(board, Err(Error::Missing(Noun::Account))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_of_other_servers_can_be_told_to_them_once() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let zoe = world.stranger("zoe", "far.example").await;
        let post = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "spam");
        let post = received(&world, post).await;
        world.events().await;
        let told = file(&world, &bert, Target::Post(post), true).await.unwrap();
        let forwarded = Event::ReportForwarded { report: told };
        assert_eq!(world.events().await, [forwarded]);
        let forward = async |id: Id| {
            let decision = Decision {
                forward: true,
                ..Decision::default()
            };
            world
                .write(async |tx| report::decide(tx, &admin, id, decision).await)
                .await
        };
        forward(told).await.unwrap();
        assert_eq!(world.events().await, [], "they were told already");
        let own = open(&world, &bert, "art", "mine").await;
        let own = file(&world, &admin, Target::Post(own), true).await.unwrap();
        world.events().await;
        assert_eq!(
            codes(forward(own).await),
            [("forward".to_owned(), "nobody")]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_servers_report_only_what_is_ours_to_decide() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        world.board("art", &admin).await;
        let news = world.far_board("news", "far.example").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let third = world.stranger("watch", "third.example").await;
        let ours = open(&world, &bert, "art", "hello").await;
        let theirs = arrival(&world, "https://far.example/p/1", zoe.id, news.id, "hi");
        let theirs = received(&world, theirs).await;
        let targets = [
            Target::Post(ours),
            Target::Post(theirs),
            Target::Account(zoe.id),
            Target::Post(17),
        ];
        let arrive = async || {
            let host = "third.example";
            world
                .write(async |tx| report::arrive(tx, third.id, host, &targets, "bad\0 <b>").await)
                .await
        };
        assert_eq!(arrive().await.unwrap(), 1);
        assert_eq!(arrive().await.unwrap(), 0, "the same once more");
        let mut conn = world.read().await;
        let list = report::list(&mut conn, &admin, State::Open, Page::default()).await;
        let items = list.unwrap().items;
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].post.as_ref().unwrap().id, ours);
        assert_eq!(items[0].reporter.acct(), "watch@third.example");
        drop(conn);
        for _ in 0..98 {
            arrive().await.unwrap();
        }
        assert!(matches!(arrive().await, Err(Error::Busy { .. })));
    }
}
