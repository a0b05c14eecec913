//! Templates and styles: nothing the content security policy would block, and layouts that also read from right to left.

use crate::tree::{self, File};

/// Physical properties; the logical ones (`margin-inline-start`, `inset-block-end`, …) follow the reading direction.
const PHYSICAL: [&str; 24] = [
    "left",
    "right",
    "top",
    "bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "margin-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "padding-bottom",
    "border-left",
    "border-right",
    "border-top",
    "border-bottom",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "scroll-margin-top",
    "scroll-margin-left",
    "scroll-padding-top",
    "scroll-padding-left",
];

#[test]
fn templates_carry_no_inline_styles_or_handlers() {
    let mut offenders = Vec::new();
    for file in templates() {
        for (number, line) in file.lines() {
            if line.split_ascii_whitespace().any(is_inline_code) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none(
        "The policy blocks inline code; use a class or a module:",
        &offenders,
    );
}

#[test]
fn scripts_come_from_files() {
    let mut offenders = Vec::new();
    for file in templates() {
        for (at, _) in file.text.match_indices("<script") {
            let tag = file.text[at..].split('>').next().unwrap_or_default();
            if !tag.contains(" src=") {
                offenders.push(format!("{}: {tag}>", file.path));
            }
        }
        if file.text.contains("<style") {
            offenders.push(format!("{}: <style>", file.path));
        }
    }
    tree::none("The policy blocks inline scripts and styles:", &offenders);
}

#[test]
fn styles_follow_the_reading_direction() {
    let mut offenders = Vec::new();
    for file in tree::files() {
        if !tree::has_ending(&file.path, "css") {
            continue;
        }
        for (number, line) in file.lines() {
            if line.split([';', '{', '}']).any(is_physical) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none("Use the logical property instead:", &offenders);
}

fn templates() -> Vec<File> {
    let mut files = tree::files();
    files.retain(|file| tree::has_ending(&file.path, "html"));
    files
}

/// An attribute such as `style="…"` or `onclick=…`.
fn is_inline_code(word: &str) -> bool {
    let Some((name, _)) = word.split_once('=') else {
        return false;
    };
    let handler = name
        .strip_prefix("on")
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_lowercase()));
    name == "style" || handler
}

fn is_physical(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else {
        return false;
    };
    let property = property.trim().trim_start_matches("/*").trim();
    let sided = matches!(property, "text-align" | "float" | "clear")
        && value
            .split_ascii_whitespace()
            .any(|word| word == "left" || word == "right");
    PHYSICAL.contains(&property) || sided
}

#[test]
fn the_rules_themselves_see_what_they_should() {
    assert!(is_inline_code("style=\"color:red\""));
    assert!(is_inline_code("onclick='x()'"));
    assert!(!is_inline_code("content=\"x\""));
    assert!(!is_inline_code("data-on=\"x\""));
    assert!(is_physical(" margin-left: 4px"));
    assert!(is_physical("text-align:right"));
    assert!(!is_physical("margin-inline-start: 4px"));
    assert!(!is_physical("text-align: start"));
}
