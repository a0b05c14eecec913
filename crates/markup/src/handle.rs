//! A name as people write it: `anna`, `@anna`, `art@host`, `!art@host`.
//!
//! The host is compared and stored as lower-case punycode, so that two spellings are one handle and mixed scripts
//! show. Used for mentions, for boards in references, and by the box that takes `name@host`.

use std::fmt;

use url::Host;

use crate::limits;

/// A board or account, here (`host` is `None`) or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    /// ASCII letters, digits and `_`, with `-` and `.` inside. Lower-case when there is no host; as written otherwise.
    pub name: String,
    /// Lower-case punycode, with `:port` where it is not the usual one.
    pub host: Option<String>,
}

impl Handle {
    /// Reads `name`, `@name`, `name@host`, `@name@host` or `!name@host`; `None` when it is none of them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Handle> {
        let text = text.strip_prefix(['@', '!']).unwrap_or(text);
        let Some((name, host)) = text.split_once('@') else {
            return is_name(text).then(|| Handle {
                name: text.to_ascii_lowercase(),
                host: None,
            });
        };
        if !is_name(name) {
            return None;
        }
        Some(Handle {
            name: name.to_owned(),
            host: Some(host_and_port(host)?),
        })
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Some(host) => write!(f, "{}@{host}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Whether `c` may stand in a name.
pub(crate) fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn is_name(name: &str) -> bool {
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    name.len() <= limits::NAME
        && edge(name.chars().next())
        && edge(name.chars().next_back())
        && name.chars().all(is_name_char)
}

fn host_and_port(text: &str) -> Option<String> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let host = host_name(host)?;
    let Some(port) = port else {
        return Some(host);
    };
    if port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match port.parse::<u16>().ok()? {
        0 => None,
        443 => Some(host),
        port => Some(format!("{host}:{port}")),
    }
}

fn host_name(text: &str) -> Option<String> {
    // `Host::parse` decodes percent signs and reads `1` as 0.0.0.1; neither is a host a person means.
    if text.len() > limits::HOST * 4 || text.contains('%') {
        return None;
    }
    let host = match Host::parse(text.strip_suffix('.').unwrap_or(text)).ok()? {
        Host::Domain(name) => name,
        Host::Ipv4(address) if address.to_string() == text => address.to_string(),
        Host::Ipv4(_) => return None,
        Host::Ipv6(address) => format!("[{address}]"),
    };
    let plain = host
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'[' | b']'));
    let edges = !host.starts_with(['.', '-']) && !host.ends_with(['.', '-']);
    let labels = !host.contains("..");
    (plain && edges && labels && host.len() <= limits::HOST).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::Handle;

    fn shown(text: &str) -> Option<String> {
        Handle::parse(text).map(|handle| handle.to_string())
    }

    #[test]
    fn reads_what_people_write() {
        for (text, expected) in [
            ("anna", "anna"),
            ("@Anna", "anna"),
            ("anna@Example.ORG", "anna@example.org"),
            ("@FrankM@nrw.social", "FrankM@nrw.social"),
            ("!art@img.example:8443", "art@img.example:8443"),
            ("art@img.example:443", "art@img.example"),
            ("art@img.example.", "art@img.example"),
            ("art@localhost:8081", "art@localhost:8081"),
            ("art@127.0.0.1:8081", "art@127.0.0.1:8081"),
            ("art@[::1]:8081", "art@[::1]:8081"),
            ("art@[::1]", "art@[::1]"),
            ("a.b-c_d@x.y", "a.b-c_d@x.y"),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_handle() {
        let long = "a".repeat(65);
        for text in [
            "",
            "@",
            "@@x",
            "a b",
            "a/b",
            "ann\u{202e}a",
            "-a",
            "a.",
            "a@",
            "@a@",
            "a@b@c",
            "a@b/c",
            "a@b:0",
            "a@b:99999",
            "a@b:x",
            "a@b:",
            "a@1",
            "a@ex%61mple.org",
            "a@ex ample.org",
            "a@.b",
            "a@b..c",
            "a@-b.c",
            "a@b?c",
            "a@b#c",
            "a@\u{202e}b",
            "ä@b.c",
            long.as_str(),
        ] {
            assert_eq!(shown(text), None, "{text:?}");
        }
    }
}
