//! Addresses: which may be linked, how they are shown, and what a link must not pretend.
//!
//! The visible text of a link is the writer's, but a text that looks like the address of another host gets the real
//! host added (misleading links, CVE-2023-36462). Hosts are shown in punycode, so mixed scripts show.

use url::Url;

use crate::limits;

/// Shortest top-level domain there is.
const TOP_LEVEL: usize = 2;

/// The address as it may be linked: absolute, http, https or mailto, without user name and password.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > limits::ADDRESS {
        return None;
    }
    let mut url = Url::parse(text).ok()?;
    match url.scheme() {
        "http" | "https" => {
            url.host_str().filter(|host| !host.is_empty())?;
            url.set_username("").ok()?;
            url.set_password(None).ok()?;
        }
        "mailto" => {}
        _ => return None,
    }
    // What the sanitiser will read must be what was checked here.
    let address = String::from(url);
    (address.len() <= limits::ADDRESS).then_some(address)
}

/// The visible form of a bare address: without scheme and `www.`, cut at [`limits::ADDRESS_SHOWN`] characters.
pub(crate) fn shorten(address: &str) -> String {
    let short = ["https://", "http://", "mailto:"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address);
    let short = short.strip_prefix("www.").unwrap_or(short);
    let short = match short.split_once('/') {
        Some((host, "")) => host,
        _ => short,
    };
    if short.chars().count() <= limits::ADDRESS_SHOWN {
        return short.to_owned();
    }
    let host = short.find(['/', '?', '#']).unwrap_or(short.len());
    // The host is never cut: its end is what tells whose it is.
    let room = limits::ADDRESS_SHOWN.max(short[..host].chars().count() + 1);
    let mut cut: String = short.chars().take(room).collect();
    if cut.len() < short.len() {
        cut.push('…');
    }
    cut
}

/// What must be added behind the text of a link to `address`, or `None` when the text is honest.
pub(crate) fn disclosure(text: &str, address: &str) -> Option<String> {
    let host = host_of(address)?;
    let added = format!("({host})");
    let misleads = text
        .split_whitespace()
        .filter_map(apparent_host)
        .any(|apparent| !same_site(&apparent, &host));
    (misleads && !text.trim_end().ends_with(&added)).then_some(added)
}

/// Whether the whole text is an address written out, to be shown in its short form instead.
pub(crate) fn is_written_out(text: &str, address: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let starts = ["http://", "https://", "www.", "mailto:"];
    starts.iter().any(|start| lower.starts_with(start))
        && !lower.contains(char::is_whitespace)
        && address_of(&lower)
            .is_some_and(|written| written == address_of(address).unwrap_or_default())
}

fn address_of(text: &str) -> Option<String> {
    let text = if text.starts_with("www.") {
        format!("http://{text}")
    } else {
        text.to_owned()
    };
    host_of(&address(&text)?)
}

fn host_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    match url.host_str() {
        Some(host) => Some(without_www(host).to_owned()),
        None => Some(url.path().rsplit_once('@')?.1.to_ascii_lowercase()),
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

fn same_site(apparent: &str, host: &str) -> bool {
    let below = |name: &str, parent: &str| {
        name.strip_suffix(parent)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    apparent == host || below(host, apparent) || below(apparent, host)
}

/// The host a reader would take `word` for, lower-case punycode, or `None` when it does not look like an address.
fn apparent_host(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let (scheme, rest) = match word.split_once("://") {
        Some((scheme, rest)) if scheme.chars().all(char::is_alphanumeric) => (true, rest),
        _ => (false, word.as_str()),
    };
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let dots: String = rest
        .chars()
        .map(|c| {
            if matches!(c, '。' | '．' | '｡') {
                '.'
            } else {
                c
            }
        })
        .collect();
    let end = dots
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
        .unwrap_or(dots.len());
    // `@name@host` and `name@host` are handles; their pages may well be on another host.
    if !scheme && dots[end..].starts_with('@') || word.starts_with('@') {
        return None;
    }
    let host = dots[..end].trim_matches(['.', '-']);
    let (_, top) = host.rsplit_once('.')?;
    if top.chars().count() < TOP_LEVEL || !top.chars().all(char::is_alphabetic) {
        return None;
    }
    match url::Host::parse(host).ok()? {
        url::Host::Domain(name) => Some(without_www(&name).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{address, disclosure, is_written_out, shorten};

    #[test]
    fn links_only_what_is_safe() {
        for (text, expected) in [
            ("https://Example.org", Some("https://example.org/")),
            (" http://a.b/c d ", Some("http://a.b/c%20d")),
            (
                "https://bank.example@evil.example/",
                Some("https://evil.example/"),
            ),
            ("https://u:p@a.b/", Some("https://a.b/")),
            ("mailto:a@b.c", Some("mailto:a@b.c")),
            (
                "https://bücher.example/ü",
                Some("https://xn--bcher-kva.example/%C3%BC"),
            ),
            ("java\nscript:alert(1)", None),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("//a.b", None),
            ("/b/art", None),
            ("ftp://a.b", None),
            ("https://", None),
            ("a.b", None),
        ] {
            assert_eq!(address(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(address(&format!("https://a.b/{}", "x".repeat(3000))), None);
    }

    #[test]
    fn shows_bare_addresses_short() {
        for (address, expected) in [
            ("https://www.example.org/", "example.org"),
            ("https://example.org/a/b?c", "example.org/a/b?c"),
            ("mailto:a@b.c", "a@b.c"),
            (
                "https://example.org/0123456789012345678901234567890",
                "example.org/0123456789012345678901234567…",
            ),
        ] {
            assert_eq!(shorten(address), expected);
        }
        let long = format!("https://{}.example/path", "bank.".repeat(12));
        assert!(shorten(&long).ends_with(".example/…"), "{}", shorten(&long));
    }

    #[test]
    fn tells_where_misleading_links_go() {
        let evil = "https://evil.example/x";
        for text in [
            "https://bank.com/login",
            "bank.com",
            "log in at www.bank.com now",
            "bаnk.com",
            "bank。com",
            "(bank.com)",
            "bank.com∕login",
            "https://evil.example@bank.com/",
        ] {
            // The last is an address of bank.com shown over one of evil.example.
            let expected = Some("(evil.example)".to_owned());
            let honest = text.starts_with("https://evil");
            assert_eq!(
                disclosure(text, evil),
                if honest { None } else { expected },
                "{text}"
            );
        }
        for text in [
            "here",
            "evil.example/other",
            "www.evil.example",
            "sub.evil.example",
            "bank.com (evil.example)",
            "e.g. 1.2",
            "@anna@bank.com",
        ] {
            assert_eq!(disclosure(text, evil), None, "{text}");
        }
    }

    #[test]
    fn knows_written_out_addresses() {
        assert!(is_written_out("https://a.b/c", "https://a.b/d"));
        assert!(is_written_out("WWW.a.b", "https://a.b/"));
        assert!(!is_written_out("a.b", "https://a.b/"));
        assert!(!is_written_out("https://c.d/", "https://a.b/"));
        assert!(!is_written_out("https://a.b/ is it", "https://a.b/"));
    }
}
