//! What a command answers: sentences for people, JSON for programs.

use std::io::Write;

use serde_json::{Value, json};

/// Where answers go.
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// The answer, in the form that was asked for.
    pub(crate) fn say(&self, sentence: &str, value: &Value) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        match self.json {
            true => writeln!(out, "{value}")?,
            false => writeln!(out, "{sentence}")?,
        }
        Ok(out.flush()?)
    }

    /// Why it failed, on standard error.
    pub(crate) fn fail(&self, error: &anyhow::Error) {
        let mut err = std::io::stderr().lock();
        let text = reason(error);
        let _ = match self.json {
            true => writeln!(err, "{}", json!({"error": text})),
            false => writeln!(err, "stoa: {text}"),
        };
    }
}

/// All causes, the outermost first; one that the sentence before already ends with is not said again.
fn reason(error: &anyhow::Error) -> String {
    error
        .chain()
        .map(ToString::to_string)
        .reduce(|said, cause| match said.ends_with(&cause) {
            true => said,
            false => format!("{said}: {cause}"),
        })
        .unwrap_or_default()
}
