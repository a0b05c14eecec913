//! Search: the same words find the same posts on both engines, and only what is there.

use domain::page::Page;
use domain::search::{self, Query};
use domain::{Id, Viewer, account, board, thread};

use crate::scene::{
    answer, arrival, change, delete, open, opening, received, rewrite, try_open, upload,
};
use crate::world::World;

/// Nothing found.
const NONE: [Id; 0] = [];

async fn find(world: &World, text: &str) -> Vec<Id> {
    let query = Query::read(text, &world.cx.site).unwrap();
    let mut conn = world.read().await;
    let found = search::posts(&mut conn, &query, &Viewer::Visitor, Page::first(100)).await;
    let found = found.unwrap().items.into_iter();
    found.map(|post| post.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_find_posts_until_they_are_gone() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let art = world.board("art", &anna).await;
        let far = world.stranger("bert", "far.example").await;
        let draft = thread::Draft {
            subject: Some("Winter in Zürich".to_owned()),
            media: vec![upload(&world, &anna, 1).await],
            ..opening("The lake was frozen and the boats stood still.")
        };
        let lake = try_open(&world, &anna, "art", draft).await.unwrap();
        let reply = answer(&world, &anna, lake, "Boat, lake: 東京タワー").await;
        let foreign = arrival(
            &world,
            "https://far.example/1",
            far.id,
            art.id,
            "A LAKE elsewhere",
        );
        let theirs = received(&world, foreign).await;
        let mut lakes = vec![lake, reply, theirs];
        lakes.sort_unstable_by(|one, other| other.cmp(one));

        assert_eq!(find(&world, "lake").await, lakes);
        assert_eq!(
            find(&world, "LAK").await,
            lakes,
            "words are found by their beginning"
        );
        assert_eq!(find(&world, "boat").await, [reply, lake]);
        assert_eq!(find(&world, "lake frozen").await, [lake], "all words");
        assert_eq!(
            find(&world, "zurich").await,
            [lake],
            "subjects, without accents"
        );
        assert_eq!(
            find(&world, "picture").await,
            [lake],
            "descriptions of pictures"
        );
        assert_eq!(find(&world, "東京").await, [reply]);
        assert_eq!(find(&world, "タ").await, [reply]);
        assert_eq!(find(&world, "京都").await, NONE);
        assert_eq!(find(&world, "ake").await, NONE);

        rewrite(&world, &anna, reply, "Nothing of it")
            .await
            .unwrap();
        assert_eq!(find(&world, "boat").await, [lake]);
        assert_eq!(find(&world, "nothing").await, [reply]);
        world.advance(db::MINUTE);
        let edit = change("A pond", world.cx.now());
        world
            .write(async |tx| domain::post::accept_edit(tx, theirs, edit).await)
            .await
            .unwrap();
        assert_eq!(find(&world, "lake").await, [lake]);
        assert_eq!(find(&world, "pond").await, [theirs]);
        delete(&world, &anna, reply).await.unwrap();
        assert_eq!(find(&world, "nothing").await, NONE);
        world
            .write(async |tx| domain::post::remove(tx, &anna, theirs, "off topic", false).await)
            .await
            .unwrap();
        assert_eq!(find(&world, "pond").await, NONE);
        assert_eq!(find(&world, "lake").await, [lake]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_narrow() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let art = world.board("art", &anna).await;
        world.board("cats", &anna).await;
        let far = world.stranger("bert", "far.example").await;
        let ours = open(&world, &anna, "art", "snow #film").await;
        let cats = open(&world, &anna, "cats", "snow").await;
        let mut foreign = arrival(&world, "https://far.example/1", far.id, art.id, "snow");
        foreign.tags = vec!["film".to_owned()];
        let theirs = received(&world, foreign).await;
        let draft = thread::Draft {
            media: vec![upload(&world, &anna, 1).await],
            ..opening("snow with a picture")
        };
        let seen = try_open(&world, &anna, "art", draft).await.unwrap();
        let sorted = |mut ids: Vec<Id>| {
            ids.sort_unstable_by(|one, other| other.cmp(one));
            ids
        };
        let film = sorted(vec![ours, theirs]);
        assert_eq!(find(&world, "snow tag:film").await, film);
        assert_eq!(find(&world, "#Film").await, film, "a tag alone");
        assert_eq!(find(&world, "tag:film tag:none snow").await, NONE);
        assert_eq!(find(&world, "snow board:cats").await, [cats]);
        assert_eq!(find(&world, "snow user:@bert@far.example").await, [theirs]);
        assert_eq!(
            find(&world, "user:bert@far.example").await,
            [theirs],
            "an author alone"
        );
        assert_eq!(find(&world, "snow host:far.example").await, [theirs]);
        let here = sorted(vec![ours, cats, seen]);
        assert_eq!(find(&world, "snow host:pics.example").await, here);
        assert_eq!(find(&world, "snow has:alt").await, [seen]);
        assert_eq!(find(&world, "tag:film user:anna board:art").await, [ours]);
        for nothing in [
            "board:art",
            "has:alt",
            "host:far.example",
            "",
            "user:nobody",
            "snow board:!",
        ] {
            assert_eq!(find(&world, nothing).await, NONE, "{nothing}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_queries_find_nothing_and_break_nothing() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        world.board("art", &anna).await;
        open(&world, &anna, "art", "a plain post").await;
        for text in [
            "\"",
            "'",
            "''",
            "\\",
            "*",
            "a*",
            "NEAR(a b)",
            "a AND",
            "OR",
            "NOT x",
            "{a}:b",
            "^a",
            "a:*",
            "' | ! <-> & :* ",
            "'; DROP TABLE posts; --",
            "(((((",
            "%",
            "_",
            "\0",
            "a\0b",
            "\u{202e}\u{200b}",
            "½ ⅓ Ⓐ ㎢ ﷺ",
            "𐀀𐀁 ᲀ 🄰 \u{1e000}",
            "-",
            "--",
            "+plain -post",
            "column:plain",
            "words:plain",
            "rank",
        ] {
            let found = find(&world, text).await;
            assert!(found.len() <= 1, "{text:?}");
        }
        let site = &world.cx.site;
        assert!(Query::read(&"x".repeat(100_000), site).is_err());
        let mut conn = world.read().await;
        for cursor in ["MTIz", "LTk5", "OTIyMzM3MjAzNjg1NDc3NTgwNw"] {
            let page = Page::asked(None, None, Some(cursor));
            let query = Query::read("plain", site).unwrap();
            search::posts(&mut conn, &query, &Viewer::Visitor, page)
                .await
                .unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn results_continue_and_names_are_found() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        world.board("photo", &anna).await;
        let far = world.far_board("photo", "far.example").await;
        let cats = world.board("cats", &anna).await;
        let patch = board::Patch {
            title: Some("Photographs of cats".to_owned()),
            ..board::Patch::default()
        };
        world
            .write(async |tx| board::update(tx, &anna, &crate::world::handle("cats"), patch).await)
            .await
            .unwrap();
        let mut posts = Vec::new();
        for n in 0..5 {
            posts.push(open(&world, &anna, "cats", &format!("photo {n}")).await);
        }
        posts.reverse();
        let query = Query::read("photo", &world.cx.site).unwrap();
        let mut conn = world.read().await;
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let page = Page::asked(Some(2), None, next.as_deref());
            let part = search::posts(&mut conn, &query, &Viewer::Visitor, page)
                .await
                .unwrap();
            found.extend(part.items.iter().map(|post| post.id));
            next = part.next;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(found, posts);
        let boards = async |text: &str| {
            let query = Query::read(text, &world.cx.site).unwrap();
            let mut conn = world.read().await;
            let found = search::boards(&mut conn, &query, &Viewer::Visitor, Page::default()).await;
            let found = found.unwrap().items.into_iter();
            found.map(|board| board.acct()).collect::<Vec<_>>()
        };
        assert_eq!(boards("photo").await.len(), 3);
        assert_eq!(boards("photographs cat").await, [cats.acct()]);
        assert_eq!(boards("photo host:far.example").await, [far.acct()]);

        let profile = account::Profile {
            title: Some("Änne the Photographer".to_owned()),
            ..account::Profile::default()
        };
        world
            .write(async |tx| account::update(tx, &anna, profile).await)
            .await
            .unwrap();
        let stranger = world.stranger("photographer", "far.example").await;
        let people = search::accounts(&mut conn, &query, Page::first(1))
            .await
            .unwrap();
        assert_eq!(people.items[0].id, anna.id, "those with most posts first");
        let rest = Page::asked(Some(1), None, people.next.as_deref());
        let rest = search::accounts(&mut conn, &query, rest).await.unwrap();
        assert_eq!((rest.items[0].id, rest.next), (stranger.id, None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_beginning_finds_every_ending() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        world.board("art", &anna).await;
        let house = open(&world, &anna, "art", "a lighthouse, #lightfast").await;
        let plain = answer(&world, &anna, house, "light and lighthouse").await;
        let delight = answer(&world, &anna, house, "delight, ligh t, ligature").await;
        assert_eq!(find(&world, "light").await, [plain, house]);
        assert_eq!(find(&world, "lighthouse light").await, [plain, house]);
        assert_eq!(find(&world, "ligh").await, [delight, plain, house]);
        assert_eq!(find(&world, "lightfas").await, [house]);
        assert_eq!(find(&world, "lightness").await, NONE);

        // More than are spelt out in one question.
        let endings: Vec<String> = (100..200).map(|n| format!("light{n}")).collect();
        let many = answer(&world, &anna, house, &endings.join(" ")).await;
        assert_eq!(find(&world, "light").await, [many, plain, house]);
        assert_eq!(find(&world, "light15").await, [many]);
        assert_eq!(find(&world, "light house").await, NONE);
        delete(&world, &anna, many).await.unwrap();
        assert_eq!(find(&world, "light15").await, NONE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_by_other_means_is_caught_up_with() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        world.board("art", &anna).await;
        let post = open(&world, &anna, "art", "forgotten words").await;
        forget(&world).await;
        assert_eq!(find(&world, "forgotten").await, NONE);
        search::catch_up(&world.cx).await.unwrap();
        assert_eq!(find(&world, "forgotten").await, [post]);
        forget(&world).await;
        search::catch_up(&world.cx).await.unwrap();
        assert_eq!(find(&world, "forgotten").await, NONE, "once is enough");
    }
}

/// As a database looks that never had the index.
#[expect(clippy::disallowed_methods, reason = "no verb forgets everything")]
async fn forget(world: &World) {
    use diesel_async::RunQueryDsl;
    world
        .write(async |tx| {
            let delete = diesel::sql_query("DELETE FROM post_words");
            db::run!(tx.conn, c => delete.execute(c).await)?;
            Ok(())
        })
        .await
        .unwrap();
}
