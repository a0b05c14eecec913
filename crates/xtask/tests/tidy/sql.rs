//! Where SQL may stand, as text and as types: the faces never see a table.

use crate::tree;

const HOMES: [&str; 3] = ["crates/db/", "crates/domain/", "crates/jobs/"];

#[test]
fn queries_are_written_in_the_storage_crates() {
    let mut offenders = Vec::new();
    for file in tree::rust_files() {
        if HOMES.iter().any(|home| file.path.starts_with(home)) {
            continue;
        }
        for (number, line) in file.lines() {
            let code = line.split("//").next().unwrap_or_default();
            if code.contains(concat!("diesel", "::"))
                || code.contains(concat!("diesel", "_async::"))
            {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none("Ask domain for a noun or a verb instead:", &offenders);
}

#[test]
fn lists_use_cursors() {
    let mut offenders = Vec::new();
    for file in tree::rust_files() {
        if !HOMES.iter().any(|home| file.path.starts_with(home)) {
            continue;
        }
        for (number, line) in file.lines() {
            let code = line.split("//").next().unwrap_or_default();
            if code.contains(concat!(".off", "set(")) || code.contains(concat!(" OFF", "SET ")) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none(
        "Lists continue after a key on an index, never by counting rows:",
        &offenders,
    );
}
