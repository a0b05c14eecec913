//! A handle as people write it and as hosts are asked about it.

use std::fmt;

use url::{Host, Url};

/// Longest name before the `@`.
const LONGEST_NAME: usize = 200;

/// `name@host`, the host in lower case and punycode, with a port only among private peers.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    pub(crate) name: String,
    pub(crate) host: String,
}

/// Why a text is no handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HandleError {
    #[error("a handle looks like name@host")]
    Form,
    #[error("the name of a handle has letters, digits, and . _ - only")]
    Name,
    #[error("the part after the @ is not a host name")]
    Host,
    #[error("a handle has no port")]
    Port,
}

impl Handle {
    /// Reads `name@host`, also with `@`, `!` or `acct:` in front.
    ///
    /// # Errors
    /// [`HandleError`].
    pub(crate) fn parse(text: &str, with_ports: bool) -> Result<Self, HandleError> {
        let text = text.trim();
        let text = text
            .strip_prefix("acct:")
            .unwrap_or(text)
            .trim_start_matches(['@', '!']);
        let (name, host) = text.split_once('@').ok_or(HandleError::Form)?;
        Self::of(name, host, with_ports)
    }

    /// A handle of its two parts.
    ///
    /// # Errors
    /// [`HandleError`].
    pub(crate) fn of(name: &str, host: &str, with_ports: bool) -> Result<Self, HandleError> {
        let letters = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '~');
        // The instance actor's name is its host, which may carry a port.
        let named =
            !name.is_empty() && name.chars().all(|c| letters(c) || (with_ports && c == ':'));
        if !named || name.len() > LONGEST_NAME {
            return Err(HandleError::Name);
        }
        Ok(Self {
            name: name.to_owned(),
            host: self::host(host, with_ports)?,
        })
    }
}

impl PartialEq for Handle {
    /// Names differ by more than capitals: all software treats `Art@h` and `art@h` as one.
    fn eq(&self, other: &Self) -> bool {
        self.host == other.host && self.name.to_lowercase() == other.name.to_lowercase()
    }
}

impl Eq for Handle {}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.host)
    }
}

/// One way of writing each host: a slip here has bound handles to the wrong server (CVE-2023-42451).
fn host(text: &str, with_ports: bool) -> Result<String, HandleError> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    if text.is_empty() || text.len() > 260 || !text.chars().all(plain) {
        return Err(HandleError::Host);
    }
    let url = Url::parse(&format!("https://{text}/")).map_err(|_| HandleError::Host)?;
    match url.host() {
        Some(Host::Domain(name)) if name.contains('.') || with_ports => {}
        Some(Host::Ipv4(_) | Host::Ipv6(_)) if with_ports => {}
        _ => return Err(HandleError::Host),
    }
    let host = url
        .host_str()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned();
    match url.port() {
        None => Ok(host),
        Some(port) if with_ports => Ok(format!("{host}:{port}")),
        Some(_) => Err(HandleError::Port),
    }
}
