//! How much of a page travels. The budgets of style and scripts stand beside `assets` in the crate.

use std::io::Write;

use crate::site::Pages;

const KILOBYTE: usize = 1024;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_of_a_hundred_posts_stays_small() {
    let sites = Pages::each().await;
    let site = &sites[0];
    let mut admin = site.with_board().await;
    admin.thread("A long one", "It begins.").await;
    let words = [
        "pier", "night", "slow", "film", "grain", "light", "wrong", "lens", "cold", "tripod",
        "fog", "harbour",
    ];
    for number in 0..99_usize {
        // Every sentence is another one, so that the measure is not flattered by repetition.
        let text: Vec<_> = (0..24)
            .map(|at| words[(number * 7 + at * at * (number + 3)) % words.len()])
            .collect();
        let body = format!(">>{} {} {number}", number / 2 + 1, text.join(" "));
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
        assert_eq!(page.count(".post"), 100);
        let size = gzip(page.html.as_bytes()).len();
        assert!(size <= 16 * KILOBYTE, "{size} bytes");
    }
}
