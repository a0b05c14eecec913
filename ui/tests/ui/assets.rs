//! Style and scripts: what a page names is there, small on the wire and kept for ever.

use http::{HeaderMap, StatusCode, header};

use crate::site::Pages;

#[tokio::test(flavor = "multi_thread")]
async fn what_pages_name_is_there_compressed_and_immutable() {
    let sites = Pages::each().await;
    let site = &sites[0];
    let mut admin = site.with_board().await;
    let thread = admin.thread("Thread", "text").await;
    let mut paths = thread.attributes("script[type=module]", "src");
    assert_eq!(paths.len(), 8, "{paths:?}");
    paths.extend(thread.attributes("link[rel=stylesheet], link[rel=icon]", "href"));
    for path in paths {
        let plain = admin.get(&path).await;
        assert_eq!(plain.status, StatusCode::OK, "{path}");
        assert_eq!(
            plain.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(plain.header("vary"), "Accept-Encoding");
        for coding in ["br", "gzip"] {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::ACCEPT_ENCODING,
                format!("{coding}, identity;q=0.5").parse().unwrap(),
            );
            let packed = admin.get_with(&path, headers).await;
            assert_eq!(packed.header("content-encoding"), coding);
            assert_eq!(packed.header("content-type"), plain.header("content-type"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_are_loaded_only_where_their_element_is() {
    let sites = Pages::each().await;
    let site = &sites[0];
    let mut admin = site.with_board().await;
    admin.thread("Thread", "text").await;
    let names = |page: &crate::page::Page| -> Vec<String> {
        let all = page.attributes("script", "src");
        all.iter()
            .map(|src| {
                src.replace("/assets/", "")
                    .split('.')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect()
    };
    let home = admin.get("/").await;
    assert_eq!(names(&home), ["time", "keys"]);
    let thread = admin.get("/b/photo/1").await;
    let writing = ["compose", "send", "reply"];
    assert_eq!(
        names(&thread),
        [&["time", "keys", "vote", "quote", "watch"][..], &writing].concat()
    );
    let board = admin.get("/b/photo").await;
    assert_eq!(
        names(&board),
        ["time", "keys", "vote", "quote", "compose", "send", "tags"]
    );
    let read = site.visitor().get("/b/photo/1").await;
    assert_eq!(names(&read), ["time", "keys", "quote"]);
    for number in 0..16 {
        admin.thread(&format!("Thread {number}"), "text").await;
        site.app.cx.clock.advance(db::HOUR);
    }
    let long = site.visitor().get("/b/photo").await;
    assert_eq!(names(&long), ["time", "keys", "quote", "feed"]);
}
