//! References: resolved when they are read, across threads, boards and nodes.

use domain::post::{Post, Quote};
use domain::{Id, post};

use crate::scene::{answer, answering, arrival, delete, open, received, rewrite, see, visit};
use crate::world::World;

fn labels(post: &Post) -> Vec<(Id, &str)> {
    let links = post.quoted_by.iter();
    links.map(|link| (link.post, link.label.as_str())).collect()
}

fn targets(post: &Post) -> Vec<(String, Option<Id>)> {
    let quotes = post.quotes.iter();
    quotes
        .map(|quote| {
            let target = quote.target.as_ref().map(|target| target.post);
            (quote.reference.to_string(), target)
        })
        .collect()
}

fn href(quote: &Quote) -> String {
    let target = quote.target.as_ref().unwrap();
    format!("/p/{}", target.post)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_becomes_a_link_when_its_post_arrives() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let early = open(&world, &admin, "art", "see >>2 and >>3").await;
        let seen = see(&world, early).await;
        assert_eq!(
            targets(&seen),
            [(">>2".to_owned(), None), (">>3".to_owned(), None)]
        );
        assert!(seen.html_linked(href).contains("ref dead"));
        let before = visit(&world, early).await.revision;

        let two = open(&world, &admin, "art", "I am two").await;
        let seen = see(&world, early).await;
        assert_eq!(targets(&seen)[0], (">>2".to_owned(), Some(two)));
        assert_eq!(targets(&seen)[1], (">>3".to_owned(), None));
        assert!(seen.html_linked(href).contains(&format!("/p/{two}")));
        assert_eq!(labels(&see(&world, two).await), [(early, ">>1")]);
        assert!(visit(&world, early).await.revision > before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn backlinks_cross_threads_boards_and_nodes() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let far = world.stranger("bea", "far.example").await;
        world.board("art", &admin).await;
        world.board("tea", &admin).await;
        let board = world.far_board("pics", "far.example").await;
        let target = open(&world, &admin, "art", "target").await;
        let revision = visit(&world, target).await.revision;
        let same = answer(&world, &admin, target, ">>1 >>>/art/1 twice").await;
        let other = open(&world, &admin, "tea", "look >>>/art/1").await;
        let ours = open(&world, &admin, "tea", "look >>>/art@pics.example/1").await;
        let body = "look >>>/art@pics.example/1 and >>>/art/1";
        let mut sent = arrival(&world, "https://far.example/p/1", far.id, board.id, body);
        sent.no = Some(9);
        let foreign = received(&world, sent).await;

        let seen = see(&world, target).await;
        let mut found = labels(&seen);
        found.sort_unstable();
        let mut expected = vec![
            (same, ">>2"),
            (other, ">>>/tea/1"),
            (ours, ">>>/tea/2"),
            (foreign, ">>>/pics@far.example/9"),
        ];
        expected.sort_unstable();
        assert_eq!(found, expected);
        assert!(visit(&world, target).await.revision >= revision + 3);
        let seen = see(&world, foreign).await;
        let expected = [
            (">>>/art@pics.example/1".to_owned(), Some(target)),
            (">>>/art/1".to_owned(), None),
        ];
        assert_eq!(targets(&seen), expected);
        let html = seen.html_linked(href);
        assert!(html.contains(&format!("/p/{target}")) && html.contains("ref dead"));

        let back = open(&world, &admin, "art", "and >>>/pics@far.example/9").await;
        let seen = see(&world, foreign).await;
        assert_eq!(labels(&seen), [(back, ">>>/art@pics.example/3")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_on_a_foreign_board_means_that_board() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let far = world.stranger("bea", "far.example").await;
        world.board("pics", &admin).await;
        open(&world, &admin, "pics", "ours, number one").await;
        let board = world.far_board("pics", "far.example").await;
        let uri = "https://far.example/p/1";
        let mut sent = arrival(&world, uri, far.id, board.id, "theirs");
        sent.no = Some(1);
        let theirs = received(&world, sent).await;
        let mine = answer(&world, &admin, theirs, ">>1 indeed, >>>/pics/1 as well").await;
        let seen = see(&world, mine).await;
        let expected = [
            (">>1".to_owned(), Some(theirs)),
            (">>>/pics/1".to_owned(), Some(theirs)),
        ];
        assert_eq!(targets(&seen), expected);
        assert_eq!((seen.no, seen.parent), (None, Some(theirs)));
        world
            .write(async |tx| post::number(tx, mine, 2).await)
            .await
            .unwrap();
        let sent = arrival(
            &world,
            "https://far.example/p/3",
            far.id,
            board.id,
            ">>2 yes",
        );
        let answer = received(&world, answering(sent, uri)).await;
        assert_eq!(
            targets(&see(&world, answer).await),
            [(">>2".to_owned(), Some(mine))]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_and_deletions_take_their_references_along() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let one = open(&world, &admin, "art", "one").await;
        let two = open(&world, &admin, "art", "two").await;
        let three = open(&world, &admin, "art", ">>1").await;
        assert_eq!(labels(&see(&world, one).await), [(three, ">>3")]);
        let revision = visit(&world, one).await.revision;
        rewrite(&world, &admin, three, ">>2 instead").await.unwrap();
        assert!(labels(&see(&world, one).await).is_empty());
        assert!(visit(&world, one).await.revision > revision);
        assert_eq!(labels(&see(&world, two).await), [(three, ">>3")]);
        delete(&world, &admin, three).await.unwrap();
        assert!(labels(&see(&world, two).await).is_empty());

        let four = open(&world, &admin, "art", ">>2 is still here").await;
        delete(&world, &admin, two).await.unwrap();
        assert_eq!(
            targets(&see(&world, four).await),
            [(">>2".to_owned(), None)]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mentions_are_kept_with_their_host() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let body = "@Anna @anna@pics.example @bea@far.example";
        let id = open(&world, &admin, "art", body).await;
        let mut conn = world.read().await;
        let found = post::mentions(&mut conn, id).await.unwrap();
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["anna", "bea@far.example"]);
    }
}
