//! Pictures: uploads, the counting of files, and what is swept.

use db::{DAY, HOUR};
use domain::attachment::{self, Meta, Patch, State};
use domain::{Caller, Clash, Denial, Error, Event, Id, Noun, Role, Viewer, account, board, post};

use crate::ledger::{balance, shown};
use crate::scene::{
    arrival, codes, delete, open, opening, picture, received, remote_picture, reply, see,
    try_answer, try_open, upload, visit,
};
use crate::world::World;

async fn posted(world: &World, who: &Caller, thread: Id, media: Vec<Id>) -> Id {
    let draft = post::Draft { media, ..reply("") };
    try_answer(world, who, thread, draft).await.unwrap()
}

async fn sweep(world: &World) -> Vec<String> {
    world
        .write(async |tx| attachment::sweep(tx).await)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_counted_from_upload_to_sweep() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let (one, two) = (
            upload(&world, &anna, 1).await,
            upload(&world, &admin, 1).await,
        );
        assert_eq!(shown(&world, 1).await, Some(2));
        let first = posted(&world, &anna, thread, vec![one]).await;
        let second = posted(&world, &admin, thread, vec![two]).await;
        assert_eq!(visit(&world, thread).await.media_count, 2);
        assert_eq!(see(&world, first).await.media[0].renditions.len(), 2);

        delete(&world, &anna, first).await.unwrap();
        assert_eq!(shown(&world, 1).await, Some(1));
        assert_eq!(visit(&world, thread).await.media_count, 1);
        delete(&world, &admin, second).await.unwrap();
        assert_eq!(shown(&world, 1).await, Some(0));
        balance(&world).await;

        assert_eq!(sweep(&world).await, Vec::<String>::new());
        world.advance(HOUR + 1);
        assert_eq!(sweep(&world).await, [picture(1).sha256]);
        assert_eq!(shown(&world, 1).await, None);
        let mut conn = world.read().await;
        let found = attachment::by_sha(&mut conn, &picture(1).sha256).await;
        assert_eq!(found.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn loose_uploads_wait_a_day() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let id = upload(&world, &anna, 1).await;
        let mut conn = world.read().await;
        let mine = Viewer::Account(anna.clone());
        assert_eq!(attachment::view(&mut conn, id, &mine).await.unwrap().id, id);
        let hidden = attachment::view(&mut conn, id, &Viewer::Visitor).await;
        assert!(matches!(hidden, Err(Error::Missing(Noun::Media))));
        drop(conn);
        let thrown = upload(&world, &anna, 2).await;
        world
            .write(async |tx| attachment::discard(tx, &anna, thrown).await)
            .await
            .unwrap();
        assert_eq!(shown(&world, 2).await, Some(0));
        world.advance(DAY - HOUR);
        assert_eq!(sweep(&world).await, [picture(2).sha256]);
        world.advance(HOUR + 1);
        assert_eq!(sweep(&world).await, Vec::<String>::new());
        let mut conn = world.read().await;
        let gone = attachment::find(&mut conn, id).await;
        assert!(matches!(gone, Err(Error::Missing(Noun::Media))));
        drop(conn);
        world.advance(HOUR + 1);
        assert_eq!(sweep(&world).await, [picture(1).sha256]);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_loose_uploads_of_the_author_are_posted() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let mine = upload(&world, &anna, 1).await;
        let used = upload(&world, &anna, 2).await;
        let theirs = upload(&world, &admin, 3).await;
        posted(&world, &anna, thread, vec![used]).await;
        let draft = post::Draft {
            media: vec![mine, mine, used, theirs],
            ..reply("x")
        };
        let found = codes(try_answer(&world, &anna, thread, draft).await);
        let found: Vec<_> = found.iter().map(|(_, code)| *code).collect();
        assert_eq!(found, ["repeated", "attached", "unknown"]);
        let draft = post::Draft {
            media: vec![1, 2, 3, 4, 5],
            ..reply("x")
        };
        let found = codes(try_answer(&world, &anna, thread, draft).await);
        assert_eq!(found, [("media".to_owned(), "too_many")]);
        let attached = world
            .write(async |tx| attachment::discard(tx, &anna, used).await)
            .await;
        assert!(matches!(attached, Err(Error::Conflict(Clash::Attached))));
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_may_ask_for_descriptions() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let strict = board::Patch {
            require_alt: Some(true),
            ..board::Patch::default()
        };
        let handle = domain::Handle::local("art");
        world
            .write(async |tx| board::update(tx, &admin, &handle, strict).await)
            .await
            .unwrap();
        let bare = world
            .write(async |tx| attachment::upload(tx, &admin, picture(1), Meta::default()).await)
            .await
            .unwrap();
        let draft = || domain::thread::Draft {
            media: vec![bare],
            ..opening("")
        };
        let found = codes(try_open(&world, &admin, "art", draft()).await);
        assert_eq!(found, [("media".to_owned(), "alt_required")]);
        let say = |alt: &str| Patch {
            alt: Some(alt.to_owned()),
            ..Patch::default()
        };
        let describe = async |who: &Caller, patch: Patch| {
            world
                .write(async |tx| attachment::describe(tx, who, bare, patch).await)
                .await
        };
        let anna = world.member("anna").await;
        let missing = describe(&anna, say("not mine")).await;
        assert!(matches!(missing, Err(Error::Missing(Noun::Media))));
        describe(&admin, say(" a \u{202e}cat ")).await.unwrap();
        let id = try_open(&world, &admin, "art", draft()).await.unwrap();
        assert_eq!(see(&world, id).await.media[0].alt, "a cat");
        world.events().await;
        let revision = visit(&world, id).await.revision;

        describe(&admin, say("a tabby cat")).await.unwrap();
        describe(&admin, say("a tabby cat")).await.unwrap();
        assert_eq!(visit(&world, id).await.revision, revision + 1);
        let edited = Event::PostEdited {
            post: id,
            activity: None,
        };
        assert_eq!(world.events().await, [edited]);
        let focus = Patch {
            focus: Some((2.0, 0.0)),
            ..say(&"a".repeat(5_001))
        };
        let found = codes(describe(&admin, focus).await);
        let expected = [("alt", "too_long"), ("focus", "out_of_range")];
        assert_eq!(
            found,
            expected.map(|(field, code)| (field.to_owned(), code))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_pictures_are_fetched_or_given_up() {
    for world in World::each().await {
        let far = world.stranger("bea", "far.example").await;
        let board = world.far_board("pics", "far.example").await;
        let url = |n: u8| format!("https://far.example/m/{n}");
        let uri = "https://far.example/p/1";
        let mut sent = arrival(&world, uri, far.id, board.id, "look");
        sent.media = vec![remote_picture(&url(1)), remote_picture(&url(2))];
        let id = received(&world, sent).await;
        let media = see(&world, id).await.media;
        assert_eq!((media[0].state, media[0].url()), (State::Pending, None));
        assert_eq!(media[0].width, Some(640));
        let revision = visit(&world, id).await.revision;
        let wanted = async |id| {
            let mut conn = world.read().await;
            attachment::wanted(&mut conn, id).await.unwrap()
        };
        assert_eq!(wanted(media[0].id).await, Some(url(1)));
        let fetch = async |id, seed| {
            world
                .write(async |tx| attachment::fetched(tx, id, picture(seed)).await)
                .await
                .unwrap();
        };
        fetch(media[0].id, 1).await;
        fetch(media[0].id, 1).await;
        world
            .write(async |tx| attachment::failed(tx, media[1].id, "410").await)
            .await
            .unwrap();
        let seen = see(&world, id).await.media;
        assert_eq!((seen[0].state, seen[0].width), (State::Ready, Some(800)));
        assert_eq!(
            (seen[1].state, seen[1].mime.as_str()),
            (State::Failed, "image/jpeg")
        );
        assert_eq!(
            (wanted(media[0].id).await, wanted(media[1].id).await),
            (None, None)
        );
        assert_eq!(visit(&world, id).await.revision, revision + 2);
        assert_eq!(shown(&world, 1).await, Some(1));

        world
            .write(async |tx| post::accept_delete(tx, uri, None).await)
            .await
            .unwrap();
        fetch(media[1].id, 2).await;
        assert_eq!(
            (shown(&world, 1).await, shown(&world, 2).await),
            (Some(0), Some(0))
        );
        world.advance(2 * HOUR);
        let mut swept = sweep(&world).await;
        swept.sort_unstable();
        assert_eq!(swept, [picture(1).sha256, picture(2).sha256]);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_can_take_the_file_from_every_post() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let anna = world.member("anna").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "first").await;
        let mut posts = Vec::new();
        for _ in 0..3 {
            let one = upload(&world, &anna, 1).await;
            posts.push(posted(&world, &anna, thread, vec![one]).await);
        }
        let remove = async |id, with_media| {
            world
                .write(async |tx| post::remove(tx, &admin, id, "", with_media).await)
                .await
                .unwrap();
        };
        remove(posts[0], false).await;
        assert_eq!(shown(&world, 1).await, Some(2));
        assert_eq!(see(&world, posts[1]).await.media[0].state, State::Ready);
        remove(posts[1], true).await;
        assert_eq!(shown(&world, 1).await, Some(0));
        let left = &see(&world, posts[2]).await.media[0];
        assert_eq!((left.state, left.url()), (State::Failed, None));
        balance(&world).await;
        assert_eq!(sweep(&world).await, [picture(1).sha256]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moderates_one_board_takes_no_files_from_others() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let (anna, mia) = (world.member("anna").await, world.member("mia").await);
        let art = world.board("art", &admin).await;
        world.board("photo", &admin).await;
        world
            .write(async |tx| board::add_moderator(tx, &admin, art.id, mia.id).await)
            .await
            .unwrap();
        let mut posts = Vec::new();
        for board in ["art", "photo"] {
            let thread = open(&world, &admin, board, "first").await;
            let one = upload(&world, &anna, 1).await;
            posts.push(posted(&world, &anna, thread, vec![one]).await);
        }
        let remove = async |who: &Caller| {
            world
                .write(async |tx| post::remove(tx, who, posts[0], "", true).await)
                .await
        };
        let denied = remove(&mia).await;
        assert!(matches!(denied, Err(Error::Denied(Denial::NotStaff))));
        assert!(see(&world, posts[0]).await.deleted.is_none());
        assert_eq!(shown(&world, 1).await, Some(2));
        let chief = Caller {
            role: Role::Moderator,
            ..mia
        };
        remove(&chief).await.unwrap();
        assert_eq!(shown(&world, 1).await, Some(0));
        assert_eq!(see(&world, posts[1]).await.media[0].state, State::Failed);
        balance(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_avatar_is_an_upload_that_was_taken() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        for seed in [1, 2] {
            let avatar = upload(&world, &anna, seed).await;
            let profile = account::Profile {
                avatar: Some(Some(avatar)),
                ..account::Profile::default()
            };
            let changed = world
                .write(async |tx| account::update(tx, &anna, profile).await)
                .await
                .unwrap();
            assert_eq!(changed.avatar, Some(picture(seed).sha256));
            balance(&world).await;
        }
        assert_eq!(
            (shown(&world, 1).await, shown(&world, 2).await),
            (Some(0), Some(1))
        );
        let mut conn = world.read().await;
        let row = attachment::by_sha(&mut conn, &picture(2).sha256).await;
        let row = row.unwrap().unwrap();
        assert_eq!((row.mime.as_str(), row.renditions.len()), ("image/png", 2));
    }
}
