//! Developer commands, reached through the cargo aliases in `.cargo/config.toml`: `cargo lint`, `cargo suites`, `cargo schema`.
//! This crate uses none of the product's crates, so that it builds in seconds and works while they do not compile.
//! The repository's own rules are ordinary tests: `tests/tidy`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for the terminal speaks on the terminal"
)]

mod command;
mod lint;
mod schema;
mod suites;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

  lint     formatting, clippy with warnings as errors, and the repository's own rules
  suites   everything: the tests with PostgreSQL required, then the pages in a real browser
           (installs what is missing; that needs root on a Debian system)
  browser  only the pages in a real browser
  schema   prints the tables and columns of both engines and fails where they differ";

fn main() -> ExitCode {
    let asked = std::env::args().nth(1);
    let done = match asked.as_deref() {
        Some("lint") => lint::run(),
        Some("suites") => suites::run(),
        Some("browser") => suites::browser(),
        Some("schema") => schema::run(),
        Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => Err(anyhow::anyhow!("there is no command `{other}`\n\n{HELP}")),
        None => Err(anyhow::anyhow!("which command?\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
