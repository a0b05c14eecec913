//! What a peer's answer means for a delivery and for the peer.

use domain::delivery::{Due, End, Outcome};

use crate::fetch::Answer;

/// How often a peer that says 401 or 403 is tried again: keys may be rotating. With the growing pauses between
/// them that is most of an hour.
const UNAUTHORIZED_TRIES: i32 = 8;

/// Why a peer failed, and how long it asks to be left alone, in microseconds.
pub(super) type Failure = (String, Option<i64>);

/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Taken.
    Sent(u16),
    /// Never to be taken.
    Refused(u16, String),
    /// Not taken because of who we are; may pass.
    Unauthorized(u16, String),
    /// The peer failed: it is left alone for a while, at least as long as it asked (microseconds).
    Failed(String, Option<i64>),
    /// Nothing that could be sent.
    Hopeless(String),
}

impl Verdict {
    pub(super) fn of(answer: &Answer) -> Self {
        let wait = answer
            .retry_after
            .and_then(|wait| i64::try_from(wait.as_micros()).ok());
        let detail = format!("{} {}", answer.status, answer.detail);
        match answer.status {
            200..=299 => Self::Sent(answer.status),
            401 | 403 => Self::Unauthorized(answer.status, detail),
            408 | 425 | 429 | 500..=599 => Self::Failed(detail, wait),
            status => Self::Refused(status, detail),
        }
    }

    /// What is written down, and how the peer failed where it did.
    pub(super) fn outcome(self, due: &Due) -> (Outcome, Option<Failure>) {
        let outcome = |end, answer, error| Outcome {
            id: due.id,
            end,
            answer,
            error,
        };
        match self {
            Self::Sent(status) => (outcome(Some(End::Sent), Some(status), None), None),
            Self::Refused(status, why) => {
                (outcome(Some(End::Refused), Some(status), Some(why)), None)
            }
            Self::Hopeless(why) => (outcome(Some(End::Refused), None, Some(why)), None),
            Self::Unauthorized(status, why) if due.attempts >= UNAUTHORIZED_TRIES => {
                (outcome(Some(End::Refused), Some(status), Some(why)), None)
            }
            Self::Unauthorized(status, why) => (
                outcome(None, Some(status), Some(why.clone())),
                Some((why, None)),
            ),
            Self::Failed(why, wait) => (outcome(None, None, Some(why.clone())), Some((why, wait))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> Answer {
        Answer {
            status,
            retry_after: Some(std::time::Duration::from_secs(60)),
            detail: String::new(),
        }
    }

    #[test]
    fn answers_are_sorted_into_done_refused_and_later() {
        assert_eq!(Verdict::of(&answer(202)), Verdict::Sent(202));
        assert!(matches!(
            Verdict::of(&answer(400)),
            Verdict::Refused(400, _)
        ));
        assert!(matches!(
            Verdict::of(&answer(410)),
            Verdict::Refused(410, _)
        ));
        assert!(matches!(
            Verdict::of(&answer(401)),
            Verdict::Unauthorized(401, _)
        ));
        assert!(matches!(
            Verdict::of(&answer(503)),
            Verdict::Failed(_, Some(60_000_000))
        ));
        assert!(matches!(Verdict::of(&answer(429)), Verdict::Failed(..)));
    }
}
