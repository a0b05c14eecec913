//! Which crate may use which: the table below against every `Cargo.toml` and against the table printed in `docs/ARCHITECTURE.md`.
//! The arrows point down only, so that a rule has one home and a face cannot reach around it.

use crate::tree;
use std::collections::BTreeSet;

/// Crate, its folder, and the crates of ours it may use.
const ARROWS: [(&str, &str, &[&str]); 12] = [
    ("db", "crates/db", &[]),
    ("jobs", "crates/jobs", &["db"]),
    ("markup", "crates/markup", &[]),
    ("media", "crates/media", &[]),
    (
        "domain",
        "crates/domain",
        &["db", "jobs", "markup", "media"],
    ),
    ("web", "crates/web", &["db", "domain", "media"]),
    (
        "federation",
        "federation",
        &["db", "domain", "jobs", "markup", "media", "web"],
    ),
    (
        "api",
        "api",
        &["db", "domain", "federation", "markup", "media", "web"],
    ),
    (
        "ui",
        "ui",
        &["db", "domain", "federation", "markup", "media", "web"],
    ),
    (
        "node",
        "crates/node",
        &[
            "api",
            "db",
            "domain",
            "federation",
            "jobs",
            "markup",
            "media",
            "ui",
            "web",
        ],
    ),
    ("xtask", "crates/xtask", &[]),
    (
        "fuzz",
        "crates/fuzz",
        &[
            "db",
            "domain",
            "federation",
            "jobs",
            "markup",
            "media",
            "ui",
            "web",
        ],
    ),
];

/// What pages and API may use of federation: looking up a foreign thing now, what that finds, and the keys of a new actor.
const OPEN_OF_FEDERATION: [&str; 3] = ["Remote", "Found", "key_pair"];

/// The crates that may name diesel: everything above asks them for nouns and verbs.
const KNOW_SQL: [&str; 3] = ["db", "domain", "jobs"];

#[test]
fn crates_use_only_what_lies_below_them() {
    let mut offenders = Vec::new();
    for (name, folder, allowed) in ARROWS {
        for used in used_by(folder) {
            let ours = ARROWS.iter().any(|(other, ..)| *other == used);
            if ours && !allowed.contains(&used.as_str()) {
                offenders.push(format!("{folder}/Cargo.toml: `{name}` uses `{used}`"));
            }
        }
    }
    tree::none("These arrows do not point down:", &offenders);
}

#[test]
fn every_crate_stands_in_the_table() {
    let mut folders: Vec<String> = tree::names_in("crates")
        .into_iter()
        .map(|name| format!("crates/{name}"))
        .collect();
    folders.extend(["federation", "api", "ui"].map(String::from));
    let offenders: Vec<String> = folders
        .into_iter()
        .filter(|folder| !ARROWS.iter().any(|(_, known, _)| known == folder))
        .collect();
    tree::none(
        "These folders are missing from the table of arrows:",
        &offenders,
    );
}

#[test]
fn the_architecture_page_prints_the_same_table() {
    let page = tree::read("docs/ARCHITECTURE.md");
    let printed: Vec<(String, BTreeSet<String>)> = page.lines().filter_map(printed_arrow).collect();
    let held: Vec<(String, BTreeSet<String>)> = ARROWS
        .iter()
        .map(|(name, _, allowed)| {
            let allowed = allowed.iter().map(ToString::to_string).collect();
            ((*name).to_owned(), allowed)
        })
        .collect();
    assert_eq!(
        printed, held,
        "docs/ARCHITECTURE.md (left) and the table of this test (right)"
    );
}

#[test]
fn only_the_storage_crates_know_diesel() {
    let mut offenders = Vec::new();
    for (name, folder, _) in ARROWS {
        if KNOW_SQL.contains(&name) {
            continue;
        }
        let used = used_by(folder);
        offenders.extend(
            used.iter()
                .filter(|used| used.starts_with("diesel") || *used == "tokio-postgres")
                .map(|used| format!("{folder}/Cargo.toml: {used}")),
        );
    }
    tree::none("SQL belongs to db, jobs and domain:", &offenders);
}

#[test]
fn pages_and_api_use_little_of_federation() {
    let mut offenders = Vec::new();
    for file in tree::rust_files() {
        if !(file.path.starts_with("ui/src/") || file.path.starts_with("api/src/")) {
            continue;
        }
        for (number, line) in file.lines() {
            let code = line.split("//").next().unwrap_or_default();
            if reaches_into_federation(code) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none(
        "Of federation only `Remote`, `Found` and `key_pair` may be used here:",
        &offenders,
    );
}

/// The dependencies of all kinds that a crate names.
fn used_by(folder: &str) -> Vec<String> {
    let manifest: toml::Table = tree::read(&format!("{folder}/Cargo.toml")).parse().unwrap();
    ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(toml::Table::keys)
        .cloned()
        .collect()
}

/// Reads a line such as ``| `jobs` | `db` |`` (or with `–` for nothing).
fn printed_arrow(line: &str) -> Option<(String, BTreeSet<String>)> {
    let cells: Vec<&str> = line.trim().strip_prefix('|')?.split('|').collect();
    let [name, allowed, ""] = cells[..] else {
        return None;
    };
    let name = name.trim().strip_prefix('`')?.strip_suffix('`')?;
    let is_crate = ARROWS.iter().any(|(known, ..)| *known == name);
    let allowed = allowed
        .split(',')
        .map(|word| word.trim().trim_matches('`').to_owned())
        .filter(|word| word != "–")
        .collect();
    is_crate.then(|| (name.to_owned(), allowed))
}

fn reaches_into_federation(code: &str) -> bool {
    code.match_indices("federation::").any(|(at, path)| {
        let before = code[..at].chars().next_back();
        let starts_a_path = !before.is_some_and(|c| c.is_alphanumeric() || "_:\"".contains(c));
        let rest = &code[at + path.len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .collect(),
            None => rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .take(1)
                .collect(),
        };
        let is_open = names
            .iter()
            .all(|name| OPEN_OF_FEDERATION.contains(&name.trim()));
        starts_a_path && !is_open
    })
}

#[test]
fn the_rule_sees_imports_and_paths() {
    assert!(reaches_into_federation("use federation::inbox;"));
    assert!(reaches_into_federation(
        "use federation::{Remote, Workers};"
    ));
    assert!(reaches_into_federation(
        "let x = federation::outbox::work();"
    ));
    assert!(!reaches_into_federation("use federation::{Found, Remote};"));
    assert!(!reaches_into_federation("remote: federation::Remote,"));
    assert!(!reaches_into_federation("crate::federation::card()"));
}
