//! What pages say of themselves to search engines and to sites that show where a link leads.

use crate::page::Page;
use crate::pictures;
use crate::site::Pages;

fn described(page: &Page) -> String {
    page.attribute("meta[name=description]", "content")
}

fn told(page: &Page, name: &str) -> Option<String> {
    let selector = format!("meta[property='og:{name}']");
    page.attributes(&selector, "content").into_iter().next()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_describe_what_they_show() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let words = "quiet ".repeat(80);
        let body = format!("Cold \"air\" & <wet> planks.\n\n||the end||\n\n{words}");
        admin.thread("Night <pier>", &body).await;
        let mut visitor = site.visitor();
        let home = visitor.get("/").await;
        assert_eq!(described(&home), "People who take pictures at night.");
        assert_eq!(told(&home, "title").unwrap(), "Night Pictures");
        assert_eq!(told(&home, "url").unwrap(), "http://pics.test/");
        for path in ["/b/photo", "/b/photo/catalog", "/b/photo/gallery"] {
            let page = visitor.get(path).await;
            assert_eq!(described(&page), "Prints and accidents.", "{path}");
            let address = format!("http://pics.test{path}");
            assert_eq!(told(&page, "url").unwrap(), address);
        }
        let thread = visitor.get("/b/photo/1").await;
        let said = described(&thread);
        assert!(said.starts_with("Cold "), "{said}");
        assert!(
            said.contains("<wet>") && !said.contains("the end"),
            "{said}"
        );
        assert!(said.chars().count() <= 160 && said.ends_with('…'), "{said}");
        assert!(!thread.html.contains("<wet>") && !thread.html.contains("<pier>"));
        assert_eq!(told(&thread, "type").unwrap(), "article");
        assert_eq!(told(&thread, "description").unwrap(), said);
        assert_eq!(told(&thread, "image"), None);
        assert_eq!(told(&visitor.get("/login").await, "type"), None);

        let form = admin.get("/settings/profile").await;
        let form = form.form("/settings/profile").with("about", "I **look**.");
        admin.follow(form).await;
        let profile = visitor.get("/u/root").await;
        assert_eq!(described(&profile), "I look.");
        assert_eq!(told(&profile, "type").unwrap(), "profile");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_covered_on_the_page_is_covered_in_its_preview() {
    for site in Pages::each().await {
        let mut admin = site.with_board().await;
        let alt = "A \"pier\" at night";
        let open = admin.picture_thread("Open", (60, 40), alt).await;
        let picture = told(&open, "image").unwrap();
        assert!(picture.starts_with("http://pics.test/media/"), "{picture}");
        assert_eq!(told(&open, "image:alt").unwrap(), alt);
        let page = admin.get(&open.attribute(".pictures a", "href")).await;
        assert_eq!(told(&page, "image").unwrap(), picture);

        for (field, value, says) in [
            ("sensitive", "1", "Do not tell."),
            (
                "content_warning",
                "A dead bird",
                "Content warning: A dead bird",
            ),
        ] {
            let form = admin.get("/b/photo/new").await.form("/b/photo/new");
            let form = form
                .with("subject", "Covered")
                .with("body", "Do not tell.")
                .with(field, value)
                .with("alt1", "Blood")
                .file("file1", "picture.png", pictures::png(60, 40));
            let page = admin.follow(form).await;
            assert_eq!(told(&page, "image"), None, "{field}");
            assert_eq!(told(&page, "image:alt"), None, "{field}");
            assert_eq!(described(&page), says);
        }
    }
}
