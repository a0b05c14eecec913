//! Five whole pages, the same on both engines. A change of a template shows here as what it does to the page.

use crate::page::Page;
use crate::site::Pages;

/// The page without what differs from run to run: ids, tokens, hashes.
fn steady(page: &Page) -> String {
    let token = page
        .attributes("input[name=csrf]", "value")
        .into_iter()
        .find(|token| !token.is_empty());
    let html = token.map_or_else(|| page.html.clone(), |token| page.html.replace(&token, "…"));
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let word = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
            .unwrap_or(rest.len());
        let (token, after) = rest.split_at(word);
        out.push_str(if is_random(token) { "…" } else { token });
        rest = after;
    }
    out.push_str(rest);
    let lines = out
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn is_random(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let hash = token.len() == 10 && token.bytes().all(|b| b.is_ascii_hexdigit()) && digits > 0;
    hash || (token.len() >= 16 && digits >= 2)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_pages() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        admin
            .picture_thread("Night pier", (300, 200), "A pier at night")
            .await;
        site.app.cx.clock.advance(db::HOUR);
        let mut bo = site.member("bo").await;
        let form = bo
            .get("/b/photo/1")
            .await
            .form("/b/photo/1#reply")
            .with("body", ">>1 *Lovely.*\n>the light\n\n||it was fog||");
        bo.follow(form).await;
        let mut visitor = site.visitor();
        insta::assert_snapshot!("home", steady(&visitor.get("/").await));
        insta::assert_snapshot!("board", steady(&visitor.get("/b/photo").await));
        insta::assert_snapshot!("thread", steady(&bo.get("/b/photo/1").await));
        insta::assert_snapshot!("profile", steady(&visitor.get("/u/root").await));
        insta::assert_snapshot!("not_found", steady(&visitor.get("/nowhere").await));
    }
}
