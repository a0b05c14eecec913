//! What only admins see: jobs, queues, accounts with their roles, and what other admins did.

use domain::{Site, Timestamp, account, audit, job};
use serde::Serialize;
use utoipa::ToSchema;

use super::Account;
use crate::rest::id::Id;

/// A piece of work that waits or was given up.
#[derive(Serialize, ToSchema)]
pub(crate) struct Job {
    #[schema(value_type = String)]
    id: Id,
    /// Which worker it is for.
    queue: String,
    /// `waiting`, `running` or `given_up`.
    state: &'static str,
    /// Jobs of one lane run one after the other.
    lane: Option<String>,
    /// What the worker is told; its form is the worker's own and may change.
    payload: String,
    /// How often it was tried.
    attempts: i32,
    /// What went wrong last.
    error: Option<String>,
    /// Not before this moment.
    #[schema(format = DateTime)]
    run_at: String,
    #[schema(format = DateTime)]
    created_at: String,
}

/// How full a queue is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Queue {
    name: String,
    /// Jobs that wait, now or later.
    waiting: i64,
    /// Jobs that nobody will try again.
    given_up: i64,
    /// Seconds the first of those that wait has been due.
    lag: i64,
}

/// An account as admins see it.
#[derive(Serialize, ToSchema)]
pub(crate) struct AdminAccount {
    account: Account,
    /// `active`, `suspended`, `deleted`, or `withheld` where its server is suspended.
    state: &'static str,
    /// `member`, `moderator` or `admin`; null for accounts of other servers.
    role: Option<&'static str>,
    email: Option<String>,
    /// Open ones.
    sessions: i64,
    /// When one of them was last used, to the hour.
    #[schema(format = DateTime)]
    seen_at: Option<String>,
}

/// Something an admin did.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditEntry {
    #[schema(value_type = String)]
    id: Id,
    /// A stable code, like `role_changed`.
    act: String,
    actor: Account,
    /// To what.
    subject: String,
    /// May be empty.
    reason: String,
    #[schema(format = DateTime)]
    at: String,
}

impl Job {
    pub(crate) fn of(job: &job::Job, now: Timestamp) -> Self {
        let state = if job.is_given_up() {
            "given_up"
        } else if job.is_running(now) {
            "running"
        } else {
            "waiting"
        };
        Self {
            id: Id(job.id),
            queue: job.queue.clone(),
            state,
            lane: job.lane.clone(),
            payload: job.payload.clone(),
            attempts: job.attempts,
            error: job.error.clone(),
            run_at: job.run_at.rfc3339(),
            created_at: job.created_at.rfc3339(),
        }
    }
}

impl Queue {
    pub(crate) fn of(queue: &job::Queue, now: Timestamp) -> Self {
        Self {
            name: queue.name.clone(),
            waiting: queue.waiting,
            given_up: queue.given_up,
            lag: job::lag(queue, now) / 1_000_000,
        }
    }
}

impl AdminAccount {
    pub(crate) fn of(entry: &account::Entry, site: &Site) -> Self {
        Self {
            account: Account::of(&entry.account, site),
            state: match entry.account.state {
                account::State::Active => "active",
                account::State::Suspended => "suspended",
                account::State::Deleted => "deleted",
                account::State::Withheld => "withheld",
            },
            role: entry.role.map(domain::Role::name),
            email: entry.email.clone(),
            sessions: entry.sessions,
            seen_at: entry.seen_at.map(Timestamp::rfc3339),
        }
    }
}

impl AuditEntry {
    pub(crate) fn of(entry: &audit::Entry, site: &Site) -> Self {
        Self {
            id: Id(entry.id),
            act: entry.act.clone(),
            actor: Account::of(&entry.actor, site),
            subject: entry.subject.clone(),
            reason: entry.reason.clone(),
            at: entry.at.rfc3339(),
        }
    }
}
