//! What other servers say about their actors, and what they may not say.

use domain::account::{self, Kind, State};
use domain::actor::{self, BoardFacts, Remote};
use domain::board::{self, Posting};
use domain::{Clash, Error, Event, Handle, Id, Noun, Result, Viewer, attachment, follow};

use crate::world::{World, handle, keys, remote};
use crate::{ledger, scene};

async fn keep(world: &World, remote: Remote) -> Result<account::Account> {
    world.write(async |tx| actor::keep(tx, remote).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_account_is_kept_and_kept_again() {
    for world in World::each().await {
        let mut said = remote(Kind::Person, "Zoe", "Far.Example");
        said.title = "Zoe \u{202e}\0".to_owned();
        said.about = "hi\0".to_owned();
        said.about_html = "<p>hi\0<script>alert(1)</script></p>".to_owned();
        said.fields = vec![(
            "web".to_owned(),
            "<a href='https://z.example'>z</a>".to_owned(),
        )];
        let first = keep(&world, said.clone()).await.unwrap();
        assert_eq!(first.acct(), "Zoe@far.example");
        assert_eq!(first.title, "Zoe");
        assert!(!first.about_html.contains("script"), "{}", first.about_html);
        assert_eq!(first.fields, [("web".to_owned(), "z".to_owned())]);
        said.title = "Zoe the second".to_owned();
        let second = keep(&world, said).await.unwrap();
        assert_eq!((second.id, &*second.title), (first.id, "Zoe the second"));
        let mut conn = world.read().await;
        let found = account::find(&mut conn, &handle("Zoe@far.example")).await;
        assert_eq!(found.unwrap(), second);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_board_gets_a_board_of_its_own() {
    for world in World::each().await {
        let mut said = remote(Kind::Board, "art", "far.example");
        said.board = Some(BoardFacts {
            rules: "Be kind.".to_owned(),
            nsfw: true,
            posting: Posting::Moderators,
            ..BoardFacts::default()
        });
        let actor = keep(&world, said.clone()).await.unwrap();
        said.board = Some(BoardFacts::default());
        let mut conn = world.read().await;
        let of = &handle("!art@far.example");
        let found = board::find(&mut conn, of, &Viewer::Visitor).await.unwrap();
        assert_eq!(
            (found.id, found.path()),
            (actor.id, "/b/art@far.example".to_owned())
        );
        assert_eq!((&*found.rules, found.settings.nsfw), ("Be kind.", true));
        assert_eq!(found.settings.posting, Posting::Moderators);
        let no_account = account::find(&mut conn, of).await;
        assert!(matches!(no_account, Err(Error::Missing(Noun::Account))));
        drop(conn);
        keep(&world, said).await.unwrap();
        let mut conn = world.read().await;
        let again = board::by_id(&mut conn, actor.id, &Viewer::Visitor)
            .await
            .unwrap();
        assert!(!again.settings.nsfw);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_document_of_another_server_changes_one_of_ours() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let mut by_uri = remote(Kind::Person, "anna", "far.example");
        by_uri.uri = "https://pics.example/u/anna".to_owned();
        let mut by_new_uri = by_uri.clone();
        by_new_uri.uri = "https://PICS.example:443/u/bert".to_owned();
        let mut by_host = remote(Kind::Person, "anna", "far.example");
        by_host.host = "Pics.Example".to_owned();
        let mut by_no_host = by_host.clone();
        by_no_host.host = String::new();
        for said in [by_uri, by_new_uri, by_host, by_no_host] {
            let uri = said.uri.clone();
            let refused = keep(&world, said).await;
            assert!(
                matches!(refused, Err(Error::Invalid(_))),
                "{uri}: {refused:?}"
            );
        }
        world
            .write(async |tx| actor::mark_deleted(tx, "https://pics.example/u/anna").await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let account = account::by_id(&mut conn, anna.id).await.unwrap();
        assert_eq!((account.state, &*account.host), (State::Active, ""));
        assert!(actor::key(&mut conn, anna.id).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handle_passes_only_between_actors_of_one_server() {
    for world in World::each().await {
        let old = world.stranger("zoe", "far.example").await;
        let mut thief = remote(Kind::Person, "zoe", "evil.example");
        thief.host = "far.example".to_owned();
        let refused = keep(&world, thief).await;
        assert!(
            matches!(refused, Err(Error::Conflict(Clash::NameTaken))),
            "{refused:?}"
        );
        let mut anew = remote(Kind::Person, "zoe", "far.example");
        anew.uri = "https://far.example/actors/77".to_owned();
        let new = keep(&world, anew).await.unwrap();
        assert_ne!(new.id, old.id);
        let mut conn = world.read().await;
        let found = account::find(&mut conn, &handle("zoe@far.example")).await;
        assert_eq!(found.unwrap().id, new.id);
        let past = account::by_uri(&mut conn, &old.uri).await.unwrap().unwrap();
        assert_eq!(past.id, old.id);
        assert_ne!(past.name, "zoe");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_actor_stays_what_it_is_and_is_called_something() {
    for world in World::each().await {
        world.stranger("zoe", "far.example").await;
        let mut turned = remote(Kind::Board, "zoe", "far.example");
        turned.uri = "https://far.example/u/zoe".to_owned();
        let long = "x".repeat(300);
        let unnamed = |name: &str| remote(Kind::Person, name, "far.example");
        let mut nowhere = remote(Kind::Person, "bob", "far.example");
        nowhere.inbox = "javascript:alert(1)".to_owned();
        let mut cut = remote(Kind::Person, "cut", "far.example");
        cut.followers = Some("https://far.example/\0".to_owned());
        for said in [
            turned,
            unnamed("a/b"),
            unnamed(""),
            unnamed(&long),
            nowhere,
            cut,
        ] {
            let name = said.name.clone();
            let refused = keep(&world, said).await;
            assert!(
                matches!(refused, Err(Error::Invalid(_))),
                "{name}: {refused:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_keep_the_same_actor_once() {
    for world in World::each().await {
        let said = || remote(Kind::Person, "zoe", "far.example");
        let (one, other) = tokio::join!(keep(&world, said()), keep(&world, said()));
        assert_eq!(one.unwrap().id, other.unwrap().id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_actor_is_gone_and_follows_nobody() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let art = world.board("art", &admin).await;
        let zoe = world.stranger("zoe", "far.example").await;
        world
            .write(async |tx| {
                follow::arrived(tx, zoe.id, art.id, "https://far.example/1", String::new()).await
            })
            .await
            .unwrap();
        for _ in 0..2 {
            world
                .write(async |tx| actor::mark_deleted(tx, &zoe.uri).await)
                .await
                .unwrap();
        }
        let mut conn = world.read().await;
        let board = board::by_id(&mut conn, art.id, &Viewer::Visitor)
            .await
            .unwrap();
        assert_eq!(board.follower_count, 0);
        assert_eq!(
            follow::follower_inboxes(&mut conn, art.id).await.unwrap(),
            []
        );
        let key_id = "https://far.example/u/zoe#main-key";
        let key = actor::public_key_of(&mut conn, key_id).await.unwrap();
        assert_eq!(key, None);
        let gone = account::find(&mut conn, &handle("zoe@far.example")).await;
        assert!(matches!(gone, Err(Error::Gone(Noun::Account))));
        drop(conn);
        let back = keep(&world, remote(Kind::Person, "zoe", "far.example")).await;
        assert!(matches!(back, Err(Error::Gone(Noun::Account))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_found_by_id_and_only_ours_sign() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let mut conn = world.read().await;
        let ours = actor::key(&mut conn, anna.id).await.unwrap();
        assert_eq!(ours.key_id, "https://pics.example/u/anna#main-key");
        assert_eq!(ours.private_pem, keys().private_pem);
        assert!(actor::key(&mut conn, zoe.id).await.is_err());
        let theirs = actor::public_key_of(&mut conn, "https://far.example/u/zoe#main-key").await;
        let theirs = theirs.unwrap().unwrap();
        assert_eq!((theirs.actor, theirs.uri), (zoe.id, zoe.uri.clone()));
        assert_eq!(theirs.refreshed_at, world.cx.now());
        drop(conn);
        world.advance(db::DAY);
        world
            .write(async |tx| actor::mark_refreshed(tx, &zoe.uri).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let row = actor::row(&mut conn, &zoe.uri).await.unwrap().unwrap();
        assert_eq!(row.refreshed_at, world.cx.now());
        let inboxes = actor::inboxes(&mut conn, &[anna.id, zoe.id]).await.unwrap();
        let shared = (
            "far.example".to_owned(),
            "https://far.example/inbox".to_owned(),
        );
        assert_eq!(inboxes, [shared]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_node_itself_is_made_once_and_answers_to_its_host() {
    for world in World::each().await {
        let make = async || {
            world
                .write(async |tx| actor::instance(tx, keys()).await)
                .await
        };
        let first = make().await.unwrap();
        let second = make().await.unwrap();
        assert_eq!(first, second);
        assert_eq!(first.uri, "https://pics.example/");
        let mut conn = world.read().await;
        let row = actor::by_handle(&mut conn, &Handle::local("pics.example")).await;
        let row = row.unwrap().unwrap();
        assert_eq!((row.kind, row.id), (Kind::Instance, first.id));
        assert_eq!(row.inbox, "https://pics.example/inbox");
        assert_eq!(row.key_id, "https://pics.example/#main-key");
        assert_eq!(actor::own(&mut conn).await.unwrap(), Some(first));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_picture_is_wanted_once_and_shown_when_it_is_here() {
    for world in World::each().await {
        let with = |url: Option<&str>| Remote {
            avatar_url: url.map(str::to_owned),
            ..remote(Kind::Person, "zoe", "far.example")
        };
        let wanted = async || match world.events().await.as_slice() {
            [Event::MediaWanted { attachment }] => *attachment,
            other => panic!("one picture is wanted: {other:?}"),
        };
        let fetched = async |attachment: Id, seed: u8| {
            let picture = scene::picture(seed);
            world
                .write(async |tx| attachment::fetched(tx, attachment, picture).await)
                .await
                .unwrap();
        };
        let first = Some("https://far.example/one.png");
        let zoe = keep(&world, with(first)).await.unwrap();
        let one = wanted().await;
        let again = keep(&world, with(first)).await.unwrap();
        assert_eq!((again.avatar, world.events().await), (None, vec![]));
        fetched(one, 1).await;
        let shown = keep(&world, with(first)).await.unwrap();
        assert_eq!(shown.avatar, Some(scene::picture(1).sha256));

        keep(&world, with(Some("https://far.example/two.png")))
            .await
            .unwrap();
        let two = wanted().await;
        let third = keep(&world, with(Some("https://far.example/three.png"))).await;
        assert_eq!(third.unwrap().avatar, None);
        let three = wanted().await;
        fetched(three, 3).await;
        fetched(two, 2).await;
        ledger::balance(&world).await;
        let mut conn = world.read().await;
        let late = account::by_id(&mut conn, zoe.id).await.unwrap();
        assert_eq!(
            late.avatar,
            Some(scene::picture(3).sha256),
            "an old one is late"
        );
        drop(conn);

        for none in [None, Some("javascript:alert(1)")] {
            let none = keep(&world, with(none)).await.unwrap();
            assert_eq!((none.avatar, world.events().await), (None, vec![]));
        }
        ledger::balance(&world).await;
    }
}
