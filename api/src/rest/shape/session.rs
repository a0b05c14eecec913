//! Sessions.

use domain::session;
use serde::Serialize;
use utoipa::ToSchema;

use super::Account;
use crate::rest::id::Id;

/// Where the caller is signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    id: Id,
    /// `page` for a browser, `token` for a program.
    kind: &'static str,
    /// What it is called.
    label: String,
    scopes: Vec<&'static str>,
    /// Whether it is the one that asks.
    current: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// To the hour.
    #[schema(format = DateTime)]
    used_at: String,
    /// When it ends if it is not used.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// A token, shown this once, and whose it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedIn {
    /// Send it as `Authorization: Bearer …`.
    pub(crate) token: String,
    pub(crate) account: Account,
}

impl Session {
    pub(crate) fn of(session: &session::Session, current: domain::Id) -> Self {
        Self {
            id: Id(session.id),
            kind: match session.kind {
                session::Kind::Page => "page",
                session::Kind::Token => "token",
            },
            label: session.label.clone(),
            scopes: session.scopes.iter().map(|scope| scope.name()).collect(),
            current: session.id == current,
            created_at: session.created_at.rfc3339(),
            used_at: session.used_at.rfc3339(),
            expires_at: session.expires_at.rfc3339(),
        }
    }
}
