//! One module per activity: what we do when it comes (`receive`), and how we say it (`build`), side by side.

pub(crate) mod accept;
pub(crate) mod announce;
pub(crate) mod block;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod flag;
pub(crate) mod follow;
pub(crate) mod lock;
pub(crate) mod moderator;
pub(crate) mod office;
pub(crate) mod pin;
pub(crate) mod relocate;
pub(crate) mod undo;
pub(crate) mod update;
pub(crate) mod vote;

use domain::Tx;
use domain::account::Account;
use jobs::Job;

use crate::hub::Hub;
use crate::trouble::Trouble;

/// How an activity reached us, which decides whom we believe.
#[derive(Clone, Debug)]
pub(crate) enum Via {
    /// From its own actor, who signed the request.
    Actor,
    /// Inside the `Announce` of a board, which signed the request.
    Board {
        board: Box<Account>,
        /// The number the board gave, where it is about a post.
        no: Option<i64>,
    },
}

impl Via {
    pub(crate) fn board(&self) -> Option<&Account> {
        match self {
            Self::Actor => None,
            Self::Board { board, .. } => Some(board),
        }
    }

    pub(crate) fn no(&self) -> Option<i64> {
        match self {
            Self::Actor => None,
            Self::Board { no, .. } => *no,
        }
    }
}

/// An activity's one chance to have its effect: the effect, the note that it was had, and the end of its job are
/// one transaction.
pub(crate) struct Ticket<'a> {
    pub(crate) hub: &'a Hub,
    pub(crate) job: &'a Job,
    pub(crate) uri: &'a str,
    /// The text as it came, for boards to pass on.
    pub(crate) raw: &'a str,
}

impl Ticket<'_> {
    /// Has the effect, unless the activity had it before. The job that asks for it is on the disk: a power cut
    /// that undoes the effect leaves the job, and what follows from it is sent only after a commit that waits.
    pub(crate) async fn settle(
        &self,
        effect: impl AsyncFnOnce(&mut Tx) -> domain::Result<()>,
    ) -> Result<(), Trouble> {
        let settled = self.hub.cx().write_soon(async |tx| {
            if domain::received::note(tx, self.uri).await? {
                effect(tx).await?;
            }
            jobs::finish(&mut tx.conn, self.job.id).await?;
            Ok(())
        });
        settled.await?;
        self.hub.cx().wake.ring();
        Ok(())
    }

    pub(crate) fn activity(&self) -> Option<String> {
        Some(self.raw.to_owned())
    }
}
