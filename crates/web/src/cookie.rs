//! The cookies of the pages: the session, and what somebody without an account chose.
//!
//! Their names hold the port where that is not the scheme's own, because cookies ignore ports and several nodes may run
//! on one host.

use domain::Site;
use http::{HeaderMap, HeaderValue, header};

/// Seconds a browser keeps the cookie; the session itself may end earlier.
const MAX_AGE: i64 = domain::limits::SESSION_DAYS * 24 * 60 * 60;

/// Seconds a browser keeps what somebody chose.
const CHOICES_AGE: i64 = 365 * 24 * 60 * 60;

/// The session cookie's name on this site.
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
    header(site, &name(site), token, MAX_AGE)
}

/// The header that takes it away.
pub fn clear(site: &Site) -> HeaderValue {
    header(site, &name(site), "", 0)
}

/// The header that keeps what somebody without an account chose; `value` holds no signs that cookies give a meaning.
pub fn set_choices(site: &Site, value: &str) -> HeaderValue {
    header(site, &choices_name(site), value, CHOICES_AGE)
}

/// The header that forgets it.
pub fn clear_choices(site: &Site) -> HeaderValue {
    header(site, &choices_name(site), "", 0)
}

/// What somebody chose, in the request's cookies.
pub fn choices<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    find(headers, &choices_name(site))
}

/// The token in the request's cookies.
pub fn token<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    find(headers, &name(site))
}

fn choices_name(site: &Site) -> String {
    format!("{}_choices", name(site))
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
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

fn header(site: &Site, name: &str, value: &str, seconds: i64) -> HeaderValue {
    let secure = if site.origin.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
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
    fn choices_are_a_cookie_of_their_own() {
        let site = Site::new("http://localhost:8081");
        let mut headers = HeaderMap::new();
        let line = "stoa_8082_choices=b; stoa_8081_choices=a; stoa_8081=token";
        headers.insert(header::COOKIE, line.parse().unwrap());
        assert_eq!(choices(&site, &headers), Some("a"));
        assert_eq!(token(&site, &headers), Some("token"));
        let set = set_choices(&site, "dark.16");
        assert!(
            set.to_str()
                .unwrap()
                .starts_with("stoa_8081_choices=dark.16; Path=/")
        );
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
