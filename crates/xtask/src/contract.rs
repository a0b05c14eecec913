//! `cargo xtask contract`: the OpenAPI document held against its standard, and a running node held against the document.
//! The tools are other people's and know nothing else of the API; what they are told stands in `api/tests/contract`.
//! They are installed below `target`; `STOA_BINARY` names another node than the debug build, which is built here.

use crate::{command, suites};
use std::path::{Path, PathBuf};

const HERE: &str = "api/tests/contract";
/// Python's packages, the node's data and what the run writes down.
const WORK: &str = "target/contract";
/// Requests that are made up for each operation, valid and wrong ones, unless told otherwise.
const EXAMPLES: &str = "200";

/// Validates and lints the document, then tries all operations as an admin and as a visitor.
///
/// # Errors
/// When something cannot be installed, or node and document disagree anywhere.
pub(crate) fn run(examples: Option<&str>) -> anyhow::Result<()> {
    let node = node()?;
    let python = python()?;
    suites::require("node", "nodejs")?;
    suites::require("npm", "npm")?;
    command::run(suites::BROWSER, "npm", &["ci", "--no-audit", "--no-fund"])?;
    let root = command::root();
    let spectral = root
        .join(suites::BROWSER)
        .join("node_modules/.bin/spectral");
    let script = format!("{HERE}/contract.py");
    let arguments = [
        "-B",
        script.as_str(),
        "--binary",
        text(&node),
        "--spectral",
        text(&spectral),
        "--work",
        WORK,
        "--examples",
        examples.unwrap_or(EXAMPLES),
    ];
    command::run("", text(&python), &arguments)
}

/// The node to try.
#[expect(
    clippy::disallowed_methods,
    reason = "a setting of the tests, not of the node"
)]
fn node() -> anyhow::Result<PathBuf> {
    if let Some(given) = std::env::var_os("STOA_BINARY") {
        return Ok(command::root().join(given));
    }
    command::cargo(&["build", "--package", "node", "--bin", "stoa"], &[])?;
    Ok(command::root().join("target/debug/stoa"))
}

/// The Python that has the tools.
fn python() -> anyhow::Result<PathBuf> {
    suites::require("python3", "python3")?;
    if !command::succeeds("python3 -c 'import ensurepip, venv'") {
        suites::install("python3-venv")?;
    }
    let folder = format!("{WORK}/venv");
    let python = command::root().join(&folder).join("bin/python");
    if !python.exists() {
        command::run("", "python3", &["-m", "venv", &folder])?;
    }
    let wanted = format!("{HERE}/requirements.txt");
    let install = ["-m", "pip", "install", "--quiet", "--requirement", &wanted];
    command::run("", text(&python), &install)?;
    Ok(python)
}

/// A path of the repository as an argument; it is all of names that were written here.
fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}
