//! Same-origin checks: who may speak for which id.
//!
//! An id, its owner, the signer's key and the final URL of a fetch must share scheme, host and port (FEP-fe34);
//! comparing hosts alone would make all nodes of one machine, and all tenants of one host's ports, one authority.
//! Called by `fetch`, `wire`, `webfinger` and everything that receives activities.

use url::Url;

/// Longest id that is read. The longest seen in the wild are some 300 bytes.
pub(crate) const LONGEST_ID: usize = 2048;

/// Reads an id: an http(s) URL with a host, without user name or password, not longer than [`LONGEST_ID`].
pub(crate) fn parse(id: &str) -> Option<Url> {
    if id.len() > LONGEST_ID || id.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let url = Url::parse(id).ok()?;
    let web = matches!(url.scheme(), "https" | "http");
    let bare = url.username().is_empty() && url.password().is_none();
    (web && bare && url.has_host()).then_some(url)
}

/// Whether both URLs are of one origin.
pub(crate) fn same(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme()
        && a.host() == b.host()
        && a.port_or_known_default() == b.port_or_known_default()
        && a.has_host()
}

/// Whether both texts are ids of one origin. Text that is no id has no origin.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (parse(a), parse(b)) else {
        return false;
    };
    same(&a, &b)
}

/// Whether both texts name the same thing: equal once written the same way, fragments included.
pub(crate) fn same_id(a: &str, b: &str) -> bool {
    if a == b {
        return parse(a).is_some();
    }
    let (Some(a), Some(b)) = (parse(a), parse(b)) else {
        return false;
    };
    a == b
}

/// Host with port where it is not the scheme's own: as in a `Host` header and after the `@` of a handle.
pub(crate) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The URL without its fragment: the document that holds it.
pub(crate) fn document(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheme_host_and_port_must_agree() {
        assert!(same_text(
            "https://a.example/x",
            "https://A.example:443/y#key"
        ));
        for other in [
            "http://a.example/x",
            "https://a.example:8443/x",
            "https://b.example/x",
            "https://a.example.evil.example/x",
            "https://a.example@evil.example/x",
            "acct:x@a.example",
            "",
        ] {
            assert!(!same_text("https://a.example/x", other), "{other}");
        }
        assert!(!same_text(
            "http://localhost:8081/u/a",
            "http://localhost:8082/u/a"
        ));
        assert!(!same_text("nonsense", "nonsense"));
    }

    #[test]
    fn ids_are_web_addresses_without_user_info() {
        assert!(parse("https://a.example/p/1").is_some());
        for wrong in [
            "10000",
            "Anonymous",
            "ftp://a.example/",
            "https://u:p@a.example/",
            "https://a.example/ x",
            "https:///x y",
        ] {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
        assert!(parse(&format!("https://a.example/{}", "x".repeat(LONGEST_ID))).is_none());
    }

    #[test]
    fn one_thing_may_be_written_two_ways() {
        assert!(same_id("https://A.example", "https://a.example:443/"));
        assert!(!same_id("https://a.example/1", "https://a.example/1#x"));
        assert!(!same_id("nonsense", "nonsense"));
    }

    #[test]
    fn authorities_carry_unusual_ports() {
        let url = |text: &str| Url::parse(text).unwrap();
        assert_eq!(authority(&url("https://a.example/")), "a.example");
        assert_eq!(authority(&url("http://localhost:8081/x")), "localhost:8081");
        assert_eq!(
            document(&url("https://a.example/u#k")).as_str(),
            "https://a.example/u"
        );
    }
}
