//! How much of a page travels. The budgets of style and of all scripts stand beside `assets` in the crate.

use std::io::Write;

use crate::page::Page;
use crate::site::{Pages, Person};

const KILOBYTE: usize = 1024;
const WORDS: [&str; 12] = [
    "pier", "night", "slow", "film", "grain", "light", "wrong", "lens", "cold", "tripod", "fog",
    "harbour",
];

fn gzip(bytes: &[u8]) -> usize {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().len()
}

/// Every sentence is another one, so that the measure is not flattered by repetition.
fn sentence(number: usize, words: usize) -> String {
    let word = |at: usize| WORDS[(number * 7 + at * at * (number + 3)) % WORDS.len()];
    let text: Vec<_> = (0..words).map(word).collect();
    format!("{} {number}", text.join(" "))
}

fn fits(page: &Page, selector: &str, count: usize, kilobytes: usize) {
    assert_eq!(page.count(selector), count, "{}", page.path);
    let size = gzip(page.html.as_bytes());
    assert!(size <= kilobytes * KILOBYTE, "{}: {size} bytes", page.path);
}

/// What the scripts of a page weigh together.
async fn scripts(person: &mut Person<'_>, page: &Page) -> usize {
    let mut size = 0;
    for path in page.attributes("script", "src") {
        size += gzip(person.get(&path).await.html.as_bytes());
    }
    size
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_of_a_hundred_posts_stays_small() {
    let sites = Pages::each().await;
    let site = &sites[0];
    let mut admin = site.with_board().await;
    admin.thread("A long one", "It begins.").await;
    for number in 0..99_usize {
        let body = format!(">>{} {}", number / 2 + 1, sentence(number, 24));
        if number % 50 == 49 {
            site.app.cx.clock.advance(db::HOUR);
        }
        let form = admin
            .get("/b/photo/1?after=")
            .await
            .form("/b/photo/1#reply")
            .with("body", &body);
        assert_eq!(admin.send(form).await.status, http::StatusCode::SEE_OTHER);
    }
    for mut person in [admin, site.visitor()] {
        let page = person.get("/b/photo/1").await;
        fits(&page, ".post", 100, 16);
        let size = scripts(&mut person, &page).await;
        assert!(size > 0 && size <= 10 * KILOBYTE, "scripts: {size} bytes");
    }
    a_post_beyond_is_found(site).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_home_page_and_a_full_catalog_stay_small() {
    let sites = Pages::each().await;
    let site = &sites[0];
    let mut admin = site.with_board().await;
    for number in 0..61_usize {
        let width = 322 + u32::try_from(number).unwrap();
        let alt = sentence(number + 7, 8);
        let page = admin
            .picture_thread(&sentence(number, 5), (width, 40), &alt)
            .await;
        assert_eq!(page.count(".post"), 1, "{}", page.html);
        site.app.cx.clock.advance(db::HOUR);
    }
    for mut person in [admin, site.visitor()] {
        fits(&person.get("/").await, ".tile img", 48, 6);
        fits(&person.get("/b/photo/catalog").await, ".card img", 60, 8);
    }
}

/// What is written after the first hundred is led to where it is read.
async fn a_post_beyond_is_found(site: &Pages) {
    let mut bo = site.member("bo").await;
    for text in ["beyond", "and further"] {
        let form = bo.get("/b/photo/1").await.form("/b/photo/1#reply");
        let answer = bo.send(form.with("body", text)).await;
        let place = answer.location();
        assert!(place.starts_with("/b/photo/1?after="), "{place}");
        let page = bo.get(&place).await;
        let anchor = place.split_once('#').unwrap().1;
        assert_eq!(page.count(&format!("#{anchor}")), 1, "{place}");
    }
    and_so_are_the_ways_between_the_parts(&mut bo).await;
}

/// References, votes and ways back lead to the part that holds the post, without scripts too.
async fn and_so_are_the_ways_between_the_parts(bo: &mut Person<'_>) {
    let form = bo.get("/b/photo/1").await.form("/b/photo/1#reply");
    let place = bo
        .send(form.with("body", ">>1 >>2 and you"))
        .await
        .location();
    let far = bo.get(&place).await;
    let own = format!("#{}", place.split_once('#').unwrap().1);
    let references = far.attributes(&format!("{own} a.ref"), "href");
    assert_eq!(references[0], "/b/photo/1#p1", "another part holds it");
    assert_eq!(bo.get(&references[1]).await.location(), "/b/photo/1#p2");
    let back = bo.get("/b/photo/1").await;
    let back = back.attributes("#p2 .backlinks a", "href");
    let back = back.last().unwrap();
    assert_eq!(bo.get(back).await.location(), place);

    let vote = far.attribute(&format!("{own} form.vote"), "action");
    let form = far.form(&vote).with("value", "1");
    assert_eq!(bo.send(form).await.location(), place);
    let post = vote.trim_end_matches("/vote");
    let menu = bo.get(&format!("{post}/menu")).await;
    let back = menu.attribute("main p a", "href");
    assert_eq!(bo.get(&back).await.location(), place);
}
