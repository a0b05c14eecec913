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
    assert_eq!(paths.len(), 4, "{paths:?}");
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
    assert_eq!(names(&home), ["time"]);
    let thread = admin.get("/b/photo/1").await;
    assert_eq!(names(&thread), ["time", "vote", "quote", "compose"]);
    let read = site.visitor().get("/b/photo/1").await;
    assert_eq!(names(&read), ["time", "quote"]);
    assert_eq!(names(&site.visitor().get("/b/photo").await), ["time"]);
}
