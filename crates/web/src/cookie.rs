//! The session cookie of the pages.
//!
//! Its name holds the port where that is not the scheme's own, because cookies ignore ports and several nodes may run
//! on one host.

use domain::Site;
use http::{HeaderMap, HeaderValue, header};

/// Seconds a browser keeps the cookie; the session itself may end earlier.
const MAX_AGE: i64 = domain::limits::SESSION_DAYS * 24 * 60 * 60;

/// The cookie's name on this site.
pub fn name(site: &Site) -> String {
    let authority = authority(&site.origin);
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    match port.and_then(|port| port.parse::<u16>().ok()) {
        None | Some(80 | 443) => "stoa".to_owned(),
        Some(port) => format!("stoa_{port}"),
    }
}

/// The header that gives a browser its session.
pub fn set(site: &Site, token: &str) -> HeaderValue {
    header(site, token, MAX_AGE)
}

/// The header that takes it away.
pub fn clear(site: &Site) -> HeaderValue {
    header(site, "", 0)
}

/// The token in the request's cookies.
pub fn token<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = name(site);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

/// What stands between the scheme and the path.
pub(crate) fn authority(origin: &str) -> &str {
    origin
        .split_once("://")
        .map_or(origin, |(_, authority)| authority)
}

fn header(site: &Site, token: &str, seconds: i64) -> HeaderValue {
    let name = name(site);
    let secure = if site.origin.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let text = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_on_one_host_do_not_share_cookies() {
        let a = Site::new("http://localhost:8081");
        let b = Site::new("http://localhost:8082");
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            "x=1; stoa_8082=two; stoa_8081=one".parse().unwrap(),
        );
        assert_eq!(token(&a, &headers), Some("one"));
        assert_eq!(token(&b, &headers), Some("two"));
        assert_eq!(name(&Site::new("https://pics.example")), "stoa");
        assert_eq!(name(&Site::new("http://[::1]:8080")), "stoa_8080");
    }

    #[test]
    fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
        let plain = set(&Site::new("http://localhost:8080"), "abc");
        assert_eq!(
            plain,
            "stoa_8080=abc; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"
        );
        let secure = set(&Site::new("https://pics.example"), "abc");
        assert!(secure.to_str().unwrap().ends_with("; Secure"));
        assert!(
            clear(&Site::new("https://pics.example"))
                .to_str()
                .unwrap()
                .contains("Max-Age=0")
        );
    }
}
