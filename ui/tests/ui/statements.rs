//! What a page asks of the database does not depend on how much it shows: as many statements for one thread with one
//! answer as for many with many.

use domain::attachment::{self, Meta};
use domain::{Caller, Handle, Id, account, post, thread};
use media::{Format, Picture, Rendition};

use crate::site::{Pages, Person};

/// Pages that lists and threads stand on.
const PAGES: [&str; 21] = [
    "/",
    "/?feed=local",
    "/?feed=following",
    "/?tag=film",
    "/b",
    "/b/photo",
    "/b/photo/catalog",
    "/b/photo/catalog?sort=replies",
    "/b/photo/gallery",
    "/b/photo/swipe",
    "/b/photo/1",
    "/b/photo/1/gallery",
    "/t",
    "/t/film",
    "/t/film?show=posts",
    "/search?q=words",
    "/u/root",
    "/u/root?show=replies",
    "/u/root?show=threads",
    "/watching",
    "/log",
];

/// Pages for people who are signed in.
const OWN: [&str; 2] = ["/?feed=following", "/watching"];

/// Threads, and answers in the first, of a busy board: more than one page of each.
const MANY: u8 = 70;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_costs_as_many_statements_however_much_it_shows() {
    for pages in Pages::each_without_rates().await {
        let mut admin = pages.with_board().await;
        let form = admin.get("/b/photo").await.form("/b/photo/follow");
        admin.follow(form).await;
        let root = account::caller(&mut pages.app.cx.read().await.unwrap(), "root").await;
        let root = root.unwrap();
        let first = open(&pages, &root, 0).await;
        answer(&pages, &root, first, 1).await;
        let few = counted(&pages, &mut admin).await;
        for number in 1..MANY {
            open(&pages, &root, number).await;
            answer(&pages, &root, first, number).await;
        }
        let many = counted(&pages, &mut admin).await;
        for (before, after) in few.iter().zip(&many) {
            assert!(before.1 > 0, "nothing was counted: {before:?}");
            assert_eq!(before, after);
        }
    }
}

/// Each page with how many statements it takes, for a visitor and for somebody who is signed in. Asked twice, so that
/// connections that had to be made count for none.
async fn counted(pages: &Pages, admin: &mut Person<'_>) -> Vec<(String, usize)> {
    let mut counts = Vec::new();
    for path in PAGES {
        if !OWN.contains(&path) {
            let mut visitor = pages.visitor();
            counts.push((
                format!("visitor {path}"),
                count(pages, &mut visitor, path).await,
            ));
        }
        counts.push((format!("admin {path}"), count(pages, admin, path).await));
    }
    counts
}

async fn count(pages: &Pages, person: &mut Person<'_>, path: &str) -> usize {
    person.get(path).await;
    pages.statements.take();
    let page = person.get(path).await;
    assert_eq!(page.status.as_u16(), 200, "{path}");
    pages.statements.take()
}

async fn open(pages: &Pages, root: &Caller, number: u8) -> Id {
    let draft = thread::Draft {
        subject: Some(format!("Roll {number}")),
        body: format!("Some words #film #roll{number}"),
        media: vec![picture(pages, root, number).await],
        ..thread::Draft::default()
    };
    let board = Handle::local("photo");
    let cx = &pages.app.cx;
    let opened = cx.write(async |tx| thread::start(tx, root, &board, draft).await);
    opened.await.unwrap()
}

async fn answer(pages: &Pages, root: &Caller, thread: Id, number: u8) {
    let draft = post::Draft {
        body: format!(">>1\n>>{number}\nmore words #film"),
        media: vec![picture(pages, root, 100 + number).await],
        ..post::Draft::default()
    };
    let cx = &pages.app.cx;
    let answered = cx.write(async |tx| post::submit(tx, root, thread, draft).await);
    answered.await.unwrap();
}

/// A picture as it is known once it was taken in; there is no file.
async fn picture(pages: &Pages, root: &Caller, seed: u8) -> Id {
    let rendition = |side: u32| Rendition {
        name: side.to_string(),
        mime: "image/webp",
        width: side,
        height: side,
        bytes: 1_000,
    };
    let picture = Picture {
        sha256: format!("{seed:02x}").repeat(32),
        format: Format::Png,
        bytes: 12_345,
        width: 800,
        height: 600,
        frames: 1,
        thumbhash: "3OcRJYB4d3h/iIeHeEh3eIhw+j2w".to_owned(),
        blurhash: "LEHV6nWB2yk8pyo0adR*.7kCMdnj".to_owned(),
        colour: "c3n".to_owned(),
        renditions: vec![rendition(320), rendition(640)],
        still: None,
    };
    let cx = &pages.app.cx;
    let uploaded =
        cx.write(async |tx| attachment::upload(tx, root, picture, Meta::default()).await);
    uploaded.await.unwrap()
}
