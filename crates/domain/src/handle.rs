//! The name of an account or board as the domain keeps it: an empty host is this node.
//!
//! Called by the faces with what stands in a path or was typed, and by `follow` and `board` with what they look up.

use std::fmt;

use crate::Site;

/// A board or account, here or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    /// Lower-case where it is one of this node; as its home writes it otherwise.
    pub name: String,
    /// Lower-case, with the port where that is not the scheme's own; empty for this node.
    pub host: String,
}

impl Handle {
    /// A name of this node.
    pub fn local(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            host: String::new(),
        }
    }

    /// Reads `name`, `@name`, `name@host`, `@name@host` or `!name@host`; `None` where it is none of them.
    pub fn parse(text: &str, site: &Site) -> Option<Self> {
        let read = markup::Handle::parse(text.trim())?;
        match read.host {
            Some(host) if !site.is_local(&host) => Some(Self {
                name: read.name,
                host,
            }),
            _ => Some(Self::local(read.name.to_ascii_lowercase())),
        }
    }

    /// Whether it names something of this node.
    pub fn is_local(&self) -> bool {
        self.host.is_empty()
    }

    /// `name` here, `name@host` elsewhere: as paths and clients write it.
    pub fn acct(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&acct(&self.name, &self.host))
    }
}

/// `name` where `host` is empty, `name@host` otherwise.
pub(crate) fn acct(name: &str, host: &str) -> String {
    if host.is_empty() {
        name.to_owned()
    } else {
        format!("{name}@{host}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_host_is_no_host() {
        let site = Site::new("http://localhost:8081");
        for (text, acct) in [
            ("anna", "anna"),
            ("@Anna", "anna"),
            ("!art@LOCALHOST:8081", "art"),
            ("Art@localhost:8081", "art"),
            ("art@localhost:8082", "art@localhost:8082"),
            (" @Frank@Pics.Example ", "Frank@pics.example"),
        ] {
            let handle = Handle::parse(text, &site).unwrap();
            assert_eq!(handle.acct(), acct, "{text}");
            assert_eq!(handle.is_local(), !acct.contains('@'));
        }
        assert_eq!(Handle::parse("no handle", &site), None);
        assert_eq!(Handle::parse("", &site), None);
    }
}
