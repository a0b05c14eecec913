//! Boards: making and changing them, their moderators, lists of them, and the threads they show.

use db::{DAY, MINUTE};
use domain::account;
use domain::board::{self, Board, Draft, Order, Patch, Scope, Settings, Sort};
use domain::page::{Cursor, Page, Slice};
use domain::{
    Caller, Denial, Error, Event, Id, Noun, Result, Role, Viewer, follow, log, post, thread, vote,
};

use crate::world::{World, handle, keys};

async fn find(world: &World, name: &str, viewer: &Viewer) -> Board {
    let mut conn = world.read().await;
    board::find(&mut conn, &handle(name), viewer).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn moderators_of_the_node_make_boards() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let draft = Draft {
            name: " Art ".to_owned(),
            title: "Drawn things".to_owned(),
            about: "Bring *your* pencils".to_owned(),
            rules: "Be kind.".to_owned(),
            settings: Settings {
                nsfw: true,
                bump_limit: 10,
                ..Settings::default()
            },
        };
        let made = world
            .write(async |tx| board::create(tx, &admin, draft.clone(), keys()).await)
            .await
            .unwrap();
        assert_eq!(
            made,
            find(&world, "art", &Viewer::Account(admin.clone())).await
        );
        assert_eq!((&*made.name, made.path()), ("art", "/b/art".to_owned()));
        assert_eq!(made.uri, "https://pics.example/b/art");
        assert_eq!(made.settings, draft.settings);
        assert!(made.about_html.contains("<em>your</em>"));
        assert!(made.moderates && made.hue() < 12);
        let member = world.member("bert").await;
        let refused = world
            .write(async |tx| board::create(tx, &member, draft, keys()).await)
            .await;
        assert!(matches!(refused, Err(Error::Denied(Denial::NoBoards))));
        let mut conn = world.read().await;
        let missing = board::find(&mut conn, &handle("bert"), &Viewer::Visitor).await;
        assert!(matches!(missing, Err(Error::Missing(Noun::Board))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_board_come_at_once() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let draft = Draft {
            name: "tag_art".to_owned(),
            title: "x".repeat(101),
            settings: Settings {
                bump_limit: -1,
                ..Settings::default()
            },
            ..Draft::default()
        };
        let refused = world
            .write(async |tx| board::create(tx, &admin, draft, keys()).await)
            .await;
        let Err(Error::Invalid(faults)) = refused else {
            panic!("{refused:?}");
        };
        let fields: Vec<&str> = faults.iter().map(|fault| &*fault.field).collect();
        assert_eq!(fields, ["name", "title", "bump_limit"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_moderators_change_a_board_in_parts() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let change = async |caller: &Caller, patch: Patch| -> Result<Board> {
            world
                .write(async |tx| board::update(tx, caller, &handle("art"), patch).await)
                .await
        };
        let rules = Patch {
            rules: Some("Be kind.".to_owned()),
            require_alt: Some(true),
            ..Patch::default()
        };
        let refused = change(&bert, rules.clone()).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::NotModerator))));
        let name = async |account: Id| {
            world
                .write(async |tx| board::add_moderator(tx, &admin, art.id, account).await)
                .await
        };
        name(bert.id).await.unwrap();
        name(bert.id).await.unwrap();
        let changed = change(&bert, rules).await.unwrap();
        assert_eq!(
            (&*changed.rules, changed.settings.require_alt),
            ("Be kind.", true)
        );
        assert_eq!(changed.title, art.title);
        let noted = Event::ActorChanged { actor: art.id };
        assert!(world.events().await.contains(&noted));
        let too_much = Patch {
            bump_limit: Some(0),
            ..Patch::default()
        };
        assert!(matches!(
            change(&bert, too_much).await,
            Err(Error::Invalid(_))
        ));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn moderators_are_named_and_taken_back() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let (bert, carl) = (world.member("bert").await, world.member("carl").await);
        let zoe = world.stranger("zoe", "far.example").await;
        let art = world.board("art", &admin).await;
        let news = world.far_board("news", "far.example").await;
        for account in [bert.id, zoe.id] {
            world
                .write(async |tx| board::add_moderator(tx, &admin, art.id, account).await)
                .await
                .unwrap();
        }
        let foreign = world
            .write(async |tx| board::add_moderator(tx, &admin, news.id, bert.id).await)
            .await;
        assert!(matches!(foreign, Err(Error::Denied(_))), "{foreign:?}");
        world
            .write(async |tx| board::keep_moderators(tx, news.id, &[zoe.id]).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let named = board::moderators(&mut conn, art.id).await.unwrap();
        let names: Vec<&str> = named.iter().map(|account| &*account.name).collect();
        assert_eq!(names, ["anna", "bert", "zoe"]);
        assert!(board::is_moderator(&mut conn, art.id, &bert).await.unwrap());
        assert!(!board::is_moderator(&mut conn, art.id, &carl).await.unwrap());
        let chief = Caller {
            role: Role::Moderator,
            ..carl.clone()
        };
        assert!(
            board::is_moderator(&mut conn, art.id, &chief)
                .await
                .unwrap()
        );
        assert!(
            !board::is_moderator(&mut conn, news.id, &chief)
                .await
                .unwrap()
        );
        let far = board::is_named_moderator(&mut conn, news.id, zoe.id).await;
        assert!(far.unwrap());
        drop(conn);
        world
            .write(async |tx| board::remove_moderator(tx, &bert, art.id, bert.id).await)
            .await
            .unwrap();
        let again = world
            .write(async |tx| board::remove_moderator(tx, &admin, art.id, bert.id).await)
            .await;
        assert!(matches!(again, Err(Error::Missing(Noun::Account))));
        world
            .write(async |tx| board::keep_moderators(tx, news.id, &[]).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        assert!(!board::is_moderator(&mut conn, art.id, &bert).await.unwrap());
        assert_eq!(board::moderators(&mut conn, news.id).await.unwrap(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_show_up_to_twelve_boards_before_the_others() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let chief = Caller {
            role: Role::Moderator,
            ..bert.clone()
        };
        let feature = async |by: &Caller, name: &str, featured| {
            let patch = Patch {
                featured: Some(featured),
                ..Patch::default()
            };
            let board = handle(name);
            world
                .write(async |tx| board::update(tx, by, &board, patch).await)
                .await
        };
        let shown = async || -> Vec<String> {
            let mut conn = world.read().await;
            let boards = board::featured(&mut conn, &Viewer::Visitor).await.unwrap();
            boards.into_iter().map(|board| board.name).collect()
        };
        let names: Vec<String> = (0..13).map(|n| format!("board{n}")).collect();
        for name in &names {
            // Nobody makes thirteen boards in a day, or changes them in an hour.
            world.advance(DAY);
            world.board(name, &admin).await;
        }
        assert_eq!(shown().await, [""; 0]);
        let denied = feature(&chief, &names[0], true).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotAdmin))));
        // What stays as it is changes nothing: moderators send forms whole.
        assert!(!feature(&chief, &names[0], false).await.unwrap().featured);
        for name in &names[..12] {
            world.advance(DAY);
            assert!(feature(&admin, name, true).await.unwrap().featured);
        }
        let newest_first: Vec<&String> = names[..12].iter().rev().collect();
        assert_eq!(shown().await.iter().collect::<Vec<_>>(), newest_first);
        let Err(Error::Invalid(faults)) = feature(&admin, &names[12], true).await else {
            panic!("a thirteenth board");
        };
        assert_eq!(&*faults[0].field, "featured");
        assert!(feature(&admin, &names[3], true).await.is_ok());
        feature(&admin, &names[3], false).await.unwrap();
        feature(&admin, &names[12], true).await.unwrap();
        assert_eq!(shown().await[0], names[12]);
    }
}

/// The whole of a list, two at a time, and the same backwards.
async fn walk<T>(ask: impl AsyncFn(Page) -> Slice<T>, name: impl Fn(&T) -> String) -> Vec<String> {
    let mut there = Vec::new();
    let mut slice = ask(Page::first(2)).await;
    assert_eq!(slice.prev, None, "nothing is before the beginning");
    loop {
        there.extend(slice.items.iter().map(&name));
        let Some(next) = slice.next.clone() else {
            break;
        };
        assert!(there.len() < 50, "the list does not end: {there:?}");
        slice = ask(Page::asked(Some(2), None, Some(&next))).await;
    }
    let mut back = Vec::new();
    loop {
        back.extend(slice.items.iter().map(&name).rev());
        let Some(prev) = slice.prev.clone() else {
            break;
        };
        slice = ask(Page::asked(Some(2), Some(&prev), None)).await;
    }
    back.reverse();
    assert_eq!(back, there, "the way back is the way there");
    there
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_are_listed_by_scope_and_order() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let viewer = Viewer::Account(admin.clone());
        let mut made = Vec::new();
        for name in ["cats", "art", "dogs", "birds", "eels"] {
            made.push(world.board(name, &admin).await);
            world.advance(MINUTE);
        }
        let news = world.far_board("news", "far.example").await;
        world.far_board("old", "gone.example").await;
        world
            .write(async |tx| {
                domain::actor::mark_deleted(tx, "https://gone.example/b/old").await?;
                follow::set(tx, &admin, made[0].id).await?;
                follow::set(tx, &admin, news.id).await
            })
            .await
            .unwrap();
        for (scope, order, expected) in [
            (Scope::Local, Order::Name, "art birds cats dogs eels"),
            (Scope::Local, Order::New, "eels birds dogs art cats"),
            (Scope::Local, Order::Activity, "eels birds dogs art cats"),
            (Scope::Known, Order::Name, "art birds cats dogs eels news"),
            (Scope::Known, Order::New, "news eels birds dogs art cats"),
            (
                Scope::Known,
                Order::Activity,
                "eels birds dogs art cats news",
            ),
            (Scope::Followed, Order::Name, "cats news"),
            (Scope::Followed, Order::New, "news cats"),
            (Scope::Followed, Order::Activity, "cats news"),
        ] {
            let ask = async |page: Page| {
                let mut conn = world.read().await;
                board::list(&mut conn, scope, order, &viewer, page)
                    .await
                    .unwrap()
            };
            let names = walk(ask, |board| board.name.clone()).await;
            assert_eq!(names.join(" "), expected, "{scope:?} {order:?}");
        }
        let mut conn = world.read().await;
        let page = Page::default();
        let nobodys = board::list(
            &mut conn,
            Scope::Followed,
            Order::New,
            &Viewer::Visitor,
            page,
        );
        assert_eq!(nobodys.await.unwrap().items, []);
        let foreign = Page {
            after: Some(Cursor::new("nonsense")),
            ..Page::default()
        };
        let refused = board::list(&mut conn, Scope::Local, Order::New, &viewer, foreign).await;
        let Err(Error::Invalid(faults)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!((&*faults[0].field, faults[0].code), ("after", "bad_cursor"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_are_listed_in_every_order() {
    for mut world in World::each().await {
        world.set(|site| site.rate_limits = false);
        let admin = world.admin("anna").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let mut threads = Vec::new();
        for at in 0..5 {
            threads.push(world.thread(&admin, &art, &format!("thread {at}")).await);
            world.advance(MINUTE);
        }
        // Thread 1 gets two replies, thread 3 one; then thread 0 is pinned, 3 and 4 liked.
        for (thread, body) in [(1, "one"), (3, "two"), (1, "three")] {
            world.reply(&bert, threads[thread], body).await;
            world.advance(MINUTE);
        }
        world
            .write(async |tx| {
                thread::set_pinned(tx, &admin, threads[0], true).await?;
                vote::set(tx, &admin, threads[3], 1).await?;
                vote::set(tx, &bert, threads[3], 1).await?;
                vote::set(tx, &bert, threads[4], 1).await
            })
            .await
            .unwrap();
        for (sort, expected) in [
            (Sort::Bump, "0 1 3 4 2"),
            (Sort::New, "4 3 2 1 0"),
            (Sort::Replies, "1 3 4 2 0"),
            (Sort::Votes, "3 4 2 1 0"),
        ] {
            let ask = async |page: Page| {
                let mut conn = world.read().await;
                board::threads(&mut conn, &art, sort, &Viewer::Visitor, page)
                    .await
                    .unwrap()
            };
            let number = |summary: &thread::Summary| {
                let at = threads.iter().position(|id| *id == summary.id);
                at.unwrap().to_string()
            };
            assert_eq!(walk(ask, number).await.join(" "), expected, "{sort:?}");
        }
        let mut conn = world.read().await;
        let page = Page::default();
        let with = board::threads(
            &mut conn,
            &art,
            Sort::Replies,
            &Viewer::Visitor,
            page.clone(),
        );
        assert_eq!(with.await.unwrap().items[0].posts.len(), 3);
        let without = board::catalog(&mut conn, &art, Sort::Replies, &Viewer::Visitor, page);
        assert_eq!(without.await.unwrap().items[0].posts.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moderators_do_is_public() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let thread = world.thread(&bert, &art, "hello").await;
        let reply = world.reply(&bert, thread, "spam").await;
        let reason = "advertising";
        world
            .write(async |tx| {
                thread::set_locked(tx, &admin, thread, true).await?;
                post::remove(tx, &admin, reply, reason, false).await
            })
            .await
            .unwrap();
        let ask = async |page: Page| {
            let mut conn = world.read().await;
            log::board(&mut conn, art.id, page).await.unwrap()
        };
        let lines = ask(Page::default()).await.items;
        let said: Vec<_> = lines
            .iter()
            .map(|line| (line.act.name(), &*line.reason))
            .collect();
        assert_eq!(said, [("remove", "advertising"), ("lock", "")]);
        let about = lines[0].post.unwrap();
        assert_eq!((about.id, about.thread_id), (reply, thread));
        assert_eq!((about.no, &*lines[0].actor.name), (Some(2), "anna"));
        assert_eq!(lines[0].at, world.cx.now());
        let acts = walk(ask, |line| line.act.name().to_owned()).await;
        assert_eq!(acts, ["remove", "lock"]);
        let mut conn = world.read().await;
        let page = Page::default();
        let posts = account::posts(&mut conn, bert.id, &Viewer::Visitor, page).await;
        let ids: Vec<Id> = posts.unwrap().items.iter().map(|post| post.id).collect();
        assert_eq!(ids, [thread], "removed posts leave the profile");
    }
}
