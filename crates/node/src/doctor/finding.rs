//! What one look found.

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Fine,
    /// It works, and somebody should know.
    Notice,
    /// It does not work.
    Problem,
}

/// One look and what it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, e.g. `database`.
    pub name: &'static str,
    /// How bad it is.
    pub state: State,
    /// What was found.
    pub detail: String,
    /// What to do; empty where nothing is to be done.
    pub advice: String,
}

impl Finding {
    pub(super) fn fine(name: &'static str, detail: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Fine,
            detail: detail.into(),
            advice: String::new(),
        }
    }

    pub(super) fn notice(
        name: &'static str,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Notice,
            advice: advice.into(),
            ..Self::fine(name, detail)
        }
    }

    pub(super) fn problem(
        name: &'static str,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Problem,
            ..Self::notice(name, detail, advice)
        }
    }
}
