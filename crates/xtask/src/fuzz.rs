//! `cargo xtask fuzz [target] [seconds]`: inputs that reach new code, made until one breaks what must hold.
//!
//! The targets are in `crates/fuzz`, what must hold stands with the tests of the crate concerned, which run the seeds too.
//! No nightly compiler is needed: only counters are built in, no sanitiser. What is found is kept in `target/fuzz`.

use std::fs;

use anyhow::{Context, bail};

use crate::command;

const FOLDER: &str = "crates/fuzz";

/// Seconds that a target runs where nothing else is asked.
const SECONDS: u32 = 60;

/// Runs one target, or all of them one after the other.
///
/// # Errors
/// When cargo-fuzz is missing, a target is unknown, or an input breaks something: its file is named and can be run again.
pub(crate) fn run(target: Option<&str>, seconds: Option<&str>) -> anyhow::Result<()> {
    if !command::is_installed("cargo-fuzz") {
        bail!(
            "cargo-fuzz is missing: `cargo install cargo-fuzz` (building a target needs a C++ compiler too)"
        );
    }
    let seconds: u32 = match seconds {
        Some(text) => text
            .parse()
            .context("the second argument is a number of seconds")?,
        None => SECONDS,
    };
    let known = targets()?;
    let asked: Vec<&String> = known
        .iter()
        .filter(|name| target.is_none_or(|asked| asked == *name))
        .collect();
    if asked.is_empty() {
        bail!("the targets are {}", known.join(", "));
    }
    for name in asked {
        fuzz(name, seconds)?;
    }
    Ok(())
}

fn fuzz(target: &str, seconds: u32) -> anyhow::Result<()> {
    let corpus = format!("target/fuzz/corpus/{target}");
    fs::create_dir_all(command::root().join(&corpus))?;
    let seeds = format!("{FOLDER}/seeds/{target}");
    let time = format!("-max_total_time={seconds}");
    command::cargo(
        &[
            "fuzz",
            "run",
            "--fuzz-dir",
            FOLDER,
            "--target-dir",
            "target/fuzz",
            "--sanitizer",
            "none",
            "--features",
            features(target),
            target,
            &corpus,
            &seeds,
            "--",
            &time,
            "-timeout=20",
            "-max_len=8192",
        ],
        &[],
    )
}

/// What of the product a target needs: most of it takes minutes to build with counters, so it is built only then.
fn features(target: &str) -> &'static str {
    match target {
        "cursor" => "lists",
        "form" => "pages",
        _ => "",
    }
}

/// The names of the targets, sorted.
fn targets() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(command::root().join(FOLDER).join("targets"))? {
        let path = entry?.path();
        if let Some(name) = path.file_stem() {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
