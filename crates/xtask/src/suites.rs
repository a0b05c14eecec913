//! `cargo suites`: all tests, also those that need something installed.
//! Plain `cargo test` runs on a bare machine and leaves PostgreSQL and the browser out; here their absence is an error.
//! Packages are installed only on Debian and only as root; elsewhere the command names what is missing.

use crate::{command, contract};
use anyhow::{Context, bail};
use std::path::Path;

/// Makes the tests fail instead of skipping PostgreSQL where no server can be started.
pub(crate) const REQUIRE_POSTGRES: (&str, &str) = ("STOA_REQUIRE_POSTGRES", "1");

/// Where the packages of Node are.
pub(crate) const BROWSER: &str = "ui/tests/browser";

/// The whole workspace on both engines, then the API against its document, then the pages in Chromium.
///
/// # Errors
/// When something cannot be installed or any test fails.
pub(crate) fn run() -> anyhow::Result<()> {
    require_postgres()?;
    command::cargo(&["test", "--workspace"], &[REQUIRE_POSTGRES])?;
    contract::run(None)?;
    browser()
}

/// The pages in Chromium against freshly started nodes.
///
/// # Errors
/// When something cannot be installed or any journey fails.
pub(crate) fn browser() -> anyhow::Result<()> {
    require("chromium", "chromium")?;
    require("node", "nodejs")?;
    require("npm", "npm")?;
    command::cargo(&["build", "--package", "node", "--bin", "stoa"], &[])?;
    command::run(BROWSER, "npm", &["ci", "--no-audit", "--no-fund"])?;
    command::run(BROWSER, "npm", &["test"])
}

/// Sees to it that a PostgreSQL server can be started or reached.
///
/// # Errors
/// When there is none and none can be installed.
#[expect(
    clippy::disallowed_methods,
    reason = "a setting of the tests, not of the node"
)]
pub(crate) fn require_postgres() -> anyhow::Result<()> {
    let elsewhere = std::env::var_os("TEST_POSTGRES_URL").is_some();
    if elsewhere || Path::new("/usr/lib/postgresql").is_dir() || command::is_installed("initdb") {
        return Ok(());
    }
    install("postgresql").context("PostgreSQL is missing: install it or set TEST_POSTGRES_URL")
}

/// Sees to it that `program` is there, which the Debian package holds.
///
/// # Errors
/// When it is not and cannot be installed.
pub(crate) fn require(program: &str, package: &str) -> anyhow::Result<()> {
    if command::is_installed(program) {
        return Ok(());
    }
    install(package).with_context(|| format!("`{program}` is missing"))
}

/// Installs a Debian package.
///
/// # Errors
/// When this is no Debian system, or not its root, or the package cannot be had.
pub(crate) fn install(package: &str) -> anyhow::Result<()> {
    if !command::is_installed("apt-get") || !is_root()? {
        bail!("only root on a Debian system can install it from here: package `{package}`");
    }
    let quiet = [("DEBIAN_FRONTEND", "noninteractive")];
    command::run_with("", "apt-get", &["update", "-qq"], &quiet)?;
    let arguments = ["install", "-y", "-qq", "--no-install-recommends", package];
    command::run_with("", "apt-get", &arguments, &quiet)
}

fn is_root() -> anyhow::Result<bool> {
    let answer = std::process::Command::new("id").arg("-u").output()?;
    Ok(answer.stdout.trim_ascii() == b"0")
}
