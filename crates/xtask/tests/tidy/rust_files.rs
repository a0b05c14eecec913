//! The shape of Rust files: short, opened by their duty, named after a noun or a verb, and free of the ways in which tests lie.

use crate::tree::{self, File};

const LONGEST: usize = 600;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 10] = [
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service",
    "services",
];

#[test]
fn files_are_short() {
    offenders(|file| {
        let lines = file.lines().count();
        (lines > LONGEST).then(|| format!("{lines} lines"))
    })
    .report("Rust files over 600 lines (60 to 250 is the habit):");
}

#[test]
fn files_open_with_their_duty() {
    offenders(|file| {
        let opened = file.text.starts_with("//! ");
        (!opened).then(|| "does not start with `//! `".to_owned())
    })
    .report("Every Rust file says first what it is for:");
}

#[test]
fn modules_are_foo_rs_beside_foo() {
    offenders(|file| {
        file.path
            .ends_with("/mod.rs")
            .then(|| "is a mod.rs".to_owned())
    })
    .report("Use `foo.rs` and a folder `foo`:");
}

#[test]
fn names_say_what_is_inside() {
    offenders(|file| {
        let path = file.path.trim_end_matches(".rs");
        let empty = path.split('/').find(|part| EMPTY_NAMES.contains(part))?;
        Some(format!("`{empty}`"))
    })
    .report("Name a module after its noun or verb:");
}

#[test]
fn tests_are_not_skipped() {
    let skipped = concat!("#[", "ignore");
    lines_with(|line| line.contains(skipped)).report("A test that does not run protects nothing:");
}

#[test]
fn nothing_sleeps_on_a_thread() {
    let sleep = concat!("thread::", "sleep");
    lines_with(|line| line.contains(sleep)).report("Wait for the thing itself:");
}

#[test]
fn tests_do_not_wait_for_time_to_pass() {
    let sleep = concat!("time::", "sleep");
    let mut found = Found::default();
    for file in tree::rust_files() {
        let mut in_tests = file.path.contains("/tests/");
        let mut marked = false;
        for (number, line) in file.lines() {
            in_tests = in_tests || (marked && line.contains("mod ") && line.ends_with('{'));
            marked = line.trim() == "#[cfg(test)]";
            if in_tests && line.contains(sleep) {
                found.add(&file, number, line);
            }
        }
    }
    found.report("Tests wait for an event, move the clock or drain the queues:");
}

#[test]
fn open_ends_have_a_number() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
    ];
    lines_with(|line| {
        let numbered = line
            .split('#')
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        marks.iter().any(|mark| line.contains(mark)) && !numbered
    })
    .report("An open end names its issue (#123):");
}

#[test]
fn code_is_not_switched_off() {
    let off = concat!("#[cfg(", "any())]");
    lines_with(|line| line.contains(off)).report("Delete it; the history keeps it:");
}

#[derive(Default)]
struct Found(Vec<String>);

impl Found {
    fn add(&mut self, file: &File, number: usize, line: &str) {
        self.0
            .push(format!("{}:{number}: {}", file.path, line.trim()));
    }

    #[track_caller]
    fn report(&self, rule: &str) {
        tree::none(rule, &self.0);
    }
}

fn offenders(fault: impl Fn(&File) -> Option<String>) -> Found {
    let files = tree::rust_files();
    let faults = files
        .iter()
        .filter_map(|file| fault(file).map(|fault| format!("{}: {fault}", file.path)));
    Found(faults.collect())
}

fn lines_with(fault: impl Fn(&str) -> bool) -> Found {
    let mut found = Found::default();
    for file in tree::rust_files() {
        for (number, line) in file.lines() {
            if fault(line) {
                found.add(&file, number, line);
            }
        }
    }
    found
}
