//! What admins did, for admins to read: verbs that only admins may call note it in their own transaction.
//!
//! The public logs of boards are `board::log`; what stands here may name people and reasons that are nobody else's business.

use db::{Conn, Id, Timestamp, ids, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account};
use crate::page::{Page, Slice, Span};
use crate::schema::{actors, audit as lines};
use crate::{Caller, Result, Tx};

/// What an admin can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Changed what the node says about itself; the subject names the fields.
    SiteChanged,
    /// Became the first admin.
    FirstAdmin,
    /// Gave an account another role.
    RoleChanged,
    /// Stopped an account.
    AccountSuspended,
    /// Let an account act again.
    AccountRestored,
    /// Stopped talking to a server.
    PeerSuspended,
    /// Talks to a server again.
    PeerOpened,
    /// Had a server tried at once.
    PeerRetried,
    /// Deleted a picture by its hash.
    MediaPurged,
    /// Had a job run again.
    JobRetried,
    /// Threw a job away.
    JobDropped,
}

impl Act {
    const ALL: [Self; 11] = [
        Self::SiteChanged,
        Self::FirstAdmin,
        Self::RoleChanged,
        Self::AccountSuspended,
        Self::AccountRestored,
        Self::PeerSuspended,
        Self::PeerOpened,
        Self::PeerRetried,
        Self::MediaPurged,
        Self::JobRetried,
        Self::JobDropped,
    ];

    /// Its name in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::SiteChanged => "site_changed",
            Self::FirstAdmin => "first_admin",
            Self::RoleChanged => "role_changed",
            Self::AccountSuspended => "account_suspended",
            Self::AccountRestored => "account_restored",
            Self::PeerSuspended => "peer_suspended",
            Self::PeerOpened => "peer_opened",
            Self::PeerRetried => "peer_retried",
            Self::MediaPurged => "media_purged",
            Self::JobRetried => "job_retried",
            Self::JobDropped => "job_dropped",
        }
    }

    /// The act of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// The name of the act; one that a later version wrote is none of [`Act`].
    pub act: String,
    /// Who did it.
    pub actor: Account,
    /// To what.
    pub subject: String,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What admins did, newest first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn list(conn: &mut Conn, page: Page) -> Result<Slice<Entry>> {
    let span = page.span::<i64>()?;
    let rows: Vec<(Id, String, String, String, account::Row)> = run!(conn, c => {
        let all = lines::table
            .inner_join(actors::table.on(actors::id.eq(lines::actor_id)))
            .select((
                lines::id,
                lines::act,
                lines::subject,
                lines::reason,
                account::Row::as_select(),
            ))
            .limit(page.rows())
            .into_boxed();
        let part = match span {
            // Says nothing, but lets SQLite begin with the lines.
            Span::Start => all.filter(lines::id.gt(0)).order(lines::id.desc()),
            Span::After(id) => all.filter(lines::id.lt(id)).order(lines::id.desc()),
            Span::Before(id) => all.filter(lines::id.gt(id)).order(lines::id.asc()),
        };
        part.load(c).await
    })?;
    let entries = rows
        .into_iter()
        .map(|(id, act, subject, reason, actor)| Entry {
            id,
            act,
            actor: actor.into(),
            subject,
            reason,
            at: ids::moment(id),
        });
    Ok(Slice::cut(entries.collect(), &page, &span, |entry| {
        entry.id
    }))
}

/// Writes down what an admin does, in the transaction in which it happens.
///
/// # Errors
/// The database refuses.
pub(crate) async fn note(
    tx: &mut Tx,
    caller: &Caller,
    act: Act,
    subject: &str,
    reason: &str,
) -> Result<()> {
    let row = (
        lines::id.eq(tx.id()),
        lines::actor_id.eq(caller.id),
        lines::act.eq(act.name()),
        lines::subject.eq(subject),
        lines::reason.eq(reason),
    );
    let insert = diesel::insert_into(lines::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}
