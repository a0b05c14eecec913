//! Every setting the program reads stands in the table of `docs/OPERATING.md` under both of its names, and the table
//! names no other; what only tests and benches read is told where contributors look.

use crate::tree;
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = "docs/OPERATING.md";

/// Where people who test and measure read what they can set.
const FOR_CONTRIBUTORS: [&str; 2] = ["docs/CONTRIBUTING.md", "docs/PERFORMANCE.md"];

#[test]
fn every_setting_is_in_the_table_for_admins() {
    let read = settings_read();
    assert!(read.len() > 10, "settings are read somewhere: {read:?}");
    let told: BTreeSet<String> = table().into_keys().collect();
    let mut offenders = Vec::new();
    for name in read.difference(&told) {
        offenders.push(format!("{name}: read by the program, not in the table"));
    }
    for name in told.difference(&read) {
        offenders.push(format!("{name}: in the table, read by nothing"));
    }
    let rule = format!("The settings in {TABLE} are those that are read:");
    tree::none(&rule, &offenders);
}

#[test]
fn short_names_are_those_of_the_file() {
    let known = pairs(&tree::read("crates/node/src/config/file.rs"));
    assert!(known.len() > 10, "the file's names were read: {known:?}");
    let told: BTreeMap<String, String> = table()
        .into_iter()
        .filter(|(_, short)| !short.is_empty())
        .collect();
    assert_eq!(
        told, known,
        "the short names in {TABLE} are those of stoa.toml"
    );
}

#[test]
fn what_tests_and_benches_read_is_told_to_contributors() {
    let texts: Vec<String> = FOR_CONTRIBUTORS.map(tree::read).to_vec();
    let mut offenders = Vec::new();
    for file in tree::rust_files() {
        if is_of_the_program(&file.path) {
            continue;
        }
        for line in file.text.lines().filter(|line| line.contains("env::var")) {
            for name in names_in(line) {
                if !texts.iter().any(|text| text.contains(&name)) {
                    offenders.push(format!("{}: {name}", file.path));
                }
            }
        }
    }
    let rule = format!("Told in one of {FOR_CONTRIBUTORS:?}:");
    tree::none(&rule, &offenders);
}

/// What the program reads is named in `node::config` and nowhere else.
fn settings_read() -> BTreeSet<String> {
    let config = |path: &str| path.starts_with("crates/node/src/config");
    let files = tree::rust_files().into_iter();
    files
        .filter(|file| config(&file.path))
        .flat_map(|file| names_in(&file.text))
        .collect()
}

fn is_of_the_program(path: &str) -> bool {
    path.contains("/src/") && !path.contains("/testing") && !path.starts_with("crates/xtask")
}

/// Names of the environment that stand in quotes.
fn names_in(text: &str) -> Vec<String> {
    let is_name = |word: &&str| {
        let shape = |c: char| c.is_ascii_uppercase() || c == '_';
        let known = ["STOA_", "DATABASE_URL", "TEST_POSTGRES_URL"];
        word.chars().all(shape) && known.iter().any(|start| word.starts_with(start))
    };
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.filter(is_name).map(str::to_owned).collect()
}

/// Names in the environment with those in the file, as the source pairs them.
fn pairs(source: &str) -> BTreeMap<String, String> {
    let pair = |line: &str| {
        let inner = line.trim().strip_prefix("(\"")?.strip_suffix("\"),")?;
        let (short, name) = inner.split_once("\", \"")?;
        Some((name.to_owned(), short.to_owned()))
    };
    source.lines().filter_map(pair).collect()
}

/// Names in the environment with those in the file, as the table has them; a row may have several of each.
fn table() -> BTreeMap<String, String> {
    let text = tree::read(TABLE);
    let section = text.split("\n## Settings\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut found = BTreeMap::new();
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let mut cells = row.trim_matches('|').split('|').map(in_code);
        let (names, shorts) = (cells.next().unwrap(), cells.next().unwrap());
        for (at, name) in names.into_iter().enumerate() {
            found.insert(name, shorts.get(at).cloned().unwrap_or_default());
        }
    }
    found
}

fn in_code(cell: &str) -> Vec<String> {
    let parts = cell.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}
