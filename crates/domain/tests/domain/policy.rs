//! Suspended servers: nothing of them is taken, shown or served, and everything is there again when they are opened.

use domain::actor::Remote;
use domain::delivery::{self, Inbox};
use domain::page::Page;
use domain::peer::{self, Policy};
use domain::{
    Caller, Denial, Error, Event, Id, Noun, Result, Viewer, account, actor, attachment, board,
};
use domain::{feed, log, post, thread, vote};

use crate::ledger::balance;
use crate::scene::{
    answer, answering, arrival, codes, open, picture, receive, received, remote_picture, see, visit,
};
use crate::world::{World, handle, remote};

async fn set(world: &World, by: &Caller, host: &str, policy: Policy) -> Result<()> {
    world
        .write(async |tx| peer::set_policy(tx, by, host, policy, "spam").await)
        .await
}

fn is_suspended<T: std::fmt::Debug>(result: &Result<T>) {
    assert!(
        matches!(result, Err(Error::Denied(Denial::PeerSuspended))),
        "{result:?}"
    );
}

async fn ids(world: &World) -> Vec<domain::Id> {
    let mut conn = world.read().await;
    let all = feed::all(&mut conn, &Viewer::Visitor, Page::default()).await;
    all.unwrap().items.iter().map(|thread| thread.id).collect()
}

#[expect(
    clippy::too_many_lines,
    reason = "one thing of the server after the other"
)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_suspended_server_is_shown_and_all_of_it_comes_back() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let news = world.far_board("news", "far.example").await;
        let zoe = world.stranger("zoe", "far.example").await;
        let other = world.stranger("yan", "third.example").await;
        let own = open(&world, &admin, "art", "ours").await;
        let mut answered = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "secret");
        answered.subject = Some("Secret".to_owned());
        answered.media = vec![remote_picture("https://far.example/1.png")];
        let answered = received(&world, answered).await;
        let reply = answer(&world, &admin, answered, "an answer").await;
        let lonely = arrival(&world, "https://far.example/p/2", zoe.id, art.id, "alone");
        let lonely = received(&world, lonely).await;
        let theirs = arrival(
            &world,
            "https://third.example/p/3",
            other.id,
            news.id,
            "on news",
        );
        let theirs = received(&world, theirs).await;
        let image = see(&world, answered).await.media[0].id;
        world
            .write(async |tx| attachment::fetched(tx, image, picture(9)).await)
            .await
            .unwrap();
        let sha = picture(9).sha256;
        let served = async || {
            let mut conn = world.read().await;
            attachment::by_sha(&mut conn, &sha).await.unwrap().is_some()
        };
        assert!(served().await);
        let revision = visit(&world, answered).await.revision;

        set(&world, &admin, "FAR.example", Policy::Suspended)
            .await
            .unwrap();
        balance(&world).await;
        assert!(!served().await);
        assert_eq!(ids(&world).await, [own, answered]);
        let seen = see(&world, answered).await;
        assert!(seen.deleted.unwrap().withheld);
        assert_eq!(
            (seen.body, seen.subject, seen.media.len()),
            (String::new(), None, 0)
        );
        assert!(visit(&world, answered).await.revision > revision);
        assert_eq!(see(&world, reply).await.body, "an answer");
        let mut conn = world.read().await;
        let viewer = Viewer::Visitor;
        is_suspended(&post::find(&mut conn, answered, &viewer).await);
        is_suspended(&thread::view(&mut conn, lonely, &viewer).await);
        is_suspended(&thread::view(&mut conn, theirs, &viewer).await);
        is_suspended(&account::find(&mut conn, &handle("zoe@far.example")).await);
        is_suspended(&board::find(&mut conn, &handle("news@far.example"), &viewer).await);
        let known = board::list(
            &mut conn,
            board::Scope::Known,
            board::Order::Activity,
            &viewer,
            Page::default(),
        );
        assert_eq!(known.await.unwrap().items.len(), 1);
        assert_eq!(
            board::find(&mut conn, &handle("art"), &viewer)
                .await
                .unwrap()
                .thread_count,
            2
        );
        drop(conn);
        // More answers by others do not bring it back.
        let more = arrival(
            &world,
            "https://third.example/p/4",
            other.id,
            art.id,
            "more",
        );
        received(&world, answering(more, "https://far.example/p/2")).await;
        assert_eq!(ids(&world).await, [own, answered]);
        balance(&world).await;

        set(&world, &admin, "far.example", Policy::Open)
            .await
            .unwrap();
        balance(&world).await;
        assert!(served().await);
        assert_eq!(ids(&world).await.len(), 4);
        assert_eq!(see(&world, answered).await.body, "secret");
        let mut conn = world.read().await;
        assert!(
            account::find(&mut conn, &handle("zoe@far.example"))
                .await
                .is_ok()
        );
        let lines = log::node(&mut conn, Page::default()).await.unwrap().items;
        let said: Vec<_> = lines
            .iter()
            .map(|line| (line.act.name(), &*line.subject, &*line.reason))
            .collect();
        let host = "far.example";
        assert_eq!(
            said,
            [("open_peer", host, "spam"), ("suspend_peer", host, "spam")]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_answers_and_likes_of_a_suspended_server_are_withheld_too() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let zoe = world.stranger("zoe", "far.example").await;
        let own = open(&world, &admin, "art", "ours").await;
        let own_uri = see(&world, own).await.uri;
        let theirs = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "secret");
        let theirs = received(&world, answering(theirs, &own_uri)).await;
        crate::scene::ballot(&world, zoe.id, own, 1, world.cx.now())
            .await
            .unwrap();
        let seen = async || {
            let mut conn = world.read().await;
            let answers = post::answers(&mut conn, own, 9).await.unwrap();
            let likers = vote::likers(&mut conn, own, Page::default()).await.unwrap();
            (answers, likers.items.len())
        };
        let versions = async || {
            let mut conn = world.read().await;
            let (order, page) = (post::Order::Oldest, Page::default());
            post::history(&mut conn, theirs, order, page).await
        };
        let all = (vec!["https://far.example/p/1".to_owned()], 1);
        assert_eq!(seen().await, all);

        set(&world, &admin, "far.example", Policy::Suspended)
            .await
            .unwrap();
        is_suspended(&versions().await);
        assert_eq!(seen().await, (Vec::new(), 0));

        set(&world, &admin, "far.example", Policy::Open)
            .await
            .unwrap();
        assert_eq!(versions().await.unwrap().items[0].body, "secret");
        assert_eq!(seen().await, all);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_name_people_of_a_suspended_server_and_show_nothing_they_say() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let mut zoe = remote(account::Kind::Person, "zoe", "far.example");
        zoe.title = "Buy at spam.example".to_owned();
        zoe.about = "secret".to_owned();
        zoe.about_html = "<p>secret</p>".to_owned();
        zoe.fields = vec![("Shop".to_owned(), "spam.example".to_owned())];
        let zoe = world.write(async |tx| actor::keep(tx, zoe).await).await;
        let zoe = zoe.unwrap().id;
        world
            .write(async |tx| board::add_moderator(tx, &admin, art.id, zoe).await)
            .await
            .unwrap();
        let listed = async || {
            let mut conn = world.read().await;
            let named = board::moderators(&mut conn, art.id).await.unwrap();
            let lines = log::board(&mut conn, art.id, Page::default()).await;
            let line = lines.unwrap().items.remove(0);
            (named[1].clone(), line.account.unwrap())
        };
        let before = listed().await;
        assert_eq!(before.0.title, "Buy at spam.example");

        set(&world, &admin, "far.example", Policy::Suspended)
            .await
            .unwrap();
        let (named, logged) = listed().await;
        assert_eq!((&*named.acct(), &*named.title), ("zoe@far.example", ""));
        assert_eq!((&*named.about, &*named.about_html), ("", ""));
        assert!(named.fields.is_empty());
        assert_eq!(*logged, named);
        is_suspended(&account::shown(&mut *world.read().await, zoe).await);

        set(&world, &admin, "far.example", Policy::Open)
            .await
            .unwrap();
        assert_eq!(listed().await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_a_suspended_server_is_seen_as_its_post_is() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let zoe = world.stranger("zoe", "far.example").await;
        let mut post = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "look");
        post.media = vec![remote_picture("https://far.example/1.png")];
        let post = received(&world, post).await;
        let image = see(&world, post).await.media[0].id;
        let viewed = async || {
            let mut conn = world.read().await;
            attachment::view(&mut conn, image, &Viewer::Visitor).await
        };
        assert_eq!(viewed().await.unwrap().alt, "from afar");
        set(&world, &admin, "far.example", Policy::Suspended)
            .await
            .unwrap();
        is_suspended(&viewed().await);
        set(&world, &admin, "far.example", Policy::Open)
            .await
            .unwrap();
        assert_eq!(viewed().await.unwrap().id, image);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_suspended_server_is_taken() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let zoe = world.stranger("zoe", "far.example").await;
        let own = open(&world, &admin, "art", "ours").await;
        set(&world, &admin, "far.example", Policy::Suspended)
            .await
            .unwrap();
        let post = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "hi");
        assert!(matches!(
            receive(&world, post).await,
            Err(Error::Denied(Denial::Suspended))
        ));
        let voted = crate::scene::ballot(&world, zoe.id, own, 1, world.cx.now()).await;
        assert!(matches!(voted, Err(Error::Denied(Denial::Suspended))));
        let fresh = remote(account::Kind::Person, "new", "far.example");
        let kept = world.write(async |tx| actor::keep(tx, fresh).await).await;
        is_suspended(&kept);
        let followed = world
            .write(async |tx| domain::follow::set(tx, &bert, zoe.id).await)
            .await;
        is_suspended(&followed);
        set(&world, &admin, "far.example", Policy::Open)
            .await
            .unwrap();
        let post = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "hi");
        received(&world, post).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_deletions_wait_for_a_suspended_server() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let queue = async |uri: &str, until| {
            let inbox = Inbox {
                host: "far.example".to_owned(),
                url: "https://far.example/inbox".to_owned(),
            };
            let write = world.write(async |tx| {
                let id = tx.id();
                let draft = domain::activity::Draft {
                    id,
                    uri,
                    actor: admin.id,
                    kind: "Create",
                    post: None,
                    body: "{}",
                };
                domain::activity::keep(tx, draft).await?;
                delivery::enqueue(tx, id, id, &[inbox], until).await
            });
            write.await.unwrap();
        };
        let soon = world.cx.now().plus(db::DAY);
        let never = domain::Timestamp::NEVER;
        queue("https://pics.example/1", soon).await;
        queue("https://pics.example/2", never).await;
        set(&world, &admin, "far.example", Policy::Suspended)
            .await
            .unwrap();
        queue("https://pics.example/3", soon).await;
        queue("https://pics.example/4", never).await;
        let mut conn = world.read().await;
        let now = world.cx.now();
        assert!(
            delivery::peers_due(&mut conn, now, 9)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(delivery::pending(&mut conn).await.unwrap(), 2);
        drop(conn);
        // Nor does who was sending to it already find anything more.
        assert_eq!(waiting(&world).await, 0);
        set(&world, &admin, "far.example", Policy::Open)
            .await
            .unwrap();
        let mut conn = world.read().await;
        assert_eq!(
            delivery::peers_due(&mut conn, now, 9).await.unwrap(),
            ["far.example"]
        );
        drop(conn);
        assert_eq!(waiting(&world).await, 2);
        let heard = world.write(async |tx| peer::succeeded(tx, "far.example").await);
        assert_eq!(heard.await.unwrap(), Policy::Open);
        set(&world, &admin, "far.example", Policy::Suspended)
            .await
            .unwrap();
        let heard = world.write(async |tx| peer::succeeded(tx, "far.example").await);
        assert_eq!(heard.await.unwrap(), Policy::Suspended);
    }
}

/// How much whoever sends to the server far away has to send.
async fn waiting(world: &World) -> usize {
    let mut conn = world.read().await;
    let due = delivery::waiting(&mut conn, "far.example", 0, 9).await;
    due.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_a_suspended_server_wait_wherever_they_lie() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let art = world.board("art", &admin).await;
        let zoe = Remote {
            avatar_url: Some("https://cdn.example/zoe.png".to_owned()),
            ..remote(account::Kind::Person, "zoe", "far.example")
        };
        let zoe = world.write(async |tx| actor::keep(tx, zoe).await).await;
        let zoe = zoe.unwrap();
        let mut post = arrival(&world, "https://far.example/p/1", zoe.id, art.id, "look");
        let address = |n: u8| format!("https://cdn.example/{n}.png");
        post.media = (1..4).map(|n| remote_picture(&address(n))).collect();
        let post = received(&world, post).await;
        let media: Vec<_> = see(&world, post).await.media.iter().map(|m| m.id).collect();
        let asked = wanted(&world).await;
        let face = asked[0];
        assert_eq!(asked[1..], media);
        let address_of = async |id| {
            let mut conn = world.read().await;
            attachment::wanted(&mut conn, id).await.unwrap()
        };
        let fetch = async |id, seed| {
            world
                .write(async |tx| attachment::fetched(tx, id, picture(seed)).await)
                .await
                .unwrap();
        };
        let is_served = async |seed| {
            let mut conn = world.read().await;
            let file = attachment::by_sha(&mut conn, &picture(seed).sha256).await;
            file.unwrap().is_some()
        };
        fetch(media[0], 1).await;
        assert!(is_served(1).await);

        set(&world, &admin, "far.example", Policy::Suspended)
            .await
            .unwrap();
        for id in [face, media[1], media[2]] {
            assert_eq!(address_of(id).await, None, "it is not asked for");
        }
        // What was under way then is not shown; one of them is a file that is here already.
        fetch(media[1], 2).await;
        fetch(media[2], 1).await;
        fetch(face, 3).await;
        world
            .write(async |tx| attachment::failed(tx, media[1], "late").await)
            .await
            .unwrap();
        for seed in [1, 2, 3] {
            assert!(!is_served(seed).await, "{seed}");
        }
        balance(&world).await;
        assert!(wanted(&world).await.is_empty());

        set(&world, &admin, "far.example", Policy::Open)
            .await
            .unwrap();
        assert_eq!(wanted(&world).await, [face, media[1], media[2]]);
        assert_eq!(address_of(media[1]).await, Some(address(2)));
        fetch(media[1], 2).await;
        fetch(media[2], 1).await;
        fetch(face, 3).await;
        for seed in [1, 2, 3] {
            assert!(is_served(seed).await, "{seed}");
        }
        let states: Vec<_> = see(&world, post)
            .await
            .media
            .iter()
            .map(|m| m.state)
            .collect();
        assert_eq!(states, [attachment::State::Ready; 3]);
        balance(&world).await;
    }
}

/// The pictures that were asked for since this was asked last.
async fn wanted(world: &World) -> Vec<Id> {
    let events = world.events().await;
    let wanted = events.iter().filter_map(|event| match event {
        Event::MediaWanted { attachment } => Some(*attachment),
        _ => None,
    });
    wanted.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_decide_about_servers_other_than_this_one() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let denied = set(&world, &bert, "far.example", Policy::Suspended).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotAdmin))));
        let own = set(&world, &admin, "pics.example", Policy::Suspended).await;
        assert_eq!(codes(own), [("host".to_owned(), "own")]);
        for none in [
            "",
            "far example",
            "https://far.example",
            "far.example/x",
            "a@b",
        ] {
            let result = set(&world, &admin, none, Policy::Suspended).await;
            assert!(matches!(result, Err(Error::Missing(Noun::Peer))), "{none}");
        }
        let unknown = set(&world, &admin, "new.example", Policy::Open).await;
        assert!(matches!(unknown, Err(Error::Missing(Noun::Peer))));
        set(&world, &admin, "new.example:8443", Policy::Suspended)
            .await
            .unwrap();
        let mut conn = world.read().await;
        assert!(
            peer::is_suspended(&mut conn, "new.example:8443")
                .await
                .unwrap()
        );
    }
}
