//! Reports, for those who decide about them.

use domain::{Site, report};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Account, Post};
use crate::rest::id::Id;

/// How far a report is.
#[derive(Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReportState {
    /// Nobody decided yet.
    #[default]
    Open,
    /// Something was done about it.
    Resolved,
    /// Nothing is to be done about it.
    Dismissed,
}

/// A report.
#[derive(Serialize, ToSchema)]
pub(crate) struct Report {
    id: Id,
    /// Whose post it is, or who is reported as such.
    account: Account,
    /// The post, or what is left of it; null where an account is reported.
    post: Option<Post>,
    /// Where the post is: `art` here, `art@example.org` elsewhere.
    board: Option<String>,
    /// Who reports: somebody here, or somebody elsewhere or their server.
    reporter: Account,
    /// What they say.
    reason: String,
    state: ReportState,
    /// What was noted when it was decided.
    note: String,
    /// Who decided.
    decided_by: Option<Account>,
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    /// The other servers it can be forwarded to: those of the author and of the board.
    origins: Vec<String>,
    /// When they were told.
    #[schema(format = DateTime)]
    forwarded_at: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
}

impl Report {
    pub(crate) fn of(report: &report::Report, site: &Site) -> Self {
        Self {
            id: Id(report.id),
            account: Account::of(&report.account, site),
            post: report.post.as_ref().map(|post| Post::of(post, site)),
            board: report.board.as_ref().map(|board| board.acct()),
            reporter: Account::of(&report.reporter, site),
            reason: report.reason.clone(),
            state: report.state.into(),
            note: report.note.clone(),
            decided_by: report
                .decided_by
                .as_ref()
                .map(|account| Account::of(account, site)),
            decided_at: report.decided_at.map(domain::Timestamp::rfc3339),
            origins: report.origins().into_iter().map(str::to_owned).collect(),
            forwarded_at: report.forwarded_at.map(domain::Timestamp::rfc3339),
            created_at: report.at.rfc3339(),
        }
    }
}

impl From<report::State> for ReportState {
    fn from(state: report::State) -> Self {
        match state {
            report::State::Open => Self::Open,
            report::State::Resolved => Self::Resolved,
            report::State::Dismissed => Self::Dismissed,
        }
    }
}

impl From<ReportState> for report::State {
    fn from(state: ReportState) -> Self {
        match state {
            ReportState::Open => Self::Open,
            ReportState::Resolved => Self::Resolved,
            ReportState::Dismissed => Self::Dismissed,
        }
    }
}
