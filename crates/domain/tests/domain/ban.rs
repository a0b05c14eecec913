//! Bans: who imposes them, whom they keep out of what, until when, and what the log says.

use db::DAY;
use domain::ban::{self, Draft, Place};
use domain::page::Page;
use domain::{Caller, Denial, Error, Event, Id, Noun, Result, account, board, log, report};

use crate::ledger::balance;
use crate::scene::{
    answer, arrival, ballot, codes, open, receive, reply, rewrite, try_answer, upload, vote,
};
use crate::world::World;

async fn impose(
    world: &World,
    by: &Caller,
    place: Place,
    account: Id,
    days: Option<i64>,
) -> Result<()> {
    let draft = Draft {
        reason: "spam".to_owned(),
        until: days.map(|days| world.cx.now().plus(days * DAY)),
    };
    world
        .write(async |tx| ban::impose(tx, by, place, account, draft).await)
        .await
}

fn banned<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Denied(denial @ Denial::Banned(_))) => denial.to_string(),
        other => panic!("not banned: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_banned_from_a_board_writes_nothing_there_and_is_told_why_and_until_when() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (mia, bert) = (world.member("mia").await, world.member("bert").await);
        let art = world.board("art", &admin).await;
        world.board("photo", &admin).await;
        world
            .write(async |tx| board::add_moderator(tx, &admin, art.id, mia.id).await)
            .await
            .unwrap();
        let thread = open(&world, &admin, "art", "hello").await;
        let own = answer(&world, &bert, thread, "before").await;
        world.events().await;

        impose(&world, &mia, Place::Board(art.id), bert.id, Some(2))
            .await
            .unwrap();
        let told = "This account is banned from /art/ until 2026-11-22 10:00 UTC: spam";
        let late = try_answer(&world, &bert, thread, reply("late")).await;
        assert_eq!(banned(late), told);
        assert_eq!(banned(rewrite(&world, &bert, own, "other").await), told);
        assert_eq!(banned(vote(&world, &bert, thread, 1).await), told);
        let complaint = report::Draft {
            target: report::Target::Post(thread),
            reason: "unfair".to_owned(),
            forward: false,
        };
        let complained = world
            .write(async |tx| report::submit(tx, &bert, complaint).await)
            .await;
        assert_eq!(banned(complained), told);
        open(&world, &bert, "photo", "elsewhere they may").await;

        let events = world.events().await;
        let changed = Event::BanChanged {
            board: art.id,
            account: bert.id,
            by: mia.id,
            value: true,
        };
        assert!(events.contains(&changed), "{events:?}");
        let mut conn = world.read().await;
        let lines = log::board(&mut conn, art.id, Page::default()).await;
        let line = &lines.unwrap().items[0];
        let whom = line.account.as_ref().unwrap();
        assert_eq!((line.act.name(), &*whom.name), ("ban", "bert"));
        assert_eq!(line.until, Some(world.cx.now().plus(2 * DAY)));
        drop(conn);

        world.advance(2 * DAY);
        answer(&world, &bert, thread, "it ended by itself").await;
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ban_from_the_node_holds_everywhere_until_it_is_lifted() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (mia, bert) = (world.member("mia").await, world.member("bert").await);
        let art = world.board("art", &admin).await;
        let far = world.far_board("news", "far.example").await;
        let thread = open(&world, &admin, "art", "hello").await;
        let denied = impose(&world, &mia, Place::Node, bert.id, None).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotAdmin))));
        impose(&world, &admin, Place::Node, bert.id, None)
            .await
            .unwrap();
        let told = "This account is banned from this server: spam";
        let late = try_answer(&world, &bert, thread, reply("late")).await;
        assert_eq!(banned(late), told);
        let elsewhere = crate::scene::opening("hello");
        let elsewhere = crate::scene::try_open(&world, &bert, &far.acct(), elsewhere).await;
        assert_eq!(banned(elsewhere), told);
        let picture = crate::scene::picture(7);
        let uploaded = world
            .write(async |tx| {
                let meta = domain::attachment::Meta::default();
                domain::attachment::upload(tx, &bert, picture, meta).await
            })
            .await;
        assert_eq!(banned(uploaded), told);
        upload(&world, &mia, 7).await;

        let mut conn = world.read().await;
        let now = world.cx.now();
        let bans = ban::of_node(&mut conn, now, Page::default()).await;
        let bans = bans.unwrap().items;
        assert_eq!((bans.len(), &*bans[0].account.name), (1, "bert"));
        let on_art = ban::of_board(&mut conn, art.id, now, Page::default()).await;
        assert!(on_art.unwrap().items.is_empty());
        drop(conn);
        let lift = async |by: &Caller| {
            world
                .write(async |tx| ban::lift(tx, by, Place::Node, bert.id).await)
                .await
        };
        assert!(matches!(
            lift(&mia).await,
            Err(Error::Denied(Denial::NotAdmin))
        ));
        lift(&admin).await.unwrap();
        answer(&world, &bert, thread, "welcome back").await;
        assert!(matches!(lift(&admin).await, Err(Error::Missing(Noun::Ban))));
        let mut conn = world.read().await;
        let lines = log::node(&mut conn, Page::default()).await.unwrap().items;
        let acts: Vec<_> = lines.iter().map(|line| line.act.name()).collect();
        assert_eq!(acts, ["unban", "ban"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn moderators_are_not_banned_and_decide_about_their_own_board_only() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (mia, bert) = (world.member("mia").await, world.member("bert").await);
        let art = world.board("art", &admin).await;
        let photo = world.board("photo", &admin).await;
        let far = world.far_board("news", "far.example").await;
        world
            .write(async |tx| {
                board::add_moderator(tx, &admin, art.id, mia.id).await?;
                board::keep_moderators(tx, far.id, &[mia.id]).await
            })
            .await
            .unwrap();
        let on = |board: Id| Place::Board(board);
        let cases = [
            (&mia, on(art.id), admin.id, Denial::OfStaff),
            (&admin, on(art.id), mia.id, Denial::OfStaff),
            (&mia, on(photo.id), bert.id, Denial::NotModerator),
            (&mia, on(far.id), bert.id, Denial::ForeignBoard),
            (&bert, on(art.id), mia.id, Denial::NotModerator),
        ];
        for (by, place, whom, why) in cases {
            match impose(&world, by, place, whom, None).await {
                Err(Error::Denied(denial)) => assert_eq!(denial, why),
                other => panic!("{other:?}"),
            }
        }
        let ended = impose(&world, &mia, on(art.id), bert.id, Some(0)).await;
        let past = [("until".to_owned(), "in_the_past")];
        assert_eq!(codes(ended), past);
        let nobody = impose(&world, &mia, on(art.id), art.id, None).await;
        assert!(matches!(nobody, Err(Error::Missing(Noun::Account))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_other_servers_are_kept_out_of_our_boards() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let news = world.far_board("news", "far.example").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let thread = open(&world, &admin, "art", "hello").await;
        impose(&world, &admin, Place::Board(art.id), zoe.id, None)
            .await
            .unwrap();
        let post = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "hi");
        banned(receive(&world, post).await);
        banned(ballot(&world, zoe.id, thread, 1, world.cx.now()).await);
        // On their own server's board it is not ours to say.
        let home = arrival(&world, "https://far.example/p/2", zoe.id, news.id, "hi");
        receive(&world, home).await.unwrap();

        impose(&world, &admin, Place::Node, zoe.id, None)
            .await
            .unwrap();
        let more = arrival(&world, "https://far.example/p/3", zoe.id, news.id, "hi");
        banned(receive(&world, more).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bans_of_boards_elsewhere_are_told_here_first() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let news = world.far_board("news", "far.example").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let say = async |board: Id, reason: &str| {
            world
                .write(async |tx| ban::accept(tx, board, bert.id, zoe.id, reason, None).await)
                .await
        };
        assert!(say(news.id, "rude").await.unwrap());
        assert!(!say(news.id, "rude").await.unwrap(), "told twice");
        assert!(matches!(say(art.id, "rude").await, Err(Error::Denied(_))));
        let draft = crate::scene::opening("hello");
        let told = crate::scene::try_open(&world, &bert, &news.acct(), draft).await;
        assert_eq!(
            banned(told),
            "This account is banned from /news@far.example/: rude"
        );
        let mut conn = world.read().await;
        let lines = log::node(&mut conn, Page::default()).await.unwrap().items;
        assert!(lines.is_empty(), "it is on the log of its board alone");
        let theirs = log::board(&mut conn, news.id, Page::default()).await;
        assert_eq!(theirs.unwrap().items.len(), 1);
        drop(conn);
        let end = world
            .write(async |tx| ban::accept_end(tx, news.id, bert.id, zoe.id).await)
            .await;
        assert!(end.unwrap());
        open(&world, &bert, &news.acct(), "welcome back").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_suspend_accounts_and_the_log_says_so() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (mia, bert) = (world.member("mia").await, world.member("bert").await);
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "hello").await;
        let decide = async |by: &Caller, whom: Id, suspended: bool| {
            let write = world.write(async |tx| match suspended {
                true => account::suspend(tx, by, whom, "bots").await,
                false => account::reinstate(tx, by, whom, "").await,
            });
            write.await
        };
        let denied = decide(&mia, bert.id, true).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotAdmin))));
        let oneself = decide(&admin, admin.id, true).await;
        assert!(matches!(oneself, Err(Error::Denied(Denial::OfStaff))));
        decide(&admin, bert.id, true).await.unwrap();
        decide(&admin, bert.id, true).await.unwrap();
        let late = try_answer(&world, &bert, thread, reply("late")).await;
        assert!(matches!(late, Err(Error::Denied(Denial::Suspended))));
        decide(&admin, bert.id, false).await.unwrap();
        answer(&world, &bert, thread, "back").await;
        let mut conn = world.read().await;
        let lines = log::node(&mut conn, Page::default()).await.unwrap().items;
        let said: Vec<_> = lines
            .iter()
            .map(|line| (line.act.name(), &*line.reason))
            .collect();
        assert_eq!(said, [("reinstate", ""), ("suspend", "bots")]);
    }
}
