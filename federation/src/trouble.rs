//! Why an activity or a fetch came to nothing, and what that means for the job that tried.

use crate::fetch::FetchError;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// A peer could not be asked, or its answer was not acceptable.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// Nobody has the name, or its host and the actor do not agree.
    #[error(transparent)]
    Webfinger(#[from] crate::webfinger::WebfingerError),
    /// A verb refused, or the database did.
    #[error(transparent)]
    Domain(#[from] domain::Error),
    /// The document breaks a rule of ours.
    #[error("{0}")]
    Refused(String),
    /// It is of no interest to anybody here.
    #[error("not for us: {0}")]
    Ignored(&'static str),
    /// What it refers to is not here yet.
    #[error("{0} is not here yet")]
    Orphan(String),
}

/// What a job does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cure {
    /// Never mind: it can never have an effect.
    Drop,
    /// Wait outside its lane until what it refers to is here.
    Park,
    /// Try again after a pause.
    Retry,
}

impl Trouble {
    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }

    pub(crate) fn cure(&self) -> Cure {
        match self {
            Self::Orphan(_) => Cure::Park,
            Self::Refused(_) | Self::Ignored(_) | Self::Webfinger(_) => Cure::Drop,
            Self::Fetch(error) if error.is_passing() => Cure::Retry,
            Self::Fetch(_) => Cure::Drop,
            Self::Domain(
                domain::Error::Internal(_)
                | domain::Error::Busy { .. }
                | domain::Error::Overloaded { .. },
            ) => Cure::Retry,
            Self::Domain(_) => Cure::Drop,
        }
    }

    /// For those who run the node, and find it beside the job: what is behind an internal error too.
    pub(crate) fn cause(&self) -> String {
        match self {
            Self::Domain(domain::Error::Internal(cause)) => cause.to_string(),
            other => other.to_string(),
        }
    }

    /// For verbs that people call: what it means to them.
    pub(crate) fn into_domain(self, noun: domain::Noun) -> domain::Error {
        match self {
            Self::Domain(error) => error,
            Self::Fetch(error) if error.is_absent() => domain::Error::Missing(noun),
            Self::Webfinger(error) if error.is_absent() => domain::Error::Missing(noun),
            Self::Webfinger(error) => {
                domain::Error::invalid("uri", "unreachable", sentence(&error.to_string()))
            }
            Self::Orphan(_) | Self::Ignored(_) => domain::Error::Missing(noun),
            Self::Fetch(error) => {
                domain::Error::invalid("uri", "unreachable", sentence(&error.to_string()))
            }
            Self::Refused(why) => domain::Error::invalid("uri", "not_acceptable", sentence(&why)),
        }
    }
}

impl From<db::Error> for Trouble {
    fn from(error: db::Error) -> Self {
        Self::Domain(error.into())
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admins_read_what_is_behind_an_internal_error() {
        let broken = Trouble::Domain(domain::Error::internal("the payload is no JSON"));
        assert_eq!(broken.cause(), "the payload is no JSON");
        assert!(!broken.to_string().contains("payload"), "nobody else does");
        assert_eq!(Trouble::Ignored("a boost").cause(), "not for us: a boost");
    }
}
