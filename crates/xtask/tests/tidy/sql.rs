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
            if counts_rows(code) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none(
        "Lists continue after a key on an index, never by counting rows:",
        &offenders,
    );
}

/// Whether a statement skips a number of rows that it does not know when it is written.
fn counts_rows(code: &str) -> bool {
    let call = concat!(".off", "set(");
    let counted = code.split(call).skip(1).any(|rest| {
        // A literal is one of the last few, not the place in a list.
        !rest.starts_with(|c: char| c.is_ascii_digit() || c == '$')
    });
    counted || code.contains(concat!(" OFF", "SET "))
}
