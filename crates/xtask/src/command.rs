//! Runs another program from the root of the repository and turns a failure into a sentence.
//! Every command is printed before it runs, so that it can be repeated by hand.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository, wherever the command was called from.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Runs `program` in `folder` (relative to the root) and fails unless it succeeds.
///
/// # Errors
/// When the program cannot be started or exits with another status than 0.
pub(crate) fn run(folder: &str, program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    run_with(folder, program, arguments, &[])
}

/// As [`run`], with additional environment variables.
///
/// # Errors
/// When the program cannot be started or exits with another status than 0.
pub(crate) fn run_with(
    folder: &str,
    program: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> anyhow::Result<()> {
    let line = format!("{program} {}", arguments.join(" "));
    println!("$ {line}");
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(root().join(folder))
        .status()
        .with_context(|| format!("`{line}` could not be started"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs cargo: the same one that runs this command.
///
/// # Errors
/// When cargo exits with another status than 0.
pub(crate) fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<()> {
    run_with("", env!("CARGO"), arguments, environment)
}

/// Whether `program` is found in the search path.
pub(crate) fn is_installed(program: &str) -> bool {
    succeeds(&format!("command -v {program}"))
}

/// Whether a line of the shell succeeds; what it says is not shown.
pub(crate) fn succeeds(line: &str) -> bool {
    Command::new("sh")
        .args(["-c", &format!("{line} >/dev/null 2>&1")])
        .status()
        .is_ok_and(|status| status.success())
}
