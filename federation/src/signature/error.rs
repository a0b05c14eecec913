//! Why a signed request was refused: a stable code for logs and counters, a sentence for the other side.

use crate::signature::MAX_HEADER;

/// A refused signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SignatureError {
    #[error("the request is not signed: a Signature header is needed")]
    Missing,
    #[error("the Signature header is longer than {MAX_HEADER} bytes")]
    TooLong,
    #[error("the Signature header cannot be read: {0}")]
    Malformed(&'static str),
    #[error("the signature parameter \"{0}\" occurs twice")]
    DuplicateParameter(String),
    #[error("the header \"{0}\" occurs more than once")]
    DuplicateHeader(&'static str),
    #[error("the header \"{0}\" is not plain text")]
    HeaderUnreadable(&'static str),
    #[error("the header \"{0}\" is missing")]
    HeaderMissing(&'static str),
    #[error("the signature covers \"{0}\", which the request does not have")]
    CoveredMissing(String),
    #[error("the signature must cover \"{0}\"")]
    NotCovered(&'static str),
    #[error("the algorithm \"{0}\" is not accepted: sign with rsa-sha256")]
    Algorithm(String),
    #[error("the Digest header has no readable SHA-256 value")]
    DigestUnreadable,
    #[error("the body is not the one the digest was made of")]
    DigestMismatch,
    #[error("the Date header is not a date")]
    DateUnreadable,
    #[error("\"{0}\" is not a time in seconds since 1970 that can be meant")]
    NumberOutOfRange(&'static str),
    #[error("the signature is too old: it was made more than 12 hours ago")]
    TooOld,
    #[error("the signature was made in the future: check the clock")]
    FromFuture,
    #[error("the signature has expired")]
    Expired,
    #[error("the request was meant for another host")]
    WrongHost,
    #[error("the signature was not made by the named key over this request")]
    Mismatch,
    #[error("the server is stopping")]
    Stopped,
}

impl SignatureError {
    /// A stable name of the reason.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Missing => "signature_missing",
            Self::TooLong => "signature_too_long",
            Self::Malformed(_) => "signature_malformed",
            Self::DuplicateParameter(_) => "signature_duplicate_parameter",
            Self::DuplicateHeader(_) => "header_duplicate",
            Self::HeaderUnreadable(_) => "header_unreadable",
            Self::HeaderMissing("digest" | "content-digest") => "digest_missing",
            Self::HeaderMissing(_) => "header_missing",
            Self::CoveredMissing(_) => "covered_header_missing",
            Self::NotCovered("host" | "@target-uri") => "host_unsigned",
            Self::NotCovered("digest" | "content-digest") => "digest_unsigned",
            Self::NotCovered("(request-target)" | "@method") => "target_unsigned",
            Self::NotCovered(_) => "date_unsigned",
            Self::Algorithm(_) => "algorithm_unsupported",
            Self::DigestUnreadable => "digest_unreadable",
            Self::DigestMismatch => "digest_mismatch",
            Self::DateUnreadable => "date_unreadable",
            Self::NumberOutOfRange(_) => "time_out_of_range",
            Self::TooOld => "date_too_old",
            Self::FromFuture => "date_in_future",
            Self::Expired => "signature_expired",
            Self::WrongHost => "host_wrong",
            Self::Mismatch => "signature_mismatch",
            Self::Stopped => "stopping",
        }
    }
}
