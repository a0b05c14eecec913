//! Pictures of many posts, and lists narrowed by what opening posts show.

use domain::attachment;
use domain::feed::{self, Scope};
use domain::filter::{Filter, Kind, Note};
use domain::gallery::{self, Place};
use domain::page::Page;
use domain::{Caller, Event, Id, Viewer, board, post, tag, thread};

use crate::scene::{
    arrival, delete, open, opening, picture, received, remote_picture, reply, try_answer, try_open,
    upload,
};
use crate::world::World;

async fn shown(world: &World, place: Place) -> Vec<Id> {
    let mut conn = world.read().await;
    let whole = gallery::pictures(&mut conn, place, &Viewer::Visitor, Page::first(100))
        .await
        .unwrap();
    let whole: Vec<Id> = whole.items.iter().map(|shown| shown.media.id).collect();
    for limit in [1, 2] {
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let page = Page::asked(Some(limit), None, next.as_deref());
            let part = gallery::pictures(&mut conn, place, &Viewer::Visitor, page)
                .await
                .unwrap();
            if let Some(prev) = &part.prev {
                let back = Page::asked(Some(100), Some(prev), None);
                let before = gallery::pictures(&mut conn, place, &Viewer::Visitor, back).await;
                let before = before.unwrap().items.into_iter();
                let before: Vec<Id> = before.map(|shown| shown.media.id).collect();
                assert_eq!(before, found, "{place:?} back by {limit}");
            }
            found.extend(part.items.iter().map(|shown| shown.media.id));
            next = part.next;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(found, whole, "{place:?} by {limit}");
    }
    whole
}

#[tokio::test(flavor = "multi_thread")]
async fn galleries_hold_what_is_here_newest_post_first() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let art = world.board("art", &anna).await;
        let cats = world.board("cats", &anna).await;
        let [a, b, c, d] = [
            upload(&world, &anna, 1).await,
            upload(&world, &anna, 2).await,
            upload(&world, &anna, 3).await,
            upload(&world, &anna, 4).await,
        ];
        upload(&world, &anna, 5).await;
        let mut first = opening("#film, the later upload first");
        first.media = vec![b, a];
        let first = try_open(&world, &anna, "art", first).await.unwrap();
        let mut second = opening("cats");
        second.media = vec![c];
        let second = try_open(&world, &anna, "cats", second).await.unwrap();
        let mut third = reply("one more #film");
        third.media = vec![d];
        let third = try_answer(&world, &anna, first, third).await.unwrap();

        let far = world.stranger("bert", "far.example").await;
        let mut foreign = arrival(&world, "https://far.example/1", far.id, art.id, "theirs");
        foreign.media = vec![remote_picture("https://far.example/1.jpg")];
        world.events().await;
        let theirs = received(&world, foreign).await;
        let before = shown(&world, Place::Board(art.id)).await;
        assert_eq!(before, [d, b, a], "a picture that is not here is not shown");
        let wanted = world
            .events()
            .await
            .into_iter()
            .find_map(|event| match event {
                Event::MediaWanted { attachment } => Some(attachment),
                _ => None,
            });
        let e = wanted.unwrap();
        world
            .write(async |tx| attachment::fetched(tx, e, picture(6)).await)
            .await
            .unwrap();

        let by_post = |mut list: Vec<(Id, Vec<Id>)>| -> Vec<Id> {
            list.sort_by_key(|(post, _)| std::cmp::Reverse(*post));
            list.into_iter().flat_map(|(_, media)| media).collect()
        };
        let on_art = vec![(first, vec![b, a]), (third, vec![d]), (theirs, vec![e])];
        let mut all = on_art.clone();
        all.push((second, vec![c]));
        assert_eq!(shown(&world, Place::Board(art.id)).await, by_post(on_art));
        assert_eq!(shown(&world, Place::Everywhere).await, by_post(all));
        assert_eq!(shown(&world, Place::Board(cats.id)).await, [c]);
        assert_eq!(shown(&world, Place::Thread(first)).await, [b, a, d]);
        let film = tag::find(&mut *world.read().await, "film").await.unwrap();
        assert_eq!(shown(&world, Place::Tag(film.id)).await, [d, b, a]);

        let mut conn = world.read().await;
        let in_thread = gallery::neighbours(&mut conn, Place::Thread(first), first).await;
        assert_eq!(in_thread.unwrap(), (None, Some(third)));
        let in_tag = gallery::neighbours(&mut conn, Place::Tag(film.id), first).await;
        assert_eq!(in_tag.unwrap(), (Some(third), None));

        delete(&world, &anna, third).await.unwrap();
        assert_eq!(shown(&world, Place::Thread(first)).await, [b, a]);
        assert_eq!(shown(&world, Place::Tag(film.id)).await, [b, a]);
        world
            .write(async |tx| post::remove(tx, &anna, theirs, "spam", true).await)
            .await
            .unwrap();
        assert_eq!(shown(&world, Place::Board(art.id)).await, [b, a]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_moderator_withdrew_leaves_all_galleries() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let mut threads = Vec::new();
        let mut boards = Vec::new();
        for name in ["art", "cats"] {
            boards.push(world.board(name, &anna).await.id);
            let mut draft = opening("the same picture #film");
            draft.media = vec![upload(&world, &anna, 1).await];
            threads.push(try_open(&world, &anna, name, draft).await.unwrap());
        }
        let film = tag::find(&mut *world.read().await, "film").await.unwrap();
        world
            .write(async |tx| post::remove(tx, &anna, threads[0], "", true).await)
            .await
            .unwrap();
        for place in [
            Place::Everywhere,
            Place::Board(boards[1]),
            Place::Thread(threads[1]),
            Place::Tag(film.id),
        ] {
            assert_eq!(shown(&world, place).await, [0; 0], "{place:?}");
        }
    }
}

/// Threads with a still picture, with an animated one behind a note, and with text alone, whose reply has a picture.
async fn three_kinds(world: &World, anna: &Caller) -> [Id; 3] {
    let still = {
        let mut draft = opening("still #film");
        draft.media = vec![upload(world, anna, 1).await];
        try_open(world, anna, "art", draft).await.unwrap()
    };
    let animated = {
        let moving = media::Picture {
            frames: 12,
            ..picture(2)
        };
        let meta = attachment::Meta::default();
        let id = world
            .write(async |tx| attachment::upload(tx, anna, moving, meta).await)
            .await
            .unwrap();
        let draft = thread::Draft {
            media: vec![id],
            content_warning: Some("flashing".to_owned()),
            ..opening("animated")
        };
        try_open(world, anna, "cats", draft).await.unwrap()
    };
    let text = open(world, anna, "art", "text #film").await;
    let mut with_picture = reply("a picture in a reply changes nothing");
    with_picture.media = vec![upload(world, anna, 3).await];
    try_answer(world, anna, text, with_picture).await.unwrap();
    [still, animated, text]
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_narrowed_by_their_opening_posts() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let art = world.board("art", &anna).await;
        world.board("cats", &anna).await;
        let [still, animated, text] = three_kinds(&world, &anna).await;
        let film = tag::find(&mut *world.read().await, "film").await.unwrap();
        let all = async |filter: Filter| {
            let mut conn = world.read().await;
            let page = Page::default();
            let list = feed::filtered(&mut conn, Scope::All, &filter, &Viewer::Visitor, page).await;
            let list = list.unwrap().items.into_iter();
            list.map(|thread| thread.id).collect::<Vec<_>>()
        };
        let none = Filter::default();
        let kind = |kind| Filter {
            kind: Some(kind),
            ..none
        };
        let note = |note| Filter {
            note: Some(note),
            ..none
        };
        assert_eq!(all(none).await, [text, animated, still]);
        assert_eq!(all(kind(Kind::Animated)).await, [animated]);
        assert_eq!(all(kind(Kind::Still)).await, [still]);
        assert_eq!(all(kind(Kind::Text)).await, [text]);
        assert_eq!(all(note(Note::Only)).await, [animated]);
        assert_eq!(all(note(Note::Without)).await, [text, still]);
        let tagged = Filter {
            tag: Some(film.id),
            ..none
        };
        assert_eq!(all(tagged).await, [text, still]);
        let both = Filter {
            kind: Some(Kind::Still),
            note: Some(Note::Without),
            ..tagged
        };
        assert_eq!(all(both).await, [still]);
        let board = Filter {
            board: Some(art.id),
            ..none
        };
        assert_eq!(all(board).await, [text, still]);
        assert_eq!(
            all(Filter {
                board: Some(art.id),
                ..tagged
            })
            .await,
            [text, still]
        );
        assert_eq!(
            all(Filter {
                board: Some(art.id),
                ..kind(Kind::Text)
            })
            .await,
            [text]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_and_home_feeds_are_narrowed_too() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let art = world.board("art", &anna).await;
        world.board("cats", &anna).await;
        let [still, _, text] = three_kinds(&world, &anna).await;
        let film = tag::find(&mut *world.read().await, "film").await.unwrap();
        let still_only = Filter {
            kind: Some(Kind::Still),
            ..Filter::default()
        };
        let tagged = Filter {
            tag: Some(film.id),
            ..Filter::default()
        };
        let mut conn = world.read().await;
        for sort in [
            board::Sort::Bump,
            board::Sort::New,
            board::Sort::Replies,
            board::Sort::Votes,
        ] {
            let list = board::threads_filtered(
                &mut conn,
                &art,
                sort,
                &still_only,
                &Viewer::Visitor,
                Page::default(),
            );
            let list = list.await.unwrap();
            assert_eq!(list.items.len(), 1);
            assert_eq!(list.items[0].id, still);
        }
        let anyone = world.member("bert").await;
        world
            .write(async |tx| domain::follow::set(tx, &anyone, art.id).await)
            .await
            .unwrap();
        let home = feed::home_filtered(&mut conn, &anyone, &tagged, Page::default()).await;
        let home: Vec<Id> = home.unwrap().items.iter().map(|thread| thread.id).collect();
        assert_eq!(home, [text, still]);
    }
}
