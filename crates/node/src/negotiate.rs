//! One path serves pages and documents: which is wanted stands in `Accept`.

use axum::http::{HeaderMap, Method, header};

/// Whether a request is for the federation: a well-known address, an inbox, or an ActivityPub document.
pub(crate) fn is_federation(method: &Method, path: &str, headers: &HeaderMap) -> bool {
    if path.starts_with("/.well-known/") || path.starts_with("/nodeinfo/") {
        return true;
    }
    if *method == Method::POST {
        return path == "/inbox" || (path.ends_with("/inbox") && is_actor_path(path));
    }
    let reads = *method == Method::GET || *method == Method::HEAD;
    // Activities have no page.
    reads && (path.starts_with("/activities/") || wants_document(headers))
}

fn is_actor_path(path: &str) -> bool {
    (path.starts_with("/u/") || path.starts_with("/b/")) && path.matches('/').count() == 3
}

/// Whether an ActivityPub type is named before any type of page.
fn wants_document(headers: &HeaderMap) -> bool {
    let accepts = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok());
    for entry in accepts.flat_map(|value| value.split(',')) {
        let essence = entry
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "application/activity+json" | "application/ld+json" => return true,
            "text/html" | "application/xhtml+xml" => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn federation(method: &Method, path: &str, accept: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        is_federation(method, path, &headers)
    }

    #[test]
    fn documents_go_to_the_federation_and_pages_do_not() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let ld = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
        let table = [
            (Method::GET, "/b/art", "application/activity+json", true),
            (Method::GET, "/b/art", ld, true),
            (
                Method::GET,
                "/b/art",
                "Application/Activity+JSON, text/html;q=0.1",
                true,
            ),
            (
                Method::GET,
                "/b/art",
                "application/json, application/activity+json",
                true,
            ),
            (Method::HEAD, "/p/1", "application/activity+json", true),
            (Method::GET, "/b/art", browser, false),
            (Method::GET, "/b/art", "*/*", false),
            (
                Method::GET,
                "/b/art",
                "text/html, application/activity+json;q=0.1",
                false,
            ),
            (Method::POST, "/b/art", "application/activity+json", false),
            (Method::POST, "/inbox", "*/*", true),
            (Method::POST, "/b/art/inbox", "*/*", true),
            (Method::POST, "/u/anna/inbox", "*/*", true),
            (Method::POST, "/p/1/inbox", "*/*", false),
            (Method::GET, "/.well-known/webfinger", "*/*", true),
            (Method::GET, "/nodeinfo/2.1", browser, true),
            (Method::GET, "/activities/1", browser, true),
            (Method::GET, "/", "application/activity+json", true),
            (Method::GET, "/", browser, false),
        ];
        for (method, path, accept, expected) in table {
            assert_eq!(
                federation(&method, path, accept),
                expected,
                "{method} {path} {accept}"
            );
        }
    }
}
