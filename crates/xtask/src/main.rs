//! Developer commands, reached through the cargo aliases in `.cargo/config.toml`: `cargo lint`, `cargo suites`, `cargo contract`, `cargo schema`.
//! This crate uses none of the product's crates, so that it builds in seconds and works while they do not compile.
//! The repository's own rules are ordinary tests: `tests/tidy`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for the terminal speaks on the terminal"
)]

mod command;
mod contract;
mod fuzz;
mod lint;
mod schema;
mod suites;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

  lint     formatting, clippy with warnings as errors, and the repository's own rules
  suites   everything: the tests with PostgreSQL required, the API against its document, the pages in a real browser
           (installs what is missing; that needs root on a Debian system)
  browser  only the pages in a real browser
  contract [EXAMPLES]
           only the API: its document against the standard, and a node against the document, with EXAMPLES
           requests made up for each operation (200 unless told otherwise)
  schema   prints the tables and columns of both engines and fails where they differ
  fuzz     [target] [seconds]: inputs made to break what must hold; all targets, a minute each
           (needs `cargo install cargo-fuzz` and a C++ compiler, but no nightly)";

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| asked.get(at).map(String::as_str);
    let done = match argument(0) {
        Some("lint") => lint::run(),
        Some("suites") => suites::run(),
        Some("browser") => suites::browser(),
        Some("contract") => contract::run(std::env::args().nth(2).as_deref()),
        Some("schema") => schema::run(),
        Some("fuzz") => fuzz::run(argument(1), argument(2)),
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
