//! The repository's text files, read once per rule, and the way a rule reports what it found.
//! Build output, installed packages and data folders are no part of the tree.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What is left out wherever it is, and folders left out at the root only.
const NOT_OURS: [&str; 3] = [".git", "node_modules", "vendor"];
const NOT_OURS_AT_THE_ROOT: [&str; 3] = ["target", "data", "demo"];

/// One text file of the repository.
pub(crate) struct File {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The file's lines with their numbers, counted from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
    }

    pub(crate) fn is_rust(&self) -> bool {
        has_ending(&self.path, "rs")
    }
}

/// Whether the name ends in `.ending`.
pub(crate) fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_path_buf()
}

/// Every text file of the repository, sorted by path.
pub(crate) fn files() -> Vec<File> {
    let mut found = Vec::new();
    collect(&root(), "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 10, "the repository was not found");
    found
}

/// Every Rust file of the repository, sorted by path.
pub(crate) fn rust_files() -> Vec<File> {
    files().into_iter().filter(File::is_rust).collect()
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names of what lies in a folder, sorted.
pub(crate) fn names_in(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Fails with every offender, under the rule they break.
#[track_caller]
pub(crate) fn none(rule: &str, offenders: &[String]) {
    let mut message = format!("{rule}\n");
    for offender in offenders {
        writeln!(message, "  {offender}").unwrap();
    }
    assert!(offenders.is_empty(), "{message}");
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{prefix}{name}");
        // In a second working tree `.git` is a file that names the first.
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            let at_root = prefix.is_empty() && NOT_OURS_AT_THE_ROOT.contains(&name.as_str());
            if !at_root {
                collect(&entry.path(), &format!("{path}/"), found);
            }
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            found.push(File { path, text });
        }
    }
}
