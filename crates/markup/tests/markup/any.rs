//! What holds for any bytes at all: said once, for the seeds here and for the fuzz targets `markup` and `handle`.

use markup::{
    Handle, Target, asked_words, excerpt, foreign, limits, link_references, normalise_tag,
    plain_line, plain_text, render, words,
};

use crate::inspect;

/// Growth of a text of a few bytes; see `cost` for long ones.
const GROWTH: usize = 200;

/// Bytes that somebody typed, or that another server sent.
pub(crate) fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for rendered in [render(&text, "https://stoa.example"), foreign(&text)] {
        let html = &rendered.html;
        assert_eq!(inspect::faults(html), Vec::<String>::new(), "{html}");
        let lower = html.to_ascii_lowercase();
        for never in ["<script", "<style", "<img", "<svg", "<!--"] {
            assert!(!lower.contains(never), "{html}");
        }
        let again = foreign(html);
        assert_eq!(again.html, *html, "clean at once");
        assert_eq!(again.references, rendered.references);
        assert!(rendered.references.len() <= limits::REFERENCES);
        assert!(rendered.mentions.len() <= limits::MENTIONS);
        assert!(rendered.tags.len() <= limits::TAGS);
        assert!(
            html.len() <= GROWTH * (text.len() + 1),
            "{} bytes",
            html.len()
        );
        let shown = link_references(html, |_| Target::Dead);
        assert!(!shown.contains("<a class=\"ref\" data-ref"), "{shown}");
        assert!(excerpt(html, 50).chars().count() <= 50);
        for tag in &rendered.tags {
            assert_eq!(normalise_tag(tag).as_ref(), Some(tag));
        }
    }
    assert_eq!(plain_line(&plain_line(&text)), plain_line(&text));
    assert_eq!(plain_text(&plain_text(&text)), plain_text(&text));
    for word in words(&text).iter().chain(&asked_words(&text)) {
        assert!(word.chars().count() <= limits::WORD, "{word:?}");
        assert!(!word.contains(char::is_whitespace), "{word:?}");
    }
}

/// Bytes where a handle is expected.
pub(crate) fn handle(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(read) = Handle::parse(&text) else {
        return;
    };
    let shown = read.to_string();
    assert_eq!(Handle::parse(&shown).as_ref(), Some(&read), "{text:?}");
    for prefix in ["@", "!"] {
        let again = Handle::parse(&format!("{prefix}{shown}"));
        assert_eq!(again.as_ref(), Some(&read), "{text:?}");
    }
    assert!(
        shown.is_ascii() && !shown.contains(['/', '?', '#', '%', '\\', ' ']),
        "{shown}"
    );
    assert!(read.name.len() <= limits::NAME);
    let Some(host) = &read.host else {
        assert_eq!(read.name, read.name.to_ascii_lowercase());
        return;
    };
    // What we ask for is what every other reader of addresses takes it for.
    let url = url::Url::parse(&format!("https://{host}/@{}", read.name)).unwrap();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    assert_eq!(
        format!("{}{port}", url.host_str().unwrap()),
        *host,
        "{text:?}"
    );
    assert_eq!(url.username(), "");
}
