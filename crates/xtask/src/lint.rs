//! `cargo lint`: what a change must pass before anyone reads it.
//! The repository's own rules (`tests/tidy`) come first because they take a second; clippy compiles everything.

use crate::command;

/// Checks the repository's rules, the formatting and clippy, in this order.
///
/// # Errors
/// At the first check that fails; its own output says what to change.
pub(crate) fn run() -> anyhow::Result<()> {
    command::cargo(
        &["test", "--quiet", "--package", "xtask", "--test", "tidy"],
        &[],
    )?;
    command::cargo(&["fmt", "--all", "--check"], &[])?;
    command::cargo(
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ],
        &[],
    )
}
