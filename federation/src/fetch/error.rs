//! Why a fetch or a delivery failed, and whether trying again can help.

use crate::address::Refused;
use crate::json::JsonError;
use crate::resolve::Failure;
use crate::signature::SignError;

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("TLS could not be set up: {0}")]
    Tls(#[from] rustls::Error),
    #[error("the HTTP client could not be set up: {0}")]
    Http(#[from] reqwest::Error),
}

/// A failed exchange.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("{0}")]
    Address(&'static str),
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("no server has the name {0}")]
    UnknownHost(String),
    #[error("{0} did not answer lately and is left alone for some seconds")]
    Resting(String),
    #[error("the server did not answer in time")]
    Timeout,
    #[error("the server could not be reached: {0}")]
    Network(String),
    #[error("the server redirected more than {0} times")]
    TooManyRedirects(usize),
    #[error("the server redirected to nowhere")]
    Redirect,
    #[error("there is nothing at this address (404)")]
    NotFound,
    #[error("what was at this address is gone (410)")]
    Gone,
    #[error("the server answered with status {0}")]
    Status(u16),
    #[error("the answer is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the answer is of type \"{0}\", not an ActivityPub document")]
    ContentType(String),
    #[error(transparent)]
    Json(#[from] JsonError),
    #[error("the document has no id")]
    NoId,
    #[error("the document says it is {claimed}, which its own server does not confirm")]
    Identity { claimed: String },
    #[error("the file could not be written: {0}")]
    Sink(#[from] std::io::Error),
    #[error("the request could not be signed: {0}")]
    Sign(#[from] SignError),
}

impl FetchError {
    /// A stable name of the reason, for logs and counters.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Address(_) => "address_not_accepted",
            Self::Refused(_) => "address_refused",
            Self::UnknownHost(_) => "host_unknown",
            Self::Resting(_) => "host_resting",
            Self::Timeout => "timeout",
            Self::Network(_) => "network",
            Self::TooManyRedirects(_) => "too_many_redirects",
            Self::Redirect => "redirect_unreadable",
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::Status(_) => "status",
            Self::TooLarge(_) => "too_large",
            Self::ContentType(_) => "content_type",
            Self::Json(error) => error.code(),
            Self::NoId => "no_id",
            Self::Identity { .. } => "identity",
            Self::Sink(_) => "sink",
            Self::Sign(_) => "signing",
        }
    }

    /// Whether the thing's own server says that it does not exist (any more): 404 or 410.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::NotFound | Self::Gone)
    }

    /// Whether the same request may succeed later.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::UnknownHost(_)
            | Self::Resting(_)
            | Self::Timeout
            | Self::Network(_)
            | Self::Sink(_) => true,
            Self::Status(status) => matches!(status, 401 | 403 | 408 | 425 | 429 | 500..),
            _ => false,
        }
    }

    /// Whether the host itself failed, rather than this one address on it.
    pub(super) fn is_of_host(&self) -> bool {
        matches!(
            self,
            Self::UnknownHost(_) | Self::Timeout | Self::Network(_)
        )
    }
}

impl From<reqwest::Error> for FetchError {
    /// Finds our own refusal below the client's words.
    fn from(error: reqwest::Error) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        let mut deepest = String::new();
        while let Some(current) = cause {
            match current.downcast_ref::<Failure>() {
                Some(Failure::Refused(refused)) => return Self::Refused(refused.clone()),
                Some(Failure::Unknown(host)) => return Self::UnknownHost(host.clone()),
                None => deepest = current.to_string(),
            }
            cause = current.source();
        }
        if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Network(deepest)
        }
    }
}
