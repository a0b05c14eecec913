//! Bans: who imposes them, whom they keep out of what, until when, and what the log says.

use db::DAY;
use domain::ban::{self, Draft, Place};
use domain::page::Page;
use domain::{
    Caller, Denial, Error, Event, Id, Noun, Result, Role, account, attachment, board, log, post,
    report, thread,
};

use crate::ledger::balance;
use crate::scene::{
    answer, arrival, ballot, codes, open, receive, reply, rewrite, try_answer, upload, vote,
};
use crate::world::{World, handle, keys};

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

/// Everything that `who` could do as a moderator of the board of this thread, and of the node.
async fn moderate(world: &World, who: &Caller, thread: Id, whom: Id) -> Vec<Result<()>> {
    let on = crate::scene::see(world, thread).await.board.id;
    let filed = report::Draft {
        target: report::Target::Post(thread),
        reason: "rude".to_owned(),
        forward: false,
    };
    let reporter = Caller {
        id: whom,
        ..who.clone()
    };
    let filed = world.write(async |tx| report::submit(tx, &reporter, filed).await);
    let filed = filed.await.unwrap();
    let mut done = Vec::new();
    for act in 0..10 {
        let write = world.write(async |tx| match act {
            0 => thread::set_locked(tx, who, thread, true).await,
            1 => thread::set_pinned(tx, who, thread, true).await,
            2 => {
                let (board, patch) = (handle("art"), board::Patch::default());
                let changed = board::update(tx, who, &board, patch).await;
                changed.map(drop)
            }
            3 => board::add_moderator(tx, who, on, whom).await,
            4 => board::remove_moderator(tx, who, on, whom).await,
            5 => ban::impose(tx, who, Place::Board(on), whom, Draft::default()).await,
            6 => ban::lift(tx, who, Place::Board(on), whom).await,
            7 => report::decide(tx, who, filed, report::Decision::default()).await,
            8 => thread::relocate(tx, who, thread, &handle("photo")).await,
            _ => post::remove(tx, who, thread, "", false).await,
        });
        done.push(write.await);
    }
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_banned_or_suspended_does_not_moderate() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (mia, bert) = (world.member("mia").await, world.member("bert").await);
        for name in ["art", "photo"] {
            let board = world.board(name, &admin).await.id;
            world
                .write(async |tx| board::add_moderator(tx, &admin, board, mia.id).await)
                .await
                .unwrap();
        }
        let thread = open(&world, &bert, "art", "hello").await;
        impose(&world, &admin, Place::Node, mia.id, None)
            .await
            .unwrap();
        world.events().await;
        for refused in moderate(&world, &mia, thread, bert.id).await {
            assert_eq!(
                banned(refused),
                "This account is banned from this server: spam"
            );
        }
        world
            .write(async |tx| {
                ban::lift(tx, &admin, Place::Node, mia.id).await?;
                account::disable(tx, mia.id).await
            })
            .await
            .unwrap();
        for refused in moderate(&world, &mia, thread, bert.id).await {
            assert!(
                matches!(refused, Err(Error::Denied(Denial::Suspended))),
                "{refused:?}"
            );
        }
        assert_eq!(world.events().await, [], "nothing was done");
        world
            .write(async |tx| account::enable(tx, mia.id).await)
            .await
            .unwrap();
        for done in moderate(&world, &mia, thread, bert.id).await {
            done.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_given_to_somebody_banned_waits_for_the_end_of_the_ban() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let art = world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "hello").await;
        for whom in [bert.id, zoe.id] {
            impose(&world, &admin, Place::Board(art.id), whom, Some(1))
                .await
                .unwrap();
            world
                .write(async |tx| board::add_moderator(tx, &admin, art.id, whom).await)
                .await
                .unwrap();
        }
        let locks = async || {
            let here = world
                .write(async |tx| thread::set_locked(tx, &bert, thread, true).await)
                .await;
            let afar = world
                .write(async |tx| {
                    thread::accept_locked(tx, thread, zoe.id, false, String::new()).await
                })
                .await;
            (here, afar)
        };
        let (here, afar) = locks().await;
        banned(here);
        banned(afar);
        world.advance(DAY);
        let (here, afar) = locks().await;
        here.unwrap();
        assert!(afar.unwrap());

        impose(&world, &admin, Place::Node, bert.id, None)
            .await
            .unwrap();
        let chief = Caller {
            role: Role::Admin,
            ..bert
        };
        let draft = board::Draft {
            name: "cats".to_owned(),
            ..board::Draft::default()
        };
        let founded = world
            .write(async |tx| board::create(tx, &chief, draft, keys()).await)
            .await;
        banned(founded);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_about_a_posted_picture_is_an_edit_of_its_post() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let (posted, loose) = (
            upload(&world, &bert, 1).await,
            upload(&world, &bert, 2).await,
        );
        let mut draft = crate::scene::opening("");
        draft.media = vec![posted];
        crate::scene::try_open(&world, &bert, "art", draft)
            .await
            .unwrap();
        impose(&world, &admin, Place::Board(art.id), bert.id, None)
            .await
            .unwrap();
        let describe = async |id: Id, alt: &str| {
            let patch = attachment::Patch {
                alt: Some(alt.to_owned()),
                ..attachment::Patch::default()
            };
            world
                .write(async |tx| attachment::describe(tx, &bert, id, patch).await)
                .await
        };
        assert_eq!(
            banned(describe(posted, "an insult").await),
            "This account is banned from /art/: spam"
        );
        describe(loose, "for another board").await.unwrap();
        world
            .write(async |tx| {
                ban::lift(tx, &admin, Place::Board(art.id), bert.id).await?;
                account::disable(tx, bert.id).await
            })
            .await
            .unwrap();
        let suspended = describe(posted, "an insult").await;
        assert!(matches!(suspended, Err(Error::Denied(Denial::Suspended))));
    }
}
