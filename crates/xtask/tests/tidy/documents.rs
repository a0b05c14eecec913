//! The documents: short decisions, links that lead somewhere, and an architecture page that names only what exists.

use crate::tree::{self, File};
use std::path::Path;

const LONGEST_DECISION: usize = 60;

const CRATES: [(&str, &str); 10] = [
    ("db", "crates/db/src"),
    ("jobs", "crates/jobs/src"),
    ("markup", "crates/markup/src"),
    ("media", "crates/media/src"),
    ("domain", "crates/domain/src"),
    ("web", "crates/web/src"),
    ("node", "crates/node/src"),
    ("federation", "federation/src"),
    ("api", "api/src"),
    ("ui", "ui/src"),
];

#[test]
fn decisions_are_short_and_numbered() {
    let mut offenders = Vec::new();
    for (at, name) in tree::names_in("docs/decisions").iter().enumerate() {
        let expected = format!("{:04}-", at + 1);
        let text = tree::read(&format!("docs/decisions/{name}"));
        if !name.starts_with(&expected) || !tree::has_ending(name, "md") {
            offenders.push(format!("{name}: the next number is {expected}"));
        }
        if text.lines().count() > LONGEST_DECISION {
            offenders.push(format!("{name}: {} lines", text.lines().count()));
        }
        for heading in ["## Context", "## Decision", "## Consequences"] {
            if !text.contains(heading) {
                offenders.push(format!("{name}: no `{heading}`"));
            }
        }
    }
    tree::none(
        "Decisions are numbered, at most 60 lines, in three parts:",
        &offenders,
    );
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut offenders = Vec::new();
    for file in documents() {
        let folder = Path::new(&file.path).parent().unwrap();
        let prose = without_code(&file.text);
        for target in targets(&prose) {
            let path = target.split('#').next().unwrap_or_default();
            let outside = path.contains("://") || path.starts_with("mailto:") || path.is_empty();
            if !outside && !tree::root().join(folder).join(path).exists() {
                offenders.push(format!("{}: {target}", file.path));
            }
        }
    }
    tree::none("Links to files that are not there:", &offenders);
}

#[test]
fn the_documents_name_only_what_exists() {
    let files = tree::rust_files();
    let mut offenders = Vec::new();
    for file in documents() {
        if file.path == "docs/CHANGELOG.md" || file.path.starts_with("docs/decisions/") {
            continue;
        }
        for (number, line) in file.lines() {
            let names = line.split('`').skip(1).step_by(2);
            let wrong = names.filter(|name| names_nothing(&files, name));
            offenders.extend(wrong.map(|name| format!("{}:{number}: `{name}`", file.path)));
        }
    }
    tree::none(
        "These functions and modules are not in the code:",
        &offenders,
    );
}

fn documents() -> Vec<File> {
    let mut files = tree::files();
    files.retain(|file| tree::has_ending(&file.path, "md"));
    files
}

/// The text without fenced blocks and code spans, which may show links that are examples.
fn without_code(text: &str) -> String {
    let fenced = text.split("```").step_by(2).collect::<Vec<_>>().join("");
    let lines = fenced.lines().map(|line| {
        let spans = line.split('`').step_by(2).collect::<Vec<_>>();
        spans.join("")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the Markdown links of a text point to.
fn targets(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next())
        .collect()
}

/// Whether a name such as `domain::thread::start` starts with a crate of ours but leads nowhere.
fn names_nothing(files: &[File], name: &str) -> bool {
    let path = name.split(['(', '<', '{', ' ']).next().unwrap_or_default();
    let mut parts = path.split("::");
    let first = parts.next().unwrap_or_default();
    let Some((_, folder)) = CRATES.iter().find(|(known, _)| *known == first) else {
        return false;
    };
    let parts: Vec<&str> = parts
        .map(|part| part.trim_end_matches(['!', '.']))
        .collect();
    let Some(last) = parts.last() else {
        return false;
    };
    let modules = &parts[..parts.len() - 1];
    !files.iter().any(|file| {
        let Some(inside) = file.path.strip_prefix(&format!("{folder}/")) else {
            return false;
        };
        let in_module = modules.iter().all(|module| {
            inside.split(['/', '.']).any(|part| part == *module) || declares(&file.text, module)
        });
        let is_file = inside == format!("{}.rs", parts.join("/"));
        is_file || (in_module && declares(&file.text, last))
    })
}

fn declares(text: &str, name: &str) -> bool {
    [
        "fn",
        "struct",
        "enum",
        "trait",
        "mod",
        "const",
        "type",
        "macro_rules!",
    ]
    .iter()
    .any(|kind| {
        text.match_indices(&format!("{kind} {name}"))
            .any(|(at, found)| {
                let after = text[at + found.len()..].chars().next();
                !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
    }) || text.contains(&format!("::{name};"))
        || text.lines().any(|line| {
            // An enum's variant.
            let line = line.trim_start();
            line.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with([',', '(', ' ', '{']) || rest.is_empty())
        })
}
