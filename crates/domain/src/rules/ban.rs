//! Who may ban whom, what a ban says, and whom it keeps out: one rule for posting, voting and reporting.

use db::Timestamp;

use crate::error::Banned;
use crate::{Denial, Fault};

/// A ban that was imposed on somebody, ended or not.
#[derive(Clone, Debug)]
pub(crate) struct Imposed {
    /// The board, as in its address; `None` for all of this node.
    pub(crate) board: Option<String>,
    pub(crate) reason: String,
    pub(crate) until: Option<Timestamp>,
}

/// Whether somebody with these bans may act now. A ban from the whole node is told first.
pub(crate) fn admit(bans: Vec<Imposed>, now: Timestamp) -> Result<(), Denial> {
    let stands = |ban: &Imposed| ban.until.is_none_or(|until| until > now);
    let standing = bans.into_iter().filter(stands);
    match standing.min_by_key(|ban| ban.board.is_some()) {
        None => Ok(()),
        Some(ban) => Err(Denial::Banned(Banned {
            board: ban.board,
            reason: ban.reason,
            until: ban.until,
        })),
    }
}

/// What decides whether somebody may be kept out by somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Office {
    /// Whether the caller decides about this place.
    pub(crate) may: bool,
    /// Whether the other one has an office there.
    pub(crate) of_staff: bool,
}

/// Whether the caller may ban or suspend the other one.
pub(crate) fn may(office: Office, missing: Denial) -> Result<(), Denial> {
    match office {
        Office { may: false, .. } => Err(missing),
        Office { of_staff: true, .. } => Err(Denial::OfStaff),
        Office { .. } => Ok(()),
    }
}

/// All that is wrong with a reason and an end.
pub(crate) fn faults(reason: &str, until: Option<Timestamp>, now: Timestamp) -> Vec<Fault> {
    let mut faults = super::reason::fault(reason).into_iter().collect::<Vec<_>>();
    if until.is_some_and(|until| until <= now) {
        let detail = "A ban ends in the future, or has no end.";
        faults.push(Fault::new("until", "in_the_past", detail));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    fn ban(board: Option<&str>, until: Option<i64>) -> Imposed {
        Imposed {
            board: board.map(str::to_owned),
            reason: "spam".to_owned(),
            until: until.map(Timestamp),
        }
    }

    #[test]
    fn bans_end_by_themselves_and_the_wider_one_is_told() {
        let now = Timestamp(100);
        assert_eq!(admit(vec![], now), Ok(()));
        assert_eq!(admit(vec![ban(None, Some(100))], now), Ok(()));
        let told = |bans| match admit(bans, now) {
            Err(Denial::Banned(banned)) => (banned.board, banned.until),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            told(vec![ban(Some("art"), Some(101))]),
            (Some("art".to_owned()), Some(Timestamp(101)))
        );
        assert_eq!(told(vec![ban(Some("art"), None), ban(None, None)]).0, None);
        let over = vec![ban(Some("art"), None), ban(None, Some(99))];
        assert_eq!(told(over).0, Some("art".to_owned()));
    }

    #[test]
    fn who_is_banned_reads_why_and_until_when() {
        let until = Timestamp::parse("2026-11-21T10:00:30Z");
        let bans = vec![Imposed {
            until,
            ..ban(Some("art"), None)
        }];
        let told = admit(bans, Timestamp(0)).unwrap_err().to_string();
        assert_eq!(
            told,
            "This account is banned from /art/ until 2026-11-21 10:00 UTC: spam"
        );
        let told = admit(vec![ban(None, None)], Timestamp(0)).unwrap_err();
        assert_eq!(
            told.to_string(),
            "This account is banned from this server: spam"
        );
    }

    #[test]
    fn staff_is_not_banned() {
        let office = |may, of_staff| super::may(Office { may, of_staff }, Denial::NotModerator);
        assert_eq!(office(true, false), Ok(()));
        assert_eq!(office(true, true), Err(Denial::OfStaff));
        assert_eq!(office(false, true), Err(Denial::NotModerator));
    }

    #[test]
    fn all_faults_at_once() {
        let long = "x".repeat(limits::REASON + 1);
        let found = faults(&long, Some(Timestamp(5)), Timestamp(5));
        let codes: Vec<_> = found.iter().map(|f| (f.field.as_ref(), f.code)).collect();
        assert_eq!(codes, [("reason", "too_long"), ("until", "in_the_past")]);
        assert_eq!(faults("", Some(Timestamp(6)), Timestamp(5)), []);
    }
}
