//! Posts as real servers send them, from the captured documents outside the repository.

use std::fs;
use std::path::{Path, PathBuf};

use markup::{excerpt, foreign};
use serde_json::Value;

use crate::inspect;

#[test]
fn posts_of_real_servers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/activitypub");
    if !folder.is_dir() {
        println!("skipped: {} is absent", folder.display());
        return;
    }
    let mut texts = Vec::new();
    for file in documents(&folder) {
        let Ok(bytes) = fs::read(&file) else { continue };
        if let Ok(document) = serde_json::from_slice(&bytes) {
            collect(&document, &mut texts);
        }
    }
    assert!(texts.len() > 100, "only {} texts were found", texts.len());
    for html in &texts {
        let rendered = foreign(html);
        assert_eq!(
            inspect::faults(&rendered.html),
            Vec::<String>::new(),
            "{html}"
        );
        assert_eq!(foreign(&rendered.html).html, rendered.html, "{html}");
        assert_eq!(
            words(&rendered.html).is_empty(),
            words(html).is_empty(),
            "{html} → {}",
            rendered.html
        );
    }
}

#[test]
fn forms_of_real_servers() {
    let rel = "rel=\"nofollow noopener ugc\"";
    for (html, expected) in [
        // Mastodon: mention and hashtag.
        (
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://d.example/u/n\" class=\"u-url mention\">@<span>n</span></a></span> hi <a href=\"https://m.example/tags/cat\" class=\"mention hashtag\" rel=\"tag\">#<span>cat</span></a></p>",
            format!("<p><a href=\"https://d.example/u/n\" class=\"mention\" {rel}>@n</a> hi <a href=\"https://m.example/tags/cat\" class=\"hashtag\" rel=\"tag nofollow noopener ugc\">#cat</a></p>"),
        ),
        // Pleroma: no paragraph.
        ("a<br>b", "<p>a<br>b</p>".to_owned()),
        // Lemmy: block quote, headings, spoiler.
        (
            "<h1>T</h1>\n<blockquote>\n<p>q</p>\n</blockquote>\n<details><summary>s</summary><p>t\n</p></details>\n",
            "<p><strong>T</strong></p><blockquote>\n<p>q</p>\n</blockquote><details><summary>s</summary><p>t\n</p></details>".to_owned(),
        ),
        // NodeBB: pictures without anything.
        ("<p><img /></p>\n<p>x</p>\n", "<p></p><p>x</p>".to_owned()),
        // Another Stoa: a reference, a dead one and a spoiler.
        (
            "<p><a class=\"ref\" href=\"https://s.example/p/5\">&gt;&gt;5</a> <s class=\"ref dead\">&gt;&gt;6</s> <span class=\"spoiler\" tabindex=\"0\">||x||</span></p>",
            "<p><a class=\"ref\" data-ref=\"5\">&gt;&gt;5</a> <a class=\"ref\" data-ref=\"6\">&gt;&gt;6</a> <span class=\"spoiler\" tabindex=\"0\">||x||</span></p>".to_owned(),
        ),
    ] {
        assert_eq!(foreign(html).html, expected, "{html}");
    }
}

/// The letters a reader sees, roughly.
fn words(html: &str) -> String {
    excerpt(html, 10_000)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every `content` and `summary` of the document, in whatever depth.
fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if let (true, Value::String(text)) =
                    (matches!(name.as_str(), "content" | "summary"), field)
                {
                    texts.push(text.clone());
                }
                collect(field, texts);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        _ => {}
    }
}
