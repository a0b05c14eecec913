//! Which requests may be answered with what is kept, and what tells their answers apart.
//!
//! All a public answer depends on is its address and the coding it is sent in. Whatever else a handler looks at makes
//! a request pass by: who asks (`Cookie`, `Authorization`), a part of a page (`X-Fragment`), a part of a file (`Range`).

use axum::extract::Request;
use http::Method;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Bytes of the longest address that is kept.
const LONGEST: usize = 2 << 10;
/// Headers with which a request passes by.
const OTHERS: [HeaderName; 4] = [
    header::COOKIE,
    header::AUTHORIZATION,
    header::RANGE,
    HeaderName::from_static("x-fragment"),
];

/// How the bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Coding {
    Brotli,
    Gzip,
    Plain,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Path and query.
    target: Box<str>,
    coding: Coding,
}

impl Key {
    /// The key of a request; `None` where it passes by.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let headers = request.headers();
        let target = request.uri().path_and_query()?.as_str();
        let plain = !OTHERS.iter().any(|name| headers.contains_key(name));
        let kept = plain && *request.method() == Method::GET && target.len() <= LONGEST;
        kept.then(|| Self {
            target: target.into(),
            coding: coding(headers),
        })
    }

    /// The address without its query.
    pub(super) fn path(&self) -> &str {
        let query = self.target.split_once('?');
        query.map_or(&self.target, |(path, _)| path)
    }

    /// Leaves only the one coding to choose, so that the answer is what the key says.
    pub(super) fn narrow(&self, headers: &mut HeaderMap) {
        headers.remove(header::ACCEPT_ENCODING);
        let name = match self.coding {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
            Coding::Plain => return,
        };
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(name));
    }

    pub(super) fn weight(&self) -> u32 {
        u32::try_from(self.target.len()).unwrap_or(u32::MAX)
    }
}

/// Takes the conditions of a request out of it: an answer is made whole, and compared with them when it is sent.
pub(super) fn conditions(request: &mut Request) -> Vec<HeaderValue> {
    let asked = request.headers().get_all(header::IF_NONE_MATCH);
    let asked = asked.iter().cloned().collect();
    request.headers_mut().remove(header::IF_NONE_MATCH);
    asked
}

/// The best coding a client takes (RFC 9110, section 12.5.3); Brotli where it has no preference.
fn coding(headers: &HeaderMap) -> Coding {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter();
    let lines = lines.filter_map(|value| value.to_str().ok());
    let mut best = (0.0, Coding::Plain);
    for entry in lines.flat_map(|line| line.split(',')) {
        let mut parts = entry.split(';').map(str::trim);
        let coding = match parts.next().unwrap_or_default() {
            name if name.eq_ignore_ascii_case("br") => Coding::Brotli,
            name if name.eq_ignore_ascii_case("gzip") => Coding::Gzip,
            name if name.eq_ignore_ascii_case("identity") => Coding::Plain,
            _ => continue,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        let weight: f32 = weight.map_or(1.0, |text| text.parse().unwrap_or(0.0));
        if weight > best.0 || (weight == best.0 && weight > 0.0 && coding == Coding::Brotli) {
            best = (weight, coding);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn request(headers: &[(&str, &str)]) -> Request {
        let mut request = Request::get("/b/art?after=x");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap()
    }

    #[test]
    fn a_client_gets_the_coding_it_likes_best() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip;q=1.0, br;q=0.5", Coding::Gzip),
            ("GZIP", Coding::Gzip),
            ("br;q=0, gzip;q=0.1", Coding::Gzip),
            ("identity, gzip;q=0.5", Coding::Plain),
            ("br; q=x", Coding::Plain),
            ("zstd", Coding::Plain),
            ("*", Coding::Plain),
            ("", Coding::Plain),
        ] {
            let request = request(&[("accept-encoding", accepted)]);
            assert_eq!(coding(request.headers()), expected, "{accepted}");
        }
    }

    #[test]
    fn who_brings_anything_of_their_own_passes_by() {
        assert!(Key::of(&request(&[("accept-encoding", "br")])).is_some());
        for name in ["cookie", "authorization", "range", "x-fragment"] {
            assert!(Key::of(&request(&[(name, "")])).is_none(), "{name}");
        }
        let mut writes = request(&[]);
        *writes.method_mut() = Method::POST;
        assert!(Key::of(&writes).is_none());
        let long = format!("/?q={}", "x".repeat(LONGEST));
        let long = Request::get(long).body(Body::empty()).unwrap();
        assert!(Key::of(&long).is_none());
    }
}
