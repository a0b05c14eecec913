//! Tags: counted, listed, related, followed and muted.

use domain::page::Page;
use domain::tag::{self, Mark, Tag};
use domain::{Caller, Error, Noun, Viewer, feed};

use crate::scene::{answer, arrival, delete, open, opening, received, rewrite, try_open};
use crate::world::World;

async fn names(world: &World, prefix: &str) -> Vec<(String, i64)> {
    let mut conn = world.read().await;
    let found = tag::list(&mut conn, prefix, Page::default()).await.unwrap();
    let tags = found.items.into_iter();
    tags.map(|tag| (tag.name, tag.post_count)).collect()
}

async fn look(world: &World, name: &str) -> Tag {
    tag::seen(&mut *world.read().await, name).await.unwrap()
}

async fn mark(world: &World, caller: &Caller, name: &str, mark: Mark) {
    world
        .write(async |tx| tag::mark(tx, caller, name, mark).await)
        .await
        .unwrap();
}

fn pairs(list: &[(&str, i64)]) -> Vec<(String, i64)> {
    list.iter()
        .map(|(name, n)| ((*name).to_owned(), *n))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_listed_by_use_whoever_wrote_them() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let art = world.board("art", &anna).await;
        let far = world.stranger("bert", "far.example").await;
        let first = open(&world, &anna, "art", "#Film and #snow").await;
        open(&world, &anna, "art", "#film again, #fil too").await;
        answer(&world, &anna, first, "a reply about #snow and #film").await;
        let mut foreign = arrival(&world, "https://far.example/1", far.id, art.id, "theirs");
        foreign.tags = vec!["#FILM".to_owned(), "Straße".to_owned()];
        let theirs = received(&world, foreign).await;

        let all = pairs(&[("film", 4), ("snow", 2), ("straße", 1), ("fil", 1)]);
        assert_eq!(names(&world, "").await, all);
        assert_eq!(
            names(&world, "#FIL").await,
            pairs(&[("film", 4), ("fil", 1)])
        );
        assert_eq!(names(&world, "stra").await, pairs(&[("straße", 1)]));
        for nothing in ["filmx", "%", "_", "*", "\u{202e}", "' OR 1"] {
            assert_eq!(names(&world, nothing).await, pairs(&[]), "{nothing}");
        }
        let mut conn = world.read().await;
        let film = look(&world, "Film@far.example").await;
        assert_eq!((film.name.as_str(), film.post_count), ("film", 4));
        let related = tag::related(&mut conn, film.id, 10).await.unwrap();
        let related: Vec<&str> = related.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(related, ["snow", "straße", "fil"]);
        let posts = tag::posts(&mut conn, film.id, &Viewer::Visitor, Page::first(2)).await;
        let posts = posts.unwrap();
        assert_eq!((posts.items.len(), posts.next.is_some()), (2, true));

        world
            .write(async |tx| {
                let gone = "https://far.example/1";
                domain::post::accept_delete(tx, gone, None).await
            })
            .await
            .unwrap();
        delete(&world, &anna, first).await.unwrap();
        assert_eq!(
            names(&world, "").await,
            pairs(&[("film", 2), ("fil", 1), ("snow", 1)])
        );
        assert_eq!(look(&world, "straße").await.post_count, 0, "{theirs}");
        let none = tag::find(&mut conn, "never").await;
        assert!(matches!(none, Err(Error::Missing(Noun::Tag))));
        let none = tag::seen(&mut conn, "--").await;
        assert!(matches!(none, Err(Error::Missing(Noun::Tag))));
    }
}

/// Other orders of words take é for an e, and pass over signs.
#[tokio::test(flavor = "multi_thread")]
async fn a_beginning_is_taken_letter_by_letter() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        world.board("art", &anna).await;
        let mut draft = opening("tagged");
        draft.tags = ["ecole", "école", "e_2", "etwo"].map(str::to_owned).into();
        try_open(&world, &anna, "art", draft).await.unwrap();
        let found = async |prefix: &str| {
            let mut found: Vec<_> = names(&world, prefix).await;
            found.sort();
            found.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(found("e").await, ["e_2", "ecole", "etwo"]);
        assert_eq!(found("é").await, ["école"]);
        assert_eq!(found("e_2").await, ["e_2"]);
        assert_eq!(found("ec").await, ["ecole"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_the_list_hold_each_tag_once() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        world.board("art", &anna).await;
        let mut draft = opening("tagged");
        draft.tags = (0..7).map(|n| format!("tag{n}")).collect();
        try_open(&world, &anna, "art", draft).await.unwrap();
        open(&world, &anna, "art", "#tag3 #other").await;
        let mut conn = world.read().await;
        let whole = tag::list(&mut conn, "tag", Page::first(100)).await.unwrap();
        assert_eq!(whole.items.len(), 7);
        assert_eq!(whole.items[0].name, "tag3");
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let page = Page::asked(Some(2), None, next.as_deref());
            let part = tag::list(&mut conn, "tag", page).await.unwrap();
            found.extend(part.items);
            next = part.next;
            if next.is_none() {
                let back = Page::asked(Some(100), part.prev.as_deref(), None);
                let before = tag::list(&mut conn, "tag", back).await.unwrap();
                assert_eq!(before.items, whole.items[..6]);
                break;
            }
        }
        assert_eq!(found, whole.items);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_followed_or_muted() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let bert = world.member("bert").await;
        world.board("art", &anna).await;
        let of = async |name: &str| {
            let tag = look(&world, name).await;
            tag::mark_of(&mut *world.read().await, bert.id, tag.id)
                .await
                .unwrap()
        };
        mark(&world, &bert, "#Unused", Mark::Followed).await;
        mark(&world, &bert, "unused", Mark::Followed).await;
        assert_eq!(of("unused").await, Some(Mark::Followed));
        let unused = look(&world, "unused").await;
        let mut conn = world.read().await;
        assert_eq!(tag::followers(&mut conn, unused.id).await.unwrap(), 1);
        mark(&world, &bert, "unused", Mark::Muted).await;
        assert_eq!(of("unused").await, Some(Mark::Muted));
        assert_eq!(tag::followers(&mut conn, unused.id).await.unwrap(), 0);
        let muted = tag::marks(&mut conn, bert.id, Mark::Muted).await.unwrap();
        assert_eq!(muted, [unused]);
        let end = async |mark: Mark| {
            world
                .write(async |tx| tag::unmark(tx, &bert, "unused", mark).await)
                .await
                .unwrap()
        };
        end(Mark::Followed).await;
        assert_eq!(of("unused").await, Some(Mark::Muted), "another mark stays");
        end(Mark::Muted).await;
        assert_eq!(of("unused").await, None);
        assert_eq!(
            names(&world, "").await,
            [],
            "a tag nobody uses is in no list"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_home_feed_holds_followed_tags_and_no_muted_ones() {
    for world in World::each().await {
        let anna = world.admin("anna").await;
        let bert = world.member("bert").await;
        let carl = world.member("carl").await;
        let art = world.board("art", &anna).await;
        world.board("cats", &anna).await;
        let snow = open(&world, &anna, "art", "#snow").await;
        let both = open(&world, &bert, "cats", "#film #snow").await;
        let reply = open(&world, &bert, "cats", "a thread").await;
        answer(&world, &bert, reply, "only the reply is about #film").await;
        let film = open(&world, &bert, "cats", "#film").await;
        let plain = open(&world, &anna, "art", "nothing").await;
        let home = async |page: Page| {
            let mut conn = world.read().await;
            let found = feed::home(&mut conn, &carl, page).await.unwrap();
            let ids: Vec<_> = found.items.iter().map(|thread| thread.id).collect();
            (ids, found.next, found.prev)
        };
        mark(&world, &carl, "film", Mark::Followed).await;
        assert_eq!(home(Page::default()).await.0, [film, both]);
        for target in [art.id, bert.id] {
            world
                .write(async |tx| domain::follow::set(tx, &carl, target).await)
                .await
                .unwrap();
        }
        let whole = [plain, film, reply, both, snow];
        assert_eq!(home(Page::default()).await.0, whole);
        mark(&world, &carl, "snow", Mark::Muted).await;
        let quiet = vec![plain, film, reply];
        assert_eq!(home(Page::default()).await.0, quiet);
        let (first, next, _) = home(Page::first(2)).await;
        assert_eq!(first, quiet[..2]);
        let (rest, next, prev) = home(Page::asked(Some(2), None, next.as_deref())).await;
        assert_eq!((rest, next), (quiet[2..].to_vec(), None));
        let (back, _, prev) = home(Page::asked(Some(2), prev.as_deref(), None)).await;
        assert_eq!((back, prev), (quiet[..2].to_vec(), None));

        rewrite(&world, &anna, plain, "now about #snow")
            .await
            .unwrap();
        assert_eq!(home(Page::default()).await.0, [film, reply]);
        delete(&world, &bert, film).await.unwrap();
        assert_eq!(home(Page::default()).await.0, [reply]);
    }
}

/// What the merge of ranges answers is what reading everything would answer.
#[tokio::test(flavor = "multi_thread")]
async fn every_part_of_a_home_feed_is_whole() {
    for mut world in World::each().await {
        world.set(|site| site.rate_limits = false);
        let anna = world.admin("anna").await;
        let carl = world.member("carl").await;
        let mut people = Vec::new();
        for n in 0..4 {
            people.push(world.member(&format!("p{n}")).await);
        }
        let mut boards = Vec::new();
        for n in 0..4 {
            boards.push(world.board(&format!("b{n}"), &anna).await);
        }
        let mut expected = Vec::new();
        for n in 0_usize..60 {
            let (board, person, tag) = (n * 7 % 4, n * 5 % 3, n * 11 % 5);
            world.advance(db::SECOND);
            let body = format!("#tag{tag} {}", if n % 13 == 0 { "#dull" } else { "" });
            let id = world.thread(&people[person], &boards[board], &body).await;
            let wanted = board == 1 || person == 2 || tag == 3;
            if wanted && n % 13 != 0 {
                expected.push(id);
            }
        }
        expected.reverse();
        for target in [boards[1].id, people[2].id] {
            world
                .write(async |tx| domain::follow::set(tx, &carl, target).await)
                .await
                .unwrap();
        }
        mark(&world, &carl, "tag3", Mark::Followed).await;
        mark(&world, &carl, "dull", Mark::Muted).await;
        let mut conn = world.read().await;
        for limit in [1, 2, 5, 100] {
            let (mut found, mut next) = (Vec::new(), None);
            loop {
                let page = Page::asked(Some(limit), None, next.as_deref());
                let part = feed::home(&mut conn, &carl, page).await.unwrap();
                if let Some(prev) = &part.prev {
                    let back = Page::asked(Some(100), Some(prev), None);
                    let before = feed::home(&mut conn, &carl, back).await.unwrap();
                    let before: Vec<_> = before.items.iter().map(|thread| thread.id).collect();
                    assert_eq!(before, found, "before part of {limit}");
                }
                found.extend(part.items.iter().map(|thread| thread.id));
                next = part.next;
                if next.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "by {limit}");
        }
    }
}
