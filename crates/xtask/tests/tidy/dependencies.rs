//! The root `Cargo.toml` is the list of what the product stands on: each dependency says what it is for, and is used.

use crate::tree::{self, File};

/// Named only to switch on one of its features.
const ONLY_FEATURES: [&str; 1] = ["libsqlite3-sys"];

const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

#[test]
fn every_dependency_says_what_it_is_for() {
    let mut offenders = Vec::new();
    for line in workspace_dependencies() {
        let explained = line
            .split_once(" # ")
            .is_some_and(|(_, why)| !why.trim().is_empty());
        if !explained {
            offenders.push(line);
        }
    }
    tree::none("Dependencies without a comment in Cargo.toml:", &offenders);
}

#[test]
fn every_dependency_is_used() {
    let manifests: String = tree::files()
        .into_iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"))
        .map(|file| file.text)
        .collect();
    let offenders: Vec<String> = workspace_dependencies()
        .iter()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.to_owned())
        .filter(|name| {
            let short = format!("\n{name}.workspace = true");
            let long = format!("\n{name} = {{ workspace = true");
            !manifests.contains(&short) && !manifests.contains(&long)
        })
        .collect();
    tree::none("Dependencies of Cargo.toml that no crate uses:", &offenders);
}

#[test]
fn every_crate_uses_what_it_names() {
    let files = tree::files();
    let mut offenders = Vec::new();
    for file in &files {
        let Some(folder) = file.path.strip_suffix("/Cargo.toml") else {
            continue;
        };
        let own: Vec<&File> = files
            .iter()
            .filter(|other| other.is_rust() && other.path.starts_with(&format!("{folder}/")))
            .collect();
        let borrowed: Vec<&File> = own.iter().flat_map(|file| borrowed(file, &files)).collect();
        let own = [own, borrowed].concat();
        for name in named_in(&file.text) {
            let used = own.iter().any(|file| mentions(&file.text, &in_code(&name)));
            if !used && !ONLY_FEATURES.contains(&name.as_str()) {
                offenders.push(format!("{}: {name}", file.path));
            }
        }
    }
    tree::none(
        "Dependencies that the crate's code does not use:",
        &offenders,
    );
}

#[test]
fn versions_stand_in_the_root_only() {
    let mut offenders = Vec::new();
    for file in tree::files() {
        if !file.path.ends_with("/Cargo.toml") {
            continue;
        }
        let manifest: toml::Table = file.text.parse().unwrap();
        for kind in KINDS {
            let Some(table) = manifest.get(kind).and_then(toml::Value::as_table) else {
                continue;
            };
            let own = table
                .iter()
                .filter(|(_, value)| value.get("workspace").is_none());
            offenders.extend(own.map(|(name, _)| format!("{}: {name}", file.path)));
        }
    }
    tree::none("These should be `name.workspace = true`:", &offenders);
}

/// The lines of `[workspace.dependencies]` that name a crate of others.
fn workspace_dependencies() -> Vec<String> {
    let manifest = tree::read("Cargo.toml");
    let lines: Vec<String> = manifest
        .lines()
        .skip_while(|line| *line != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| line.contains(" = ") && !line.starts_with('#'))
        .filter(|line| !line.contains("path = "))
        .map(String::from)
        .collect();
    assert!(lines.len() > 10, "[workspace.dependencies] was not found");
    lines
}

/// The dependencies of all kinds that a manifest names.
fn named_in(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    KINDS
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(toml::Table::keys)
        .cloned()
        .collect()
}

/// The files of other crates that a file makes its modules.
fn borrowed<'a>(file: &File, files: &'a [File]) -> Vec<&'a File> {
    let named = file.text.split("#[path = \"").skip(1);
    let ends: Vec<&str> = named
        .filter_map(|rest| rest.split('"').next())
        .map(|path| path.trim_start_matches("../"))
        .collect();
    files
        .iter()
        .filter(|other| ends.iter().any(|end| other.path.ends_with(end)))
        .collect()
}

/// What a package is called in code.
fn in_code(package: &str) -> String {
    match package {
        "kamadak-exif" => "exif".to_owned(),
        other => other.replace('-', "_"),
    }
}

/// Whether a path in the code starts with the crate, or an item of it is imported.
fn mentions(text: &str, name: &str) -> bool {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    let starts = [
        format!("{name}::"),
        format!("use {name}"),
        format!("{name} as "),
    ];
    code.into_iter().any(|line| {
        starts.iter().any(|start| {
            line.match_indices(start.as_str()).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        })
    })
}
